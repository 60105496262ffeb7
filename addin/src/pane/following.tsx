/** Beside a sent mail: writing to those who did not open it, or perhaps not; and telling whom its report is shared with. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Api, Message } from "../api";
import { MOST, openMail, opensMails } from "../outlook/new-mail";
import { Readers } from "../pages/messages/sharing";
import { tellingHtml, tellingLink, tellingOf } from "../pages/messages/telling";
import { BEGINNING, type Fetched, fetchAll } from "../pages/report/fetching";
import { followed, inParts } from "../pages/report/following";
import { Button, Notice, TroubleNotice, Waiting } from "../ui/components";
import { CopyAddresses } from "../ui/copy-addresses";
import { useLoaded } from "../ui/loading";
import { fill, several } from "../words/fill";
import { pageWords } from "../words/pages";

const said = pageWords.following;

export function FollowUp({ api, id }: { api: Api; id: string }): JSX.Element {
  const [state, setState] = useState<Fetched | null>(null);
  const find = () => {
    setState(BEGINNING);
    void fetchAll(api, id, "unsure", setState);
  };
  return (
    <section class="stack" data-testid="following-up">
      <h2>{said.heading}</h2>
      <p class="quiet small">{said.text}</p>
      {!state && (
        <p>
          <Button onClick={find}>{said.show}</Button>
        </p>
      )}
      {state?.isLoading && (
        <Waiting text={fill(pageWords.who.loading, { n: state.found.length, total: state.total })} />
      )}
      {state?.trouble && <TroubleNotice trouble={state.trouble} onRetry={find} />}
      {state && !state.isLoading && !state.trouble && <Found addresses={followed(state.found)} />}
    </section>
  );
}

function Found({ addresses }: { addresses: readonly string[] }): JSX.Element {
  const [failed, setFailed] = useState(false);
  if (addresses.length === 0) {
    return <p role="status">{said.nobody}</p>;
  }
  const parts = opensMails() ? inParts(addresses, MOST) : [];
  const write = (bcc: readonly string[]) => {
    setFailed(false);
    openMail({ bcc }).catch(() => setFailed(true));
  };
  return (
    <>
      <p role="status">
        <strong>{several(addresses.length, said.foundOne, said.found)}</strong>
      </p>
      {parts.length > 0 && <p class="quiet small">{said.hidden}</p>}
      <div class="row">
        {parts.map((part, place) => (
          <Button key={part[0]} onClick={() => write(part)}>
            {parts.length === 1
              ? said.write
              : fill(said.writePart, { from: place * MOST + 1, to: place * MOST + part.length })}
          </Button>
        ))}
        <CopyAddresses list={async () => addresses} said={said} />
      </div>
      {failed && <Notice tone="warn" title={said.failed} alert />}
    </>
  );
}

/** With whom the sender shares the report, and a mail that tells them, which the sender sends. */
export function ShareHere({ api, message }: { api: Api; message: Message }): JSX.Element {
  const id = message.message_id;
  const { value, trouble, reload } = useLoaded(() => api.getReaders(id), [api, id]);
  const [failed, setFailed] = useState(false);
  const telling = tellingOf(id, message.labels.name);
  const tell = (to: readonly string[]) => {
    setFailed(false);
    openMail({ to, subject: telling.subject, html: tellingHtml(telling) }).catch(() => setFailed(true));
  };
  return (
    <section class="stack" data-testid="share-here">
      <p class="quiet small">{pageWords.sharing.text}</p>
      {!value && !trouble && <Waiting text={pageWords.loading} />}
      {trouble && <TroubleNotice trouble={trouble} onRetry={reload} />}
      {value && (
        <Readers
          api={api}
          id={id}
          known={value.addresses}
          tell={opensMails() ? { open: tell } : { href: (to) => tellingLink(to, telling) }}
        />
      )}
      {failed && <Notice tone="warn" title={said.failed} alert />}
    </section>
  );
}
