/** What can be chosen for the mail as it stands. */

import type { Reading } from "../body/author";
import type { Hosts } from "../body/kinds";
import { findLinks } from "../body/links";
import { type Config, type Mode, ourOrigins } from "../config";
import { NOT_CALLED } from "../labels";
import type { Mail } from "../outlook/mail";
import type { Choice, Obstacle } from "./tracking";

const INLINE_PICTURE = /<img\b[^>]*\bsrc\s*=\s*["']?cid:/i;

/** What the server told of the sender: their teams, and where their links may lead. */
export interface Told {
  readonly teams: readonly string[];
  readonly hosts: Hosts;
}

/** Where it told nothing: it looks at each link all the same when the mail is registered. */
export const TOLD_NOTHING: Told = { teams: [], hosts: { allow: [], deny: [] } };

/**
 * The choice to begin with for a mail to `count` recipients; or why the mail cannot be tracked. `isMine`: what
 * the sender says of a part that is in doubt.
 */
export async function choiceFor(
  mail: Mail,
  config: Config,
  count: number,
  { teams, hosts }: Told,
  isMine?: boolean,
): Promise<Choice | "text" | "unreadable"> {
  try {
    if (!(await mail.isHtml())) {
      return "text";
    }
    const html = await mail.readBody();
    const reading: Reading = {
      compose: await mail.composeType(),
      ...(isMine === undefined ? {} : { isMine }),
    };
    const { links, doubt } = findLinks(html, { ...ourOrigins(), reading, hosts });
    return {
      mode: config.modes.includes("counting") ? "counting" : (config.modes[0] as Mode),
      links,
      reading,
      doubt,
      leftOut: new Set(links.filter((link) => link.signature || link.isGuess).map((link) => link.url)),
      typed: NOT_CALLED,
      linkNames: {},
      subject: config.offersSubject ? await subjectOf(mail) : null,
      obstacles: await obstaclesIn(mail, html, config, count),
      teams,
    };
  } catch {
    return "unreadable";
  }
}

/** The subject on one line; null where there is none, or Outlook does not tell: it can be typed. */
async function subjectOf(mail: Mail): Promise<string | null> {
  try {
    return (await mail.subject()).replace(/\s+/g, " ").trim() || null;
  } catch {
    return null;
  }
}

async function obstaclesIn(mail: Mail, html: string, config: Config, count: number): Promise<Obstacle[]> {
  if (config.modes.every((mode) => mode === "counting")) {
    return [];
  }
  const found: Obstacle[] = await mail.copyObstacles();
  if (INLINE_PICTURE.test(html)) {
    found.push("pictures");
  }
  if (count > config.perRecipientLimit) {
    found.push("limit");
  }
  return found;
}
