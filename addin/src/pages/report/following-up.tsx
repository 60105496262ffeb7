/** What can be done about those who are listed: copied, saved, written to. */

import type { JSX } from "preact";
import type { RecipientReport } from "../../api";
import { CopyAddresses } from "../../ui/copy-addresses";
import { pageWords } from "../../words/pages";
import { Download } from "../frame";
import { fileOf, followed, mailtoOf } from "./following";

const said = pageWords.following;

export function FollowingUp(props: { id: string; found: readonly RecipientReport[] }): JSX.Element | null {
  const addresses = followed(props.found);
  const mailto = mailtoOf(addresses);
  if (addresses.length === 0) {
    return null;
  }
  return (
    <div class="stack screen-only">
      <div class="row">
        {mailto && (
          <a class="button" href={mailto}>
            {said.write}
          </a>
        )}
        <Download fetch={async () => fileOf(addresses, props.id)} label={said.file} />
        <CopyAddresses list={async () => addresses} said={said} />
      </div>
      {!mailto && <p class="quiet small prose">{said.tooMany}</p>}
      {addresses.length < props.found.length && <p class="quiet small prose">{said.without}</p>}
    </div>
  );
}
