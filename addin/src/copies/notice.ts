/** The line at a copy's end: what is recorded of whoever gets it, and where to object. */

import { encodeAttribute } from "../body/entities";
import { fill } from "../words/fill";
import { copyWords } from "../words/notice";

/** Its markup; `isNamed` where the report knows who opened and clicked. */
export function noticeMarkup(objectionUrl: string, isNamed: boolean): string {
  const link = `<a href="${encodeAttribute(objectionUrl, '"')}">${copyWords.object}</a>`;
  const text = fill(isNamed ? copyWords.named : copyWords.unnamed, { object: link });
  return `<p style="margin:16px 0 0;font-size:12px;line-height:16px;color:#616161">${text}</p>`;
}
