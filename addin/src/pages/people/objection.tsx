/** Whether a person objects to being tracked; recorded and withdrawn on their behalf. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Trouble } from "../../api";
import { Button } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { moment } from "../dates";
import { PageTrouble } from "../frame";

const said = pageWords.people;

export function ObjectionSection(props: {
  address: string;
  since: string | null;
  onChange: (since: string | null) => void;
}): JSX.Element {
  const { address, since, onChange } = props;
  const { api } = useHere();
  const [isUnderWay, setUnderWay] = useState(false);
  const [told, setTold] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();

  const change = async () => {
    // The button stays where it is and keeps the focus, so it is not disabled meanwhile.
    if (isUnderWay) {
      return;
    }
    setUnderWay(true);
    setTrouble(undefined);
    setTold(said.changing);
    try {
      const { objected_at } = await (since ? api.withdrawObjection(address) : api.object(address));
      onChange(objected_at);
      setTold(objected_at ? said.objected : said.withdrawn);
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setTold("");
    }
    setUnderWay(false);
  };
  return (
    <section class="stack">
      <h2>{said.objectionTitle}</h2>
      <p>
        <strong>{since ? fill(said.objects, { when: moment(since) }) : said.objectsNot}</strong>
      </p>
      <p class="prose">{said.objectionText}</p>
      <div class="row">
        <Button aria-disabled={isUnderWay || undefined} onClick={() => void change()}>
          {since ? said.withdraw : said.object}
        </Button>
        <span role="status" class="quiet">
          {told}
        </span>
      </div>
      {trouble && <PageTrouble trouble={trouble} onRetry={() => void change()} />}
    </section>
  );
}
