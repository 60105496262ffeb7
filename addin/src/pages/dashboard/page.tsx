/** What became of all mails of a period. */

import type { JSX } from "preact";
import type { Dashboard } from "../../api";
import { Button, Empty, Notice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill, number, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { zone } from "../dates";
import { Await, Heading } from "../frame";
import { countText } from "../messages/naming";
import { RangeCard } from "../report/headline";
import { crowdOf } from "../report/ranges";
import { type DashboardSearch, dashboardQuery } from "../routes";
import { AudienceSection } from "./audience";
import { CourseSection, RhythmSection } from "./course";
import { DashboardForm } from "./form";
import { Groups, MailLines } from "./groups";

const said = pageWords.dashboard;

export function DashboardPage({ search }: { search: DashboardSearch }): JSX.Element {
  const { api, isAdmin } = useHere();
  const query = dashboardQuery(search).toString();
  const loaded = useLoaded(() => api.getDashboard(query), [api, query]);
  return (
    <div class="stack loose">
      <Heading page={said.heading} />
      <p class="prose quiet">{said.intro}</p>
      <DashboardForm search={search} seesSeveral={isAdmin} />
      <Await loaded={loaded}>
        {(found) =>
          found.total.mails || found.unread ? (
            <Found found={found} search={search} onAgain={loaded.reload} />
          ) : (
            <Empty title={said.emptyTitle}>
              <p class="prose">{said.emptyText}</p>
              {found.not_sent > 0 && <p>{several(found.not_sent, said.notSentOne, said.notSent)}</p>}
            </Empty>
          )
        }
      </Await>
    </div>
  );
}

function Found(props: { found: Dashboard; search: DashboardSearch; onAgain: () => void }): JSX.Element {
  const { found, search } = props;
  const { unread, pending } = found;
  return (
    <>
      {(unread > 0 || pending > 0) && (
        <Notice tone="warn" title={said.missing}>
          <p>{fill(said.missingText, { unread, pending })}</p>
          <p>
            <Button onClick={props.onAgain}>{said.again}</Button>
          </p>
        </Notice>
      )}
      <Totals found={found} />
      {found.total.mails > 1 && <AudienceSection search={search} />}
      <CourseSection found={found} />
      {found.campaigns.length > 0 && (
        <Groups
          title={said.campaigns}
          first={said.campaign}
          groups={found.campaigns}
          search={search}
          by="campaign"
        />
      )}
      {found.senders.length > 1 && (
        <Groups title={said.senders} first={said.sender} groups={found.senders} search={search} by="sender" />
      )}
      {found.campaigns.length > 0 && <p class="quiet small">{said.usualNote}</p>}
      <RhythmSection found={found} />
      <MailLines found={found} />
      <p class="quiet small">{fill(pageWords.zone, { zone: found.zone === "UTC" ? found.zone : zone() })}</p>
    </>
  );
}

function Totals({ found }: { found: Dashboard }): JSX.Element {
  const { total } = found;
  const reasons = Object.entries(found.withheld).map(([why, n]) => fill(said.withheld[why] ?? why, { n }));
  const told = Math.max(total.opened.mails, total.clicked.mails);
  return (
    <section class="stack" aria-label={said.totals}>
      <dl class="facts">
        <dt>{said.mails}</dt>
        <dd>
          {number(total.mails)}
          {found.not_sent > 0 && (
            <span class="quiet"> {several(found.not_sent, said.notSentOne, said.notSent)}</span>
          )}
        </dd>
        <dt>{said.copies}</dt>
        <dd>
          {countText(total.recipients)} <span class="quiet">{said.copiesNote}</span>
        </dd>
      </dl>
      <div class="pair">
        {total.opened.mails > 0 && (
          <RangeCard title={said.opened} crowd={crowdOf(total.opened.people, total.opened.of)} />
        )}
        {total.clicked.mails > 0 && (
          <RangeCard title={said.clicked} crowd={crowdOf(total.clicked.people, total.clicked.of)} />
        )}
      </div>
      <p class="quiet prose">
        {told > 0 ? fill(said.told, { n: told, all: total.mails }) : said.untold}
        {reasons.length > 0 && ` ${fill(said.because, { reasons: reasons.join("; ") })}`} {said.guarantee}
      </p>
    </section>
  );
}
