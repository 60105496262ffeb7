/** What the webhook's address was told, and what waits, for admins. */

import type { JSX } from "preact";
import type { Statement } from "../../api";
import { Button, Notice } from "../../ui/components";
import { type Loaded, useLoaded } from "../../ui/loading";
import { useRows } from "../../ui/rows";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { zone } from "../dates";
import { Heading, ListEnd, PageTrouble } from "../frame";
import { NotificationTable } from "./table";
import { hasStalled } from "./told";

const LIMIT = 100;
const SETTING = "ROLLCALL_WEBHOOK_URL";
const SECRET = "rollcall-webhook-secret";
const said = pageWords.notifications;

export function NotificationsPage(): JSX.Element {
  const { api } = useHere();
  const setup = useLoaded(() => api.getStatement(), [api]);
  const told = useRows((after) => api.listNotifications(after, LIMIT));
  const { rows, isLoading, reload } = told;
  const isOff = setup.value !== undefined && !addressIn(setup.value);
  return (
    <div class="stack loose">
      <Heading page={said.heading}>
        <Button disabled={isLoading} onClick={reload}>
          {pageWords.refresh}
        </Button>
      </Heading>
      <p class="prose quiet">{said.intro}</p>
      <Target setup={setup} />
      {!isOff && hasStalled(rows) && (
        <Notice tone="warn" title={said.stalledTitle}>
          <p>{fill(said.stalledText, { secret: SECRET })}</p>
        </Notice>
      )}
      {rows.length > 0 && (
        <>
          <NotificationTable rows={rows} />
          <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
        </>
      )}
      <ListEnd
        list={told}
        emptyTitle={said.emptyTitle}
        emptyText={isOff ? said.emptyOff : said.emptyText}
        more={said.more}
        count={several(rows.length, said.countOne, said.count)}
      />
    </div>
  );
}

/** Who is told; where nobody is, what to set. */
function Target({ setup }: { setup: Loaded<Statement> }): JSX.Element | null {
  const { value, trouble, reload } = setup;
  if (!value) {
    return trouble ? <PageTrouble trouble={trouble} onRetry={reload} /> : null;
  }
  const address = addressIn(value);
  return address ? (
    <p>{fill(said.target, { host: hostOf(address) })}</p>
  ) : (
    <Notice tone="info" title={said.offTitle}>
      <p>{fill(said.offText, { setting: SETTING, secret: SECRET })}</p>
    </Notice>
  );
}

function addressIn({ settings }: Statement): string {
  return settings.find(({ name }) => name === SETTING)?.value ?? "";
}

/** Its path may be as good as a key: of an address only the host is shown. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : SETTING;
}
