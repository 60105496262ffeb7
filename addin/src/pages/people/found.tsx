/** What was found of a person, and what can be done about it. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Empty, Notice } from "../../ui/components";
import { Modal } from "../../ui/modal";
import { words } from "../../words/common";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment, zone } from "../dates";
import { Download } from "../frame";
import { EVERYTHING, hrefOf } from "../routes";
import { ObjectionSection } from "./objection";
import { amountOf, erasableIn, type Found, fileOf, outcomeText } from "./person";
import { ReceivedKept } from "./received";

const SHOWN = 50;
const said = pageWords.people;

export function FoundPerson(props: { person: Found; onErase: () => void }): JSX.Element {
  const [since, setSince] = useState(props.person.objected_at);
  const person = { ...props.person, objected_at: since };
  const [isAsking, setAsking] = useState(false);
  const amount = amountOf(person);
  return (
    <>
      <section class="stack">
        <h2 class="whose">{fill(said.result, { address: person.address })}</h2>
        {amount ? (
          <Notice tone="info" title={outcomeText(person)} />
        ) : (
          <Empty title={outcomeText(person)}>
            <p class="prose">{said.emptyText}</p>
          </Empty>
        )}
        <p class="prose quiet">{person.text}</p>
        <p class="prose">
          {said.reference} <code class="long">{person.reference}</code>.{" "}
          <a href={hrefOf({ name: "audit", search: EVERYTHING })}>{said.openTrail}</a>
        </p>
        <div class="row">
          <Download
            fetch={async () => ({
              body: new Blob([fileOf(person)], { type: "application/json" }),
              name: `rollcall-${person.reference}.json`,
            })}
            label={said.download}
          />
          {erasableIn(person) > 0 && <Button onClick={() => setAsking(true)}>{said.erase}</Button>}
        </div>
        <p class="prose quiet">{amount && !erasableIn(person) ? said.eraseNothing : said.downloadNote}</p>
      </section>
      <ObjectionSection address={person.address} since={since} onChange={setSince} />
      <ReceivedSection person={person} />
      <SentSection mails={person.sent} title={said.sentTitle} text={said.sentText} />
      <SentSection mails={person.claimed} title={said.claimedTitle} text={said.claimedText} />
      <Shown ids={person.shown} />
      <Reviews person={person} />
      {amount > 0 && <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>}
      {isAsking && (
        <Question address={person.address} onClose={() => setAsking(false)} onErase={props.onErase} />
      )}
    </>
  );
}

function ReceivedSection({ person }: { person: Found }): JSX.Element | null {
  const { shown, more } = useShown(person.received);
  if (!shown.length) {
    return null;
  }
  return (
    <section class="stack">
      <h2>{said.receivedTitle}</h2>
      <p class="prose quiet">{said.receivedText}</p>
      <table class="kept">
        <caption class="visually-hidden">{said.receivedTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{said.mail}</th>
            <th scope="col" class="wide-only">
              {said.mode}
            </th>
            <th scope="col">{said.kept}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((received) => (
            <tr key={received.message_id}>
              <th scope="row">
                <Mail mail={received} />
                <div class="quiet">
                  {fill(said.from, {
                    name: received.sender_checked
                      ? received.sender
                      : fill(pageWords.messages.unchecked, { name: received.sender }),
                  })}
                </div>
                <div class="quiet small narrow-only">{words.modes[received.mode]}</div>
              </th>
              <td class="wide-only">{words.modes[received.mode]}</td>
              <td>
                <ReceivedKept received={received} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}

function SentSection(props: { mails: Found["sent"]; title: string; text: string }): JSX.Element | null {
  const { shown, more } = useShown(props.mails);
  if (!shown.length) {
    return null;
  }
  return (
    <section class="stack">
      <h2>{props.title}</h2>
      <p class="prose quiet">{props.text}</p>
      <table class="kept">
        <caption class="visually-hidden">{props.title}</caption>
        <thead>
          <tr>
            <th scope="col">{said.mail}</th>
            <th scope="col">{said.sentName}</th>
            <th scope="col">{said.registeredBy}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((sent) => (
            <tr key={sent.message_id}>
              <th scope="row">
                <Mail mail={sent} />
              </th>
              <td>{sent.name}</td>
              <td>
                <a
                  class="actor"
                  href={hrefOf({ name: "audit", search: { ...EVERYTHING, actor: sent.owner } })}
                  aria-label={fill(said.registeredByLink, { actor: sent.owner })}
                  title={sent.owner}
                >
                  {sent.owner.slice(0, 8)} …
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}

function Mail({ mail }: { mail: Found["received"][number] | Found["sent"][number] }): JSX.Element {
  return (
    <>
      <a class="subject" href={hrefOf({ name: "report", id: mail.message_id })}>
        {moment(mail.sent_at ?? mail.created_at)}
      </a>
      {mail.stage !== "sent" && (
        <div>
          <span class="badge warn">{pageWords.messages.stages[mail.stage] ?? mail.stage}</span>
        </div>
      )}
    </>
  );
}

function Shown({ ids }: { ids: readonly string[] }): JSX.Element | null {
  const { shown, more } = useShown(ids);
  return shown.length ? (
    <section class="stack">
      <h2>{said.shownTitle}</h2>
      <ul class="bulleted whose">
        {shown.map((id) => (
          <li key={id}>
            <a href={hrefOf({ name: "report", id })}>{fill(said.shownReport, { id })}</a>
          </li>
        ))}
      </ul>
      {more}
    </section>
  ) : null;
}

function Reviews({ person }: { person: Found }): JSX.Element | null {
  const { shown, more } = useShown(person.expansions);
  return shown.length ? (
    <section class="stack">
      <h2>{said.reviewsTitle}</h2>
      <p class="prose quiet">{said.reviewsText}</p>
      <ul class="bulleted">
        {shown.map(({ id, expires_at }) => (
          <li key={id}>{fill(said.review, { when: moment(expires_at) })}</li>
        ))}
      </ul>
      {more}
    </section>
  ) : null;
}

function Question(props: { address: string; onClose: () => void; onErase: () => void }): JSX.Element {
  const asked = said.erasure;
  const beginning = useRef<HTMLParagraphElement>(null);
  // At the first button, a small window would begin at the end of what is to be known before.
  useEffect(() => beginning.current?.focus(), []);
  return (
    <Modal title={asked.title} onClose={props.onClose}>
      <p ref={beginning} tabIndex={-1} class="whose">
        {fill(asked.which, { address: props.address })}
      </p>
      <ul class="bulleted">
        {asked.goes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <p>{asked.stays}</p>
      <ul class="bulleted">
        {asked.staying.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <p>
        <strong>{asked.warning}</strong>
      </p>
      <div class="row end">
        <Button onClick={props.onClose}>{pageWords.cancel}</Button>
        <Button look="primary" onClick={props.onErase}>
          {asked.confirm}
        </Button>
      </div>
    </Modal>
  );
}

/** The first of them, and a button for more. */
function useShown<T>(all: readonly T[]): { shown: readonly T[]; more: JSX.Element | null } {
  const [end, setEnd] = useState(SHOWN);
  const left = Math.min(SHOWN, all.length - end);
  const more =
    left > 0 ? (
      <p>
        <Button onClick={() => setEnd(end + SHOWN)}>{fill(said.more, { n: left })}</Button>
      </p>
    ) : null;
  return { shown: all.slice(0, end), more };
}
