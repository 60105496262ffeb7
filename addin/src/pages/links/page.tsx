/** Links, for admins: which link of which mail a web address is, and all that were withdrawn or corrected. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type AmendedLink, asTrouble, type FoundLink, type Trouble } from "../../api";
import { Button, Waiting } from "../../ui/components";
import { type Rows, useRows } from "../../ui/rows";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { moment } from "../dates";
import { Heading, ListEnd, PageTrouble } from "../frame";
import { Control } from "../messages/links";
import { hrefOf } from "../routes";

const LIMIT = 100;
const said = pageWords.allLinks;

export function LinksPage(): JSX.Element {
  const { api } = useHere();
  const amended = useRows((after) => api.listAmended(after, LIMIT));
  return (
    <div class="stack loose">
      <Heading page={said.heading} />
      <p class="prose quiet">{said.intro}</p>
      <Finder onChange={amended.reload} />
      <section class="stack">
        <h2>{said.amendedTitle}</h2>
        <Amended found={amended} />
      </section>
    </div>
  );
}

function Finder({ onChange }: { onChange: () => void }): JSX.Element {
  const { api } = useHere();
  const [url, setUrl] = useState("");
  const [found, setFound] = useState<FoundLink>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [isUnderWay, setUnderWay] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const fault = trouble?.status === 400 ? trouble.detail : "";
  useEffect(() => {
    if (fault) {
      field.current?.focus();
    }
  }, [fault]);
  const look = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    setFound(undefined);
    try {
      setFound(await api.identifyLink(url.trim()));
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
    setUnderWay(false);
  };
  return (
    <section class="stack">
      <form
        class="inline"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <div class="field">
          <label for="found-link">{said.url}</label>
          <input
            ref={field}
            id="found-link"
            type="text"
            inputmode="url"
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? "found-link-wrong" : undefined}
          />
        </div>
        <Button type="submit" look="primary" disabled={isUnderWay || !url.trim()}>
          {said.look}
        </Button>
      </form>
      {fault && (
        <p id="found-link-wrong" class="wrong" role="alert">
          {fault}
        </p>
      )}
      {isUnderWay && <Waiting text={pageWords.loading} />}
      {trouble && !fault && <PageTrouble trouble={trouble} onRetry={() => void look()} />}
      {found && (
        <div class="stack" key={`${found.message_id} ${found.link.number}`}>
          <p>
            {fill(said.found, { number: found.link.number + 1 })}{" "}
            <a href={hrefOf({ name: "report", id: found.message_id })}>{said.mail}</a>
          </p>
          <Control
            id={found.message_id}
            known={{ message_id: found.message_id, links: [found.link] }}
            only={found.link}
            onChange={onChange}
          />
        </div>
      )}
    </section>
  );
}

function Amended({ found }: { found: Rows<AmendedLink> }): JSX.Element {
  const { rows, reload } = found;
  return (
    <>
      {rows.length > 0 && (
        <ul class="readers" aria-label={said.amendedTitle}>
          {rows.map((each) => (
            <Row key={`${each.message_id} ${each.link} ${each.by_admin}`} each={each} onChange={reload} />
          ))}
        </ul>
      )}
      <ListEnd
        list={found}
        emptyTitle={said.emptyTitle}
        emptyText={said.emptyText}
        more={said.more}
        count={several(found.total ?? rows.length, said.countOne, said.count)}
      />
    </>
  );
}

function Row({ each, onChange }: { each: AmendedLink; onChange: () => void }): JSX.Element {
  const { api } = useHere();
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const link = each.link === null ? said.all : fill(said.one, { number: each.link + 1 });
  const restore = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    try {
      await api.restoreLink(each.message_id, each.link);
      onChange();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
    setUnderWay(false);
  };
  return (
    <li>
      <span>
        <strong>{link}</strong>{" "}
        <a href={hrefOf({ name: "report", id: each.message_id })}>
          {fill(said.mailShort, { id: each.message_id.slice(0, 8) })}
        </a>
        <br />
        <span class="link-text">
          {each.target ? fill(said.leads, { target: each.target }) : said.withdrawn}
        </span>
        <br />
        <span class="quiet small">
          {fill(each.by_admin ? said.byAdmin : said.bySender, { moment: moment(each.at) })}
        </span>
        {trouble && <PageTrouble trouble={trouble} />}
      </span>
      <Button
        look="subtle"
        disabled={isUnderWay}
        aria-label={fill(said.restoreOne, { link, id: each.message_id })}
        onClick={() => void restore()}
      >
        {pageWords.links.restore}
      </Button>
    </li>
  );
}
