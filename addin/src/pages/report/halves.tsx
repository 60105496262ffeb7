/** Of a mail that is two messages: whom this report is about, the way to the other, and what both come to. */

import type { JSX } from "preact";
import type { Headline, Message, Report } from "../../api";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Download } from "../frame";
import { isRest, together } from "../messages/halves";
import { countText } from "../messages/naming";
import { useRenewed } from "../renewed";
import { hrefOf } from "../routes";
import { crowdOf, crowdText } from "./ranges";

const said = pageWords.halves;

export function Halves(props: {
  report: Report;
  message: Message;
  other: string;
  every: number;
}): JSX.Element {
  const { api } = useHere();
  const { report, message, other } = props;
  const { message_id: id } = message;
  const found = useRenewed(() => api.getHeadlines([other]), [api, other, report.sent_at], props.every);
  const { headlines = [], gone = [] } = found.value ?? {};
  const [theirs] = headlines;
  const own = {
    ...report,
    clicked_by: report.links.length > 0 ? report.clicked_by : null,
    partly: (report.unrecorded ?? []).length > 0,
  };
  const both = together(own, theirs);
  const isHere = !gone.includes(other);
  return (
    <section class="stack" aria-label={said.title}>
      <h2>{said.title}</h2>
      <p class="prose">
        {fill(isRest(message) ? said.thisRest : said.thisNamed, { count: countText(report.recipients) })}{" "}
        {isHere && (
          <a href={hrefOf({ name: "report", id: other })}>{isRest(message) ? said.toNamed : said.toRest}</a>
        )}
      </p>
      {report.sent_at && both && <Sums headline={both} />}
      {isHere && (
        <div class="row">
          <Download fetch={() => api.getReportsWorkbook([id, other])} label={said.exported} />
        </div>
      )}
    </section>
  );
}

function Sums({ headline }: { headline: Headline }): JSX.Element {
  const { opened_by, clicked_by, recipients } = headline;
  const { report } = pageWords;
  if (!opened_by && !clicked_by) {
    return <p class="quiet prose">{said.noSum}</p>;
  }
  return (
    <>
      <h3>{said.together}</h3>
      <dl class="facts">
        {opened_by && <Sum name={report.opened} text={crowdText(crowdOf(opened_by, recipients))} />}
        {clicked_by && <Sum name={report.clicked} text={crowdText(crowdOf(clicked_by, recipients))} />}
      </dl>
      <p class="quiet small">{said.sum}</p>
    </>
  );
}

function Sum({ name, text }: { name: string; text: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
