/** The page of everybody about themselves: whether they are measured by name, yes or no, what is kept, erasing it. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Measuring, type Trouble } from "../../api";
import { Button, Notice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill } from "../../words/fill";
import { languageIn, locale } from "../../words/languages";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { moment } from "../dates";
import { Await, Heading, PageTrouble } from "../frame";
import { Bound } from "../statement/agreement";
import { KeptSection } from "./kept";

const said = pageWords.me;

export function MePage(): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getMeasuring(), [api]);
  return (
    <div class="stack narrow">
      <Heading page={said.heading} />
      <p class="prose quiet">{said.intro}</p>
      <Await loaded={loaded}>{(first) => <Mine first={first} />}</Await>
    </div>
  );
}

function Mine({ first }: { first: Measuring }): JSX.Element {
  const [measuring, setMeasuring] = useState(first);
  const { api } = useHere();
  const { agreement } = measuring;
  return (
    <>
      <Notice tone="info" title={measuring.measured ? said.yes : said.no}>
        {(!agreement || agreement.state === "in_force") && <p>{said.why[measuring.why]}</p>}
        {agreement && <Bound agreement={agreement} />}
        {measuring.addresses.length > 0 && (
          <p>{fill(said.addresses, { addresses: measuring.addresses.join(", ") })}</p>
        )}
      </Notice>
      {measuring.question && <Decision measuring={measuring} onChange={setMeasuring} />}
      {measuring.answered && <Answered answered={measuring.answered} />}
      <KeptSection onErased={async () => setMeasuring(await api.getMeasuring())} />
      {measuring.contact && (
        <p>
          {said.contact.replace("{contact}", "")}
          <a href={`mailto:${measuring.contact}`}>{measuring.contact}</a>
        </p>
      )}
    </>
  );
}

function Decision(props: { measuring: Measuring; onChange: (now: Measuring) => void }): JSX.Element | null {
  const { api } = useHere();
  const [told, setTold] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();
  const question = props.measuring.question;
  if (!question) {
    return null;
  }
  const spoken = languageIn(locale()) ?? "en";
  const language = question.texts[spoken] ? spoken : "en";
  const answer = async (yes: boolean) => {
    setTrouble(undefined);
    setTold(said.saying);
    try {
      props.onChange(await api.answerMeasuring({ yes, version: question.version, language }));
      setTold(said.said);
    } catch (thrown) {
      setTold("");
      setTrouble(asTrouble(thrown));
    }
  };
  return (
    <section class="stack">
      <h2>{said.question}</h2>
      <p class="prose" lang={language} data-testid="question">
        {question.texts[language]}
      </p>
      {trouble && <PageTrouble trouble={trouble} />}
      {/* Alike in look and size: none is the one to be pressed. */}
      <div class="row">
        <Button onClick={() => void answer(true)}>{said.sayYes}</Button>
        <Button onClick={() => void answer(false)}>{said.sayNo}</Button>
      </div>
      <p role="status">{told}</p>
    </section>
  );
}

function Answered({ answered }: { answered: NonNullable<Measuring["answered"]> }): JSX.Element {
  const { yes, at, version, language, text } = answered;
  return (
    <section class="stack">
      <h2>{said.answered}</h2>
      <p>{fill(yes ? said.answeredYes : said.answeredNo, { when: moment(at) })}</p>
      {text && (
        <details class="fold" data-testid="shown">
          <summary>{fill(said.shown, { version, language })}</summary>
          <p class="prose" lang={language}>
            {text}
          </p>
        </details>
      )}
    </section>
  );
}
