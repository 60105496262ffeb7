/** A copy to oneself: the mail as its recipients get it, but for what is measured, so that the sender can look. */

import { Trouble } from "../api";
import type { Config, Mode } from "../config";
import { writerOf } from "../copies/job";
import { type Mail as Content, post } from "../copies/wire";
import type { Sender } from "../outlook/mail";
import { fill } from "../words/fill";
import { trackedWords } from "../words/pane/tracked";

/** Sends it to `self` alone. Its notice leads to the organisation's privacy page. Throws Trouble. */
export async function sendSample(
  content: Content,
  mode: Mode,
  self: Sender,
  { graphUrl, hasNotice }: Config,
  token: (fresh: boolean) => Promise<string>,
): Promise<void> {
  const text = trackedWords.copies;
  const write = writerOf(content, content.reading ?? {});
  const sample = write({
    number: 0,
    address: mode === "pseudonymous" ? null : self.address,
    pixel_url: null,
    notice_url: hasNotice ? new URL("privacy.html", location.href).href : null,
    links: {},
  });
  const subject = fill(text.sampleSubject, { subject: content.subject });
  const attempt = await post({ graphUrl, token }, { ...sample, subject }, self.address, false);
  if (attempt.outcome === "sent") {
    return;
  }
  const isMine = attempt.outcome === "stopped";
  const remedy = isMine ? text.stopRemedies[attempt.why] : text.sampleRemedy;
  throw new Trouble("sample", text.sampleFailed, remedy);
}
