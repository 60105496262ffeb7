/** The list of messages: find one, compare two, delete some. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../api";
import { Button, Empty, Notice, Waiting } from "../../ui/components";
import { type Rows, useRows } from "../../ui/rows";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { zone } from "../dates";
import { focusHeading, Heading, PageTrouble } from "../frame";
import { type MessageSearch, messageQuery } from "../routes";
import { Chosen } from "./chosen";
import { Deletion } from "./deletion";
import { asOne, mailsOf } from "./halves";
import { List } from "./list";
import { nameOf } from "./naming";
import { SearchForm } from "./search-form";

const PAGE = 50;
const said = pageWords.messages;

export function MessagesPage({ search }: { search: MessageSearch }): JSX.Element {
  const { api, isAdmin, teams } = useHere();
  const query = messageQuery(search).toString();
  const isFiltered = messageQuery({ ...search, sort: "" }).size > 0;
  const list = useRows((after) => api.listMessages(after, PAGE, query), query);
  const { rows, isLoading, trouble } = list;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [doomed, setDoomed] = useState<readonly Message[]>([]);
  const [told, setTold] = useState("");
  const [wanted, setWanted] = useState(PAGE);
  useEffect(() => setWanted(PAGE), [query]);

  // A page of what is looked for may have few rows, or none: it goes on until there is something to see.
  const isSearching = query !== "" && list.hasMore && rows.length < wanted && !trouble;
  useEffect(() => {
    if (isSearching && !isLoading) {
      list.more();
    }
  }, [isSearching, isLoading]);

  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => (isChosen ? [...before, id] : before.filter((each) => each !== id)));
  const deleted = (ids: readonly string[]) => {
    const [one] = doomed;
    setDoomed([]);
    setChosen((before) => before.filter((each) => !ids.includes(each)));
    setTold(
      ids.length === 1 && one
        ? fill(said.deleted, { when: nameOf(one) })
        : several(ids.length, said.deletedOne, said.deletedSeveral),
    );
    list.reload();
  };

  // The row that had the focus is gone.
  useEffect(() => {
    if (told) {
      focusHeading();
    }
  }, [told]);

  const mails = mailsOf(rows);
  const known = mails.filter(({ message }) => chosen.includes(message.message_id));
  return (
    <div class="stack loose">
      <Heading page={said.heading} />
      <p class="prose quiet">{isAdmin ? said.introAdmin : teams.length > 0 ? said.introTeams : said.intro}</p>
      <div role="status">{told && <Notice tone="good" title={told} />}</div>
      {(rows.length > 0 || query !== "") && <SearchForm search={search} />}
      {rows.length > 0 && (
        <>
          <Chosen mails={known} canChoose={mails.length > 1} onDelete={setDoomed} />
          <List
            mails={mails}
            search={search}
            chosen={chosen}
            onChoose={choose}
            onDelete={(mail) => setDoomed([asOne(mail)])}
          />
          {/opened|clicked/.test(search.sort) && <p class="quiet small">{said.orderNote}</p>}
          <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
        </>
      )}
      {isLoading || isSearching ? (
        <Waiting text={isFiltered ? said.search.underWay : pageWords.loading} />
      ) : trouble ? (
        <PageTrouble trouble={trouble} onRetry={list.more} />
      ) : rows.length === 0 && !list.hasMore ? (
        <Empty title={isFiltered ? said.search.nothing : said.emptyTitle}>
          <p class="prose">{isFiltered ? said.search.nothingText : said.emptyText}</p>
        </Empty>
      ) : (
        <More
          list={list}
          name={search.sort ? said.more : said.older}
          onMore={() => {
            setWanted(rows.length + PAGE);
            list.more();
          }}
        />
      )}
      {doomed.length > 0 && <Deletion messages={doomed} onClose={() => setDoomed([])} onDeleted={deleted} />}
    </div>
  );
}

/** A way to more messages, and how many are shown. */
function More(props: { list: Rows<Message>; name: string; onMore: () => void }): JSX.Element {
  const { rows, total, hasMore } = props.list;
  return (
    <div class="row">
      {hasMore && <Button onClick={props.onMore}>{props.name}</Button>}
      <span class="quiet" role="status">
        {hasMore && total !== null && fill(said.shown, { n: rows.length, total })}
      </span>
    </div>
  );
}
