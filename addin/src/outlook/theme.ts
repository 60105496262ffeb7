/** Light or dark, as Outlook is. High contrast is the browser's own business. */

/** Follows Outlook's theme from now on. Where Outlook tells none, the system's setting counts. */
export function followTheme(root: HTMLElement): void {
  apply(root, Office.context.officeTheme);
  const mailbox = Office.context.mailbox;
  if (mailbox && Office.context.requirements.isSetSupported("Mailbox", "1.14")) {
    mailbox.addHandlerAsync(
      Office.EventType.OfficeThemeChanged,
      (event: Office.OfficeThemeChangedEventArgs) => apply(root, event.officeTheme),
    );
  }
}

function apply(root: HTMLElement, theme: Office.OfficeTheme | undefined): void {
  const dark = theme ? isDark(theme.bodyBackgroundColor) : null;
  if (dark !== null) {
    root.dataset.theme = dark ? "dark" : "light";
  }
}

/** Whether a colour such as `#1f1f1f` is dark; null where it is none. */
export function isDark(colour: string | undefined): boolean | null {
  const hex = /^#?([0-9a-f]{6})/i.exec(colour ?? "")?.[1];
  if (!hex) {
    return null;
  }
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0) < 128;
}
