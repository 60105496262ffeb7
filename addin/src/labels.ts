/** What a mail is called, as somebody types it. */

import type { Message } from "./api";

export type Labels = Message["labels"];
/** Without the names of links, which have fields of their own. */
export type MailLabels = Omit<Labels, "links">;

/** As it stands in the fields: tags in one line, with commas between them. */
export interface TypedLabels {
  readonly name: string;
  readonly campaign: string;
  readonly tags: string;
  readonly purpose: string;
}

export const MAX = { name: 120, campaign: 60, tag: 40, tags: 10, link: 60 } as const;
export const NOT_CALLED: TypedLabels = { name: "", campaign: "", tags: "", purpose: "" };

export function labelsOf(typed: TypedLabels): MailLabels {
  const tags = typed.tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  return { name: typed.name.trim(), campaign: typed.campaign.trim(), tags, purpose: typed.purpose };
}

export function typedOf({ name, campaign, tags, purpose }: MailLabels): TypedLabels {
  return { name, campaign, tags: tags.join(", "), purpose };
}

/** What of the tags cannot be kept: too many of them, or one that is too long. */
export function faultOf(typed: TypedLabels): "tooMany" | "tooLong" | null {
  const { tags } = labelsOf(typed);
  if (tags.length > MAX.tags) {
    return "tooMany";
  }
  return tags.some((tag) => tag.length > MAX.tag) ? "tooLong" : null;
}
