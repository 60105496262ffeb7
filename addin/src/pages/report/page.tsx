/** The report of one mail. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isExact, shapeOf } from "../../amounts";
import { type Api, asTrouble, type Message, type Report } from "../../api";
import { Button, Empty, Notice, Waiting } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { TurnoverText } from "../../ui/turnover";
import { words } from "../../words/common";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { clock, moment, zone } from "../dates";
import { Download, Heading, isGone, PageTrouble } from "../frame";
import { Naming } from "../messages/labels";
import { LinkControl } from "../messages/links";
import { countText, senderText } from "../messages/naming";
import { Sharing } from "../messages/sharing";
import { useRenewed } from "../renewed";
import { CopiesSection } from "./copies";
import { Halves } from "./halves";
import { Headline } from "./headline";
import { JudgedSection } from "./judged";
import { LinksSection } from "./links";
import { ListsSection } from "./lists";
import { PublishedSection, WithheldNotice } from "./published";
import { RecipientsSection } from "./recipients";
import { sentenceOf } from "./sentence";
import { TimeSection } from "./time";
import { UnrecordedNotice } from "./unrecorded";

const EVERY = 30; // seconds
const said = pageWords.report;

export function ReportPage({ id }: { id: string }): JSX.Element {
  const { api } = useHere();
  const report = useRenewed(() => api.getReport(id), [api, id], EVERY);
  const message = useLoaded(() => findMessage(api, id), [api, id]);
  const { value, trouble, reload } = report;
  return (
    <div class="stack loose">
      <p class="crumb">
        <a href="#/messages">{pageWords.allMessages}</a>
      </p>
      <Heading
        page={message.value?.labels.name || said.heading}
        title={
          message.value?.labels.name ||
          (value?.sent_at ? fill(said.headingOf, { when: moment(value.sent_at) }) : said.heading)
        }
      >
        {value && <Actions id={id} message={message.value} onChanged={message.reload} />}
      </Heading>
      {!value && !trouble && <Waiting text={pageWords.loading} />}
      {!value && isGone(trouble) ? (
        <Empty title={said.gone}>
          <p>{said.missing}</p>
          <a class="button" href="#/messages">
            {pageWords.allMessages}
          </a>
        </Empty>
      ) : (
        trouble && <PageTrouble trouble={trouble} onRetry={reload} />
      )}
      {value && <Told report={value} message={message.value} isStale={!!trouble} onRefresh={reload} />}
    </div>
  );
}

function Actions(props: { id: string; message: Message | undefined; onChanged: () => void }): JSX.Element {
  const { api } = useHere();
  const [isNaming, setNaming] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const mayShare = props.message?.managed;
  return (
    <div class="row">
      {mayShare && <Button onClick={() => setNaming(true)}>{pageWords.naming.open}</Button>}
      {mayShare && <Button onClick={() => setSharing(true)}>{said.share}</Button>}
      <Button onClick={() => print()}>{said.print}</Button>
      <Download fetch={() => api.getReportWorkbook(props.id)} label={said.workbook} />
      <Download fetch={() => api.getReportSheet(props.id)} />
      {mayShare && <Button onClick={() => setLinking(true)}>{pageWords.links.open}</Button>}
      {isLinking && <LinkControl id={props.id} onClose={() => setLinking(false)} />}
      {isNaming && props.message && (
        <Naming message={props.message} onClose={() => setNaming(false)} onKept={props.onChanged} />
      )}
      {isSharing && (
        <Sharing id={props.id} name={props.message?.labels.name ?? ""} onClose={() => setSharing(false)} />
      )}
    </div>
  );
}

function Told(props: {
  report: Report;
  message: Message | undefined;
  isStale: boolean;
  onRefresh: () => void;
}): JSX.Element {
  const { report, message } = props;
  const isUnknown = shapeOf(report.recipients) === "unknown";
  return (
    <>
      <Sentence report={report} names={message?.labels.links ?? []} />
      <Facts report={report} message={message} />
      <Freshness
        asOf={report.as_of}
        isPublished={report.published.length > 0}
        isClosed={report.measured_until !== null}
        isStale={props.isStale}
        onRefresh={props.onRefresh}
      />
      {report.agreement && (
        <p class="quiet small">{fill(pageWords.statement.underAgreement, { agreement: report.agreement })}</p>
      )}
      {message?.other_half && (
        <Halves report={report} message={message} other={message.other_half} every={EVERY} />
      )}
      {message?.mine && report.mode !== "counting" && (
        <CopiesSection id={message.message_id} onUndone={props.onRefresh} />
      )}
      {!report.sent_at && (
        <Notice tone="info" title={said.notSentTitle}>
          <p>{said.notSentText}</p>
        </Notice>
      )}
      {!isExact(report.recipients) && (
        <Notice tone="warn" title={isUnknown ? said.unknownTitle : said.incompleteTitle}>
          <p>{isUnknown ? said.unknownText : said.incompleteText}</p>
        </Notice>
      )}
      {report.measured_until && (
        <Notice tone="info" title={fill(said.closedTitle, { when: moment(report.measured_until) })}>
          <p>{said.closedText}</p>
        </Notice>
      )}
      {!report.withheld && <UnrecordedNotice report={report} />}
      {report.sent_at && report.withheld && <WithheldNotice report={report} />}
      {report.sent_at && !report.withheld && (
        <>
          <Headline report={report} />
          {report.step > 1 ? <PublishedSection report={report} /> : <TimeSection report={report} />}
          <LinksSection report={report} names={message?.labels.links ?? []} />
          <ListsSection report={report} />
        </>
      )}
      <JudgedSection report={report} />
      {report.sent_at && report.mode === "individual" && !report.measured_until && (
        <RecipientsSection report={report} />
      )}
    </>
  );
}

/** What the report comes to, to be passed on. */
function Sentence(props: { report: Report; names: readonly string[] }): JSX.Element | null {
  const [told, setTold] = useState("");
  const text = sentenceOf(props.report, props.names);
  if (!text) {
    return null;
  }
  const { sentence } = pageWords;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setTold(sentence.copied),
      () => undefined,
    );
  return (
    <section class="lede" aria-label={sentence.label}>
      <p data-testid="sentence">{text}</p>
      <div class="row">
        <Button onClick={() => void copy()}>{sentence.copy}</Button>
        <span class="quiet small" role="status">
          {told}
        </span>
      </div>
    </section>
  );
}

