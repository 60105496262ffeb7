/** Beside a mail that is being read: what its report comes to, and the way there. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Api, type Message, type Report, Trouble } from "../api";
import { type Config, ourOrigins } from "../config";
import type { MailRead } from "../outlook/reading";
import { moment } from "../pages/dates";
import { WithheldNotice } from "../pages/report/published";
import { sentenceOf } from "../pages/report/sentence";
import type { Session } from "../session";
import { Button, Empty, TroubleNotice, Waiting } from "../ui/components";
import { useLoaded } from "../ui/loading";
import { PAGES } from "../words/catalogues";
import { words } from "../words/common";
import { fill } from "../words/fill";
import { pageWords } from "../words/pages";
import { paneWords } from "../words/pane";
import { readingWords } from "../words/pane/reading";
import { speak } from "../words/speak";
import { Disclosure } from "./disclosure";
import { FollowUp, ShareHere } from "./following";
import { messageOf } from "./found-message";
import { reportOf } from "./report-link";

const text = readingWords;

export interface ReadingProps {
  readonly mail: MailRead;
  readonly api: Api;
  readonly config: Config;
  readonly session: Session;
}

interface Found {
  readonly id: string;
  /** Null where the reader may not see it, or it is deleted. */
  readonly report: Report | null;
  readonly message: Message | null;
}

export function ReadingScreen(props: ReadingProps): JSX.Element {
  const { value, trouble, reload } = useLoaded(() => find(props), [props.mail]);
  return (
    <main class="pane" tabIndex={-1}>
      <h1 class="visually-hidden">{text.heading}</h1>
      {value === undefined && !trouble && <Waiting text={text.looking} />}
      {trouble && <Refused {...props} trouble={trouble} onRetry={reload} />}
      {value === null && (
        <Empty title={text.none}>
          <p class="quiet">{text.noneText}</p>
        </Empty>
      )}
      {value && <Told api={props.api} {...value} />}
    </main>
  );
}

async function find({ mail, api }: ReadingProps): Promise<Found | null> {
  const id = await messageOf(mail, ourOrigins()).catch(() => {
    throw new Trouble("outlook", paneWords.outlookFailed, paneWords.outlookRemedy);
  });
  if (id === null) {
    return null;
  }
  try {
    const [report, message] = await Promise.all([
      api.getReport(id),
      api.getMessage(id),
      speak([Office.context.displayLanguage], pageWords, PAGES), // the report's own words
    ]);
    return { id, report, message };
  } catch (thrown) {
    if (thrown instanceof Trouble && thrown.status === 404) {
      return { id, report: null, message: null };
    }
    throw thrown;
  }
}

function Refused(props: ReadingProps & { trouble: Trouble; onRetry: () => void }): JSX.Element {
  const { trouble, session, config, onRetry } = props;
  const [isUnderWay, setUnderWay] = useState(false);
  if (trouble.code !== "sign_in") {
    return <TroubleNotice trouble={trouble} onRetry={onRetry} />;
  }
  const signIn = async () => {
    setUnderWay(true);
    await session.token([config.scope], { ask: true }).catch(() => undefined);
    setUnderWay(false);
    onRetry();
  };
  return (
    <div class="stack">
      <TroubleNotice trouble={trouble} />
      <p class="quiet">{words.session.why}</p>
      <Button look="primary" disabled={isUnderWay} onClick={() => void signIn()}>
        {words.session.signIn}
      </Button>
    </div>
  );
}

function Told({ api, id, report, message }: { api: Api } & Found): JSX.Element {
  if (!report) {
    return <NotYours />;
  }
  const tellsPeople = report.sent_at && report.mode === "individual" && !report.measured_until;
  const sentence = sentenceOf(report, message?.labels.links);
  return (
    <>
      <section class="hero-card" aria-labelledby="reading-title" data-testid="reading">
        <h2 id="reading-title">{text.heading}</h2>
        {report.sent_at ? (
          <p class="quiet small">{fill(text.sent, { when: moment(report.sent_at) })}</p>
        ) : (
          <p>{text.notSent}</p>
        )}
        {report.sent_at && !report.withheld && sentence && <p>{sentence}</p>}
      </section>
      {report.sent_at && report.withheld && <WithheldNotice report={report} />}
      {tellsPeople && <FollowUp api={api} id={id} />}
      {message?.managed && (
        <Disclosure title={pageWords.telling.share} name="sharing">
          {() => <ShareHere api={api} message={message} />}
        </Disclosure>
      )}
      <footer class="actions">
        <a class="button primary wide" href={reportOf(id)} target="_blank" rel="noreferrer">
          {paneWords.openReport}
        </a>
      </footer>
    </>
  );
}

function NotYours(): JSX.Element {
  return (
    <Empty title={text.notYours}>
      <p class="quiet">{text.notYoursText}</p>
    </Empty>
  );
}
