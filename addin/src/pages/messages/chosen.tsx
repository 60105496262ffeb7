/** What can be done with those that are chosen: compared, exported, and one's own deleted. */

import type { JSX } from "preact";
import type { Message } from "../../api";
import { Button } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Download } from "../frame";
import { hrefOf, MOST_COMPARED } from "../routes";

const said = pageWords.messages;
const MOST_EXPORTED = 50;

export function Chosen(props: {
  messages: readonly Message[];
  canChoose: boolean;
  onDelete: (messages: readonly Message[]) => void;
}): JSX.Element | null {
  const { messages } = props;
  const { api } = useHere();
  if (!props.canChoose) {
    return null;
  }
  const ids = messages.map(({ message_id }) => message_id);
  const [first, second] = ids;
  const isPair = ids.length === 2;
  const mayDelete = ids.length > 1 && messages.every(({ managed }) => managed);
  const hint = isPair
    ? said.compareReady
    : second
      ? fill(said.chosen, { n: ids.length })
      : first
        ? said.compareMore
        : said.compareHint;
  return (
    <div class="row">
      {first && second && ids.length <= MOST_COMPARED && (
        <a
          class="button primary"
          href={hrefOf(isPair ? { name: "compare", first, second } : { name: "several", ids })}
        >
          {isPair ? said.compare : said.compareChosen}
        </a>
      )}
      {second && ids.length <= MOST_EXPORTED && (
        <>
          <Download fetch={() => api.getReportsSheet(ids)} label={said.exportCsv} />
          <Download fetch={() => api.getReportsWorkbook(ids)} label={said.exportXlsx} />
        </>
      )}
      {mayDelete && <Button onClick={() => props.onDelete(messages)}>{said.deleteChosen}</Button>}
      <span class="quiet" role="status">
        {hint}
      </span>
    </div>
  );
}
