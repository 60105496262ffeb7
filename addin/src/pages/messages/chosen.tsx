/** What can be done with those that are chosen: compared, exported, and one's own deleted. */

import type { JSX } from "preact";
import type { Message } from "../../api";
import { Button } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Download } from "../frame";
import { hrefOf, MOST_COMPARED } from "../routes";
import { asOne, type Mail, messagesIn } from "./halves";

const said = pageWords.messages;
const MOST_EXPORTED = 50;

export function Chosen(props: {
  mails: readonly Mail[];
  canChoose: boolean;
  onDelete: (messages: readonly Message[]) => void;
}): JSX.Element | null {
  const { mails } = props;
  const { api } = useHere();
  if (!props.canChoose) {
    return null;
  }
  const ids = mails.flatMap(messagesIn).map(({ message_id }) => message_id);
  const [first, second] = ids;
  const isPair = ids.length === 2;
  const isSeveral = mails.length > 1;
  const mayDelete = isSeveral && mails.every(({ message }) => message.managed);
  const hints = [said.compareHint, said.compareMore, said.compareReady];
  const hint = hints[mails.length] ?? fill(said.chosen, { n: mails.length });
  return (
    <div class="row">
      {isSeveral && first && second && ids.length <= MOST_COMPARED && (
        <a
          class="button primary"
          href={hrefOf(isPair ? { name: "compare", first, second } : { name: "several", ids })}
        >
          {isPair ? said.compare : said.compareChosen}
        </a>
      )}
      {isSeveral && ids.length <= MOST_EXPORTED && (
        <>
          <Download fetch={() => api.getReportsSheet(ids)} label={said.exportCsv} />
          <Download fetch={() => api.getReportsWorkbook(ids)} label={said.exportXlsx} />
        </>
      )}
      {mayDelete && <Button onClick={() => props.onDelete(mails.map(asOne))}>{said.deleteChosen}</Button>}
      <span class="quiet" role="status">
        {hint}
      </span>
    </div>
  );
}
