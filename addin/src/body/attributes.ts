/** Attributes of a tag. */

import { decodeAttribute } from "./entities";
import type { StartTag } from "./tokens";

/** The value of the attribute `name`, decoded; "" where there is none. Of two, the first counts. */
export function attributeOf(html: string, tag: StartTag, name: string): string {
  const attribute = tag.attributes.find((each) => each.name === name);
  return attribute ? decodeAttribute(html.slice(attribute.from, attribute.to)).text : "";
}
