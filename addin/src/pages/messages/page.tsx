/** The list of messages: find one, compare two, delete one. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isExact } from "../../amounts";
import { asTrouble, type Message, type Trouble } from "../../api";
import { Button, Empty, Notice, TroubleNotice, Waiting } from "../../ui/components";
import { Modal } from "../../ui/modal";
import { type Rows, useRows } from "../../ui/rows";
import { words } from "../../words/common";
import { amount, fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { clock, day, moment, zone } from "../dates";
import { focusHeading, Heading, PageTrouble } from "../frame";
import { hrefOf } from "../routes";
import { countText, senderText, whenOf } from "./naming";

const PAGE = 50;
const said = pageWords.messages;

export function MessagesPage(): JSX.Element {
  const { api, isAdmin } = useHere();
  const list = useRows((after) => api.listMessages(after, PAGE));
  const { rows, isLoading, trouble } = list;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [doomed, setDoomed] = useState<Message>();
  const [told, setTold] = useState("");

  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => (isChosen ? [...before.slice(-1), id] : before.filter((each) => each !== id)));
  const deleted = (message: Message) => {
    setDoomed(undefined);
    setChosen((before) => before.filter((each) => each !== message.message_id));
    setTold(fill(said.deleted, { when: whenOf(message) }));
    list.reload();
  };

  // The row that had the focus is gone.
  useEffect(() => {
    if (told) {
      focusHeading();
    }
  }, [told]);

  return (
    <div class="stack loose">
      <Heading page={said.heading} />
      <p class="prose quiet">{isAdmin ? said.introAdmin : said.intro}</p>
      <div role="status">{told && <Notice tone="good" title={told} />}</div>
      {rows.length > 0 && (
        <>
          {rows.length > 1 && <Comparing chosen={chosen} />}
          <List messages={rows} chosen={chosen} onChoose={choose} onDelete={setDoomed} />
          <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
        </>
      )}
      {isLoading ? (
        <Waiting text={pageWords.loading} />
      ) : trouble ? (
        <PageTrouble trouble={trouble} onRetry={list.more} />
      ) : rows.length === 0 && !list.hasMore ? (
        <Empty title={said.emptyTitle}>
          <p class="prose">{said.emptyText}</p>
        </Empty>
      ) : (
        <Older list={list} />
      )}
      {doomed && (
        <Deletion message={doomed} onClose={() => setDoomed(undefined)} onDeleted={() => deleted(doomed)} />
      )}
    </div>
  );
}

function Comparing({ chosen }: { chosen: readonly string[] }): JSX.Element {
  const [first, second] = chosen;
  const hint = second ? said.compareReady : first ? said.compareMore : said.compareHint;
  return (
    <div class="row">
      {first && second && (
        <a class="button primary" href={hrefOf({ name: "compare", first, second })}>
          {said.compare}
        </a>
      )}
      <span class="quiet" role="status">
        {hint}
      </span>
    </div>
  );
}

function List(props: {
  messages: readonly Message[];
  chosen: readonly string[];
  onChoose: (id: string, isChosen: boolean) => void;
  onDelete: (message: Message) => void;
}): JSX.Element {
  return (
    <table class="messages">
      <caption class="visually-hidden">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{said.choose}</span>
          </th>
          <th scope="col">{said.mail}</th>
          <th scope="col" class="numeric wide-only">
            {said.recipients}
          </th>
          <th scope="col" class="wide-only">
            {said.mode}
          </th>
          <th scope="col" class="wide-only">
            {said.state}
          </th>
          <th scope="col" class="wide-only">
            <span class="visually-hidden">{said.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.messages.map((message) => (
          <Row
            key={message.message_id}
            message={message}
            isChosen={props.chosen.includes(message.message_id)}
            onChoose={(isChosen) => props.onChoose(message.message_id, isChosen)}
            onDelete={() => props.onDelete(message)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  message: Message;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onDelete: () => void;
}): JSX.Element {
  const { message, isChosen } = props;
  const when = whenOf(message);
  const { isAdmin } = useHere();
  const state = said.stages[message.stage] ?? message.stage;
  const mode = words.modes[message.mode];
  const remove = (message.mine || isAdmin) && (
    <Button look="subtle" aria-label={fill(said.deleteOne, { when })} onClick={props.onDelete}>
      {said.delete}
    </Button>
  );
  return (
    <tr class={isChosen ? "chosen" : undefined}>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={fill(said.chooseOne, { when })}
          onChange={(event) => props.onChoose(event.currentTarget.checked)}
        />
      </td>
      <td>
        <a class="subject" href={hrefOf({ name: "report", id: message.message_id })}>
          {when}
        </a>
        <div>{fill(said.from, { name: senderText(message) })}</div>
        {!message.mine && !isAdmin && <span class="badge">{said.shared}</span>}
        {message.sent_at && (
          <div class="quiet small">{preparedText(message.created_at, message.sent_at)}</div>
        )}
        {message.deliver_at && (
          <div class="quiet small">{fill(said.deliverOn, { when: moment(message.deliver_at) })}</div>
        )}
        <div class="quiet small narrow-only">
          {countText(message.count)} · {mode} · {state}
        </div>
        <div class="narrow-only">{remove}</div>
      </td>
      <td class="numeric wide-only">
        {amount(message.count, words.amounts)}
        {!isExact(message.count) && <div class="quiet small">{said.incomplete}</div>}
      </td>
      <td class="wide-only">{mode}</td>
      <td class="wide-only">{message.stage === "sent" ? state : <span class="badge warn">{state}</span>}</td>
      <td class="end wide-only">{remove}</td>
    </tr>
  );
}

function preparedText(created: string, sent: string): string {
  const isSameDay = day(new Date(created)) === day(new Date(sent));
  return isSameDay
    ? fill(said.createdAt, { when: clock(created) })
    : fill(said.created, { when: moment(created) });
}

/** A way to older messages, and how many are shown. */
function Older({ list }: { list: Rows<Message> }): JSX.Element {
  const { rows, total, hasMore, more } = list;
  return (
    <div class="row">
      {hasMore && <Button onClick={more}>{said.older}</Button>}
      <span class="quiet" role="status">
        {hasMore && total !== null && fill(said.shown, { n: rows.length, total })}
      </span>
    </div>
  );
}

function Deletion(props: { message: Message; onClose: () => void; onDeleted: () => void }): JSX.Element {
  const { message } = props;
  const { api } = useHere();
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const words = said.deletion;
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    try {
      await api.deleteMessage(message.message_id);
      props.onDeleted();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setUnderWay(false);
    }
  };
  return (
    <Modal title={words.title} onClose={props.onClose}>
      <p>
        {fill(words.which, {
          when: whenOf(message),
          sender: senderText(message),
          recipients: countText(message.count),
        })}
      </p>
      <p>{words.what}</p>
      <p>{words.stays}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="row end">
        <Button onClick={props.onClose}>{pageWords.cancel}</Button>
        <Button look="primary" disabled={isUnderWay} onClick={() => void begin()}>
          {words.confirm}
        </Button>
      </div>
    </Modal>
  );
}
