/** Addresses for the clipboard. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { several } from "../words/fill";
import { Button } from "./components";

interface Said {
  readonly copy: string;
  readonly copied: string;
  readonly copiedOne: string;
  readonly notCopied: string;
}

/** Puts addresses on the clipboard, one a line. A clipboard that waits for them keeps the click's permission. */
export function CopyAddresses(props: { list: () => Promise<readonly string[]>; said: Said }): JSX.Element {
  const { list, said } = props;
  const [told, setTold] = useState("");
  const copy = async () => {
    try {
      const found = list();
      const blob = found.then((all) => new Blob([all.join("\r\n")], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      setTold(several((await found).length, said.copiedOne, said.copied));
    } catch {
      setTold(said.notCopied);
    }
  };
  return (
    <>
      <Button onClick={() => void copy()}>{said.copy}</Button>
      <span class="quiet small" role="status">
        {told}
      </span>
    </>
  );
}
