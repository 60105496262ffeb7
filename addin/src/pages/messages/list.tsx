/** Messages as a table: what each is called, whom it went to, and what became of it. */

import type { JSX } from "preact";
import { isExact } from "../../amounts";
import type { Message } from "../../api";
import { Button } from "../../ui/components";
import { words } from "../../words/common";
import { amount, fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { clock, day, moment } from "../dates";
import { hrefOf, type MessageSearch } from "../routes";
import { asOne, type Mail, messagesIn, together } from "./halves";
import { type Found, useHeadlines } from "./headlines";
import { LabelLine } from "./labels";
import { countText, fateOf, nameOf, senderText, whenOf } from "./naming";

const said = pageWords.messages;

export function List(props: {
  mails: readonly Mail[];
  search: MessageSearch;
  chosen: readonly string[];
  onChoose: (id: string, isChosen: boolean) => void;
  onDelete: (mail: Mail) => void;
}): JSX.Element {
  const { api } = useHere();
  const { search } = props;
  const messages = props.mails.flatMap(messagesIn);
  const headlineOf = useHeadlines(api, messages);
  const fateIn = ({ message, rest }: Mail) => {
    const found = headlineOf(message.message_id);
    return rest ? together(found, headlineOf(rest.message_id)) : found;
  };
  return (
    <table class="messages">
      <caption class="visually-hidden">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{said.choose}</span>
          </th>
          <Head search={search} orders={["name", "-name"]} text={said.mail} />
          <Head search={search} orders={["-recipients", "recipients"]} text={said.recipients} isWide />
          <Head search={search} orders={["-opened", "opened"]} text={said.opened} isWide />
          <Head search={search} orders={["-clicked", "clicked"]} text={said.clicked} isWide />
          <th scope="col" class="wide-only">
            <span class="visually-hidden">{said.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.mails.map((mail) => (
          <Row
            key={mail.message.message_id}
            mail={mail}
            headline={fateIn(mail)}
            isChosen={props.chosen.includes(mail.message.message_id)}
            onChoose={(isChosen) => props.onChoose(mail.message.message_id, isChosen)}
            onDelete={() => props.onDelete(mail)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** The head of a column by which mails are put in order: in the first of these orders, and again in the other. */
function Head(props: {
  search: MessageSearch;
  orders: readonly [string, string];
  text: string;
  isWide?: boolean;
}): JSX.Element {
  const { search, text } = props;
  const [first, second] = props.orders;
  const isSorted = search.sort === first || search.sort === second;
  const isUp = isSorted && !search.sort.startsWith("-");
  const sort = search.sort === first ? second : first;
  return (
    <th
      scope="col"
      class={props.isWide ? "wide-only" : undefined}
      aria-sort={isSorted ? (isUp ? "ascending" : "descending") : undefined}
    >
      <a
        class="order"
        href={hrefOf({ name: "messages", search: { ...search, sort } })}
        title={fill(said.orderBy, { column: text })}
      >
        {text}
        {isSorted && <span aria-hidden="true">{isUp ? " ↑" : " ↓"}</span>}
      </a>
    </th>
  );
}

function Row(props: {
  mail: Mail;
  headline: Found;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  onDelete: () => void;
}): JSX.Element {
  const { mail, isChosen } = props;
  const message = asOne(mail);
  const name = nameOf(message);
  const mode = mail.rest ? partsText(mail.message, mail.rest) : words.modes[message.mode];
  const fate = message.stage === "sent" ? fateOf(props.headline) : null;
  const remove = message.managed && (
    <Button look="subtle" aria-label={fill(said.deleteOne, { when: name })} onClick={props.onDelete}>
      {said.delete}
    </Button>
  );
  return (
    <tr class={isChosen ? "chosen" : undefined}>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={fill(said.chooseOne, { when: name })}
          onChange={(event) => props.onChoose(event.currentTarget.checked)}
        />
      </td>
      <td>
        <a class="subject" href={hrefOf({ name: "report", id: message.message_id })}>
          {name}
        </a>
        {message.stage !== "sent" && (
          <>
            {" "}
            <span class="badge warn">{said.stages[message.stage] ?? message.stage}</span>
          </>
        )}
        <When message={message} />
        <div>{fill(said.from, { name: senderText(message) })}</div>
        {!message.managed && <span class="badge">{said.shared}</span>}
        {!message.mine && message.teams.length > 0 && (
          <span class="badge">{fill(said.team, { name: message.teams.join(", ") })}</span>
        )}
        <LabelLine labels={message.labels} />
        <div class="quiet small narrow-only">
          {countText(message.count)} · {mode}
        </div>
        {fate && (
          <div class="small narrow-only">
            {fate.why ?? fill(said.fate, { opened: fate.opened, clicked: fate.clicked })} {fate.note}
          </div>
        )}
        <div class="narrow-only">{remove}</div>
      </td>
      <td class="wide-only">
        {amount(message.count, words.amounts)}
        {!isExact(message.count) && <div class="quiet small">{said.incomplete}</div>}
        <div class="quiet small">{mode}</div>
      </td>
      {fate?.why ? (
        <td class="wide-only quiet small" colSpan={2}>
          {fate.why}
        </td>
      ) : (
        <>
          <td class="wide-only">
            {fate?.opened}
            {fate?.note && <div class="quiet small">{fate.note}</div>}
          </td>
          <td class="wide-only">{fate?.clicked}</td>
        </>
      )}
      <td class="end wide-only">{remove}</td>
    </tr>
  );
}

/** "12 by name, 88 without". */
function partsText(named: Message, rest: Message): string {
  const [first, second] = [named, rest].map(({ count }) => amount(count, words.amounts));
  return fill(pageWords.halves.counts, { named: first ?? "", rest: second ?? "" });
}

/** When a mail that has a name was sent; and when it was prepared, and is delivered, where that is another time. */
function When({ message }: { message: Message }): JSX.Element {
  const { created_at, sent_at, deliver_at } = message;
  const notes = [
    message.labels.name && whenOf(message),
    sent_at && preparedText(created_at, sent_at),
    deliver_at && fill(said.deliverOn, { when: moment(deliver_at) }),
  ].filter(Boolean);
  return <div class="quiet small">{notes.join(" · ")}</div>;
}

function preparedText(created: string, sent: string): string {
  const isSameDay = day(new Date(created)) === day(new Date(sent));
  return isSameDay
    ? fill(said.createdAt, { when: clock(created) })
    : fill(said.created, { when: moment(created) });
}
