/** What this Outlook can do. */

export interface Platform {
  readonly kind: "web" | "windows" | "mac" | "mobile";
  /** How many recipients of one field Outlook tells at most; null where it tells all. */
  readonly cap: number | null;
  /** Whether the body may be changed. */
  readonly canTrack: boolean;
  /** Whether the add-in may send the mail; else the person presses Send. */
  readonly canSend: boolean;
  /** Whether a reply's body can be had without the thread below it. */
  readonly hasBodyMode: boolean;
  /** Whether Outlook tells when the mail is to be delivered. */
  readonly knowsDelivery: boolean;
}

/** The Outlook around us. */
export function platform(): Platform {
  const is = Office.context.platform;
  const has = (version: string) => Office.context.requirements.isSetSupported("Mailbox", version);
  const kind =
    is === Office.PlatformType.Android || is === Office.PlatformType.iOS
      ? "mobile"
      : is === Office.PlatformType.Mac
        ? "mac"
        : is === Office.PlatformType.PC
          ? "windows"
          : "web";
  return {
    kind,
    cap: capOf(kind, has),
    canTrack: kind !== "mobile",
    canSend: (kind === "web" || kind === "windows") && has("1.15"),
    hasBodyMode: kind === "web",
    knowsDelivery: has("1.13"), // delayDeliveryTime, in compose
  };
}

// "Limits for activation and JavaScript API", and Recipients.getAsync in @types/office-js.
function capOf(kind: Platform["kind"], has: (version: string) => boolean): number | null {
  switch (kind) {
    case "mobile":
      return 100;
    case "web":
      return 1000;
    case "windows":
      return has("1.16") ? 1000 : 500;
    case "mac":
      return has("1.12") ? null : 500; // the new interface knows no limit, and the old one no 1.12
  }
}