function Facts({ report, message }: { report: Report; message: Message | undefined }): JSX.Element {
  return (
    <dl class="facts">
      {report.sent_at && <Fact name={said.sent} value={moment(report.sent_at)} />}
      {report.deliver_at && (
        <Fact name={said.delivery} value={moment(report.deliver_at)} note={said.deliveryText} />
      )}
      {message && !report.sent_at && <Fact name={said.prepared} value={moment(message.created_at)} />}
      {message && <Fact name={said.from} value={senderText(message)} />}
      {message && message.teams.length > 0 && (
        <Fact name={said.team} value={message.teams.join(", ")} note={said.teamText} />
      )}
      <Fact name={said.recipients} value={countText(report.recipients)} />
      {report.turnover && (
        <div>
          <dt>{fill(words.turnover.since, { when: moment(report.turnover.since) })}</dt>
          <dd>
            <TurnoverText turnover={report.turnover} />
          </dd>
        </div>
      )}
      <Fact name={said.mode} value={words.modes[report.mode]} note={words.modes[`${report.mode}Text`]} />
    </dl>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <div class="quiet small">{note}</div>}
      </dd>
    </div>
  );
}

/** From when the numbers are. Only what the person asked for is told to screen readers. */
function Freshness(props: {
  asOf: string;
  isPublished: boolean;
  isClosed: boolean;
  isStale: boolean;
  onRefresh: () => void;
}): JSX.Element {
  const isNow = !props.isPublished || props.isStale;
  const time = isNow ? clock(props.asOf, true) : moment(props.asOf);
  const asked = useRef(false);
  const [told, setTold] = useState("");
  useEffect(() => {
    if (asked.current && !props.isStale) {
      setTold(`${pageWords.refreshed} ${clock(props.asOf, true)}`);
    }
    asked.current = false;
  }, [props.asOf, props.isStale]);
  return (
    <div class="row fresh">
      <Button
        onClick={() => {
          asked.current = true;
          props.onRefresh();
        }}
      >
        {pageWords.refresh}
      </Button>
      <span class="quiet small">
        {isNow && !props.isStale ? (
          <>
            <span class="screen-only">
              {fill(said.asOf, { time })} {!props.isClosed && said.renewed}
            </span>
            <span class="print-only">{fill(said.asOf, { time: moment(props.asOf) })}</span>
          </>
        ) : (
          fill(props.isStale ? said.stale : said.asPublished, { time })
        )}{" "}
        {fill(pageWords.zone, { zone: zone() })}
      </span>
      <span class="visually-hidden" role="status">
        {told}
      </span>
    </div>
  );
}

/** The message, where it is still there. */
export async function findMessage(api: Api, id: string): Promise<Message | undefined> {
  return api.getMessage(id).catch((thrown) => {
    if (isGone(asTrouble(thrown))) {
      return undefined;
    }
    throw thrown;
  });
}
