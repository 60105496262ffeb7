/** With whom a report is shared. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Api, asTrouble, type Trouble } from "../../api";
import { Button, TroubleNotice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { Modal } from "../../ui/modal";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Await } from "../frame";
import { tellingLink, tellingOf } from "./telling";

const said = pageWords.sharing;

/** Writes to those people that the report is shared with them; the link to a mail where that is one. */
export type Tell = { href: (to: readonly string[]) => string } | { open: (to: readonly string[]) => void };

export function Sharing(props: { id: string; name: string; onClose: () => void }): JSX.Element {
  const { id, onClose } = props;
  const { api } = useHere();
  const tell = { href: (to: readonly string[]) => tellingLink(to, tellingOf(id, props.name)) };
  const loaded = useLoaded(() => api.getReaders(id), [api, id]);
  return (
    <Modal title={said.title} onClose={onClose}>
      <p>{said.text}</p>
      <Await loaded={loaded}>
        {({ addresses }) => <Readers api={api} id={id} known={addresses} tell={tell} />}
      </Await>
      <div class="row end">
        <Button onClick={onClose}>{pageWords.close}</Button>
      </div>
    </Modal>
  );
}

export function Readers(props: {
  api: Api;
  id: string;
  known: readonly string[];
  tell: Tell | null;
}): JSX.Element {
  const { api, id, known, tell } = props;
  const [addresses, setAddresses] = useState(known);
  const [typed, setTyped] = useState("");
  const [isUnderWay, setUnderWay] = useState(false);
  const [told, setTold] = useState("");
  const [wrong, setWrong] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();

  const keep = async (wanted: readonly string[]) => {
    setUnderWay(true);
    setTrouble(undefined);
    setTold(said.saving);
    try {
      setAddresses((await api.putReaders(id, wanted)).addresses);
      setTyped("");
      setTold(said.saved);
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setTold("");
    }
    setUnderWay(false);
  };
  const add = (event: Event) => {
    event.preventDefault();
    const address = typed.trim().toLowerCase();
    const isNew = !addresses.some((each) => each.toLowerCase() === address);
    const fault = !/^[^\s@]+@[^\s@]+$/.test(address) ? said.invalid : isNew ? "" : said.already;
    setWrong(fault);
    if (!fault) {
      void keep([...addresses, address]);
    }
  };

  return (
    <>
      {addresses.length ? (
        <ul class="readers" aria-label={said.listLabel}>
          {addresses.map((address) => (
            <li key={address}>
              <span>{address}</span>
              <Button
                look="subtle"
                disabled={isUnderWay}
                aria-label={fill(said.removeOne, { address })}
                onClick={() => void keep(addresses.filter((each) => each !== address))}
              >
                {said.remove}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="quiet">{said.nobody}</p>
      )}
      <form class="inline" onSubmit={add} noValidate>
        <div class="field">
          <label for="reader">{said.address}</label>
          <input
            id="reader"
            type="email"
            autocomplete="off"
            value={typed}
            aria-invalid={wrong ? "true" : undefined}
            aria-describedby={wrong ? "reader-wrong" : undefined}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" look="primary" disabled={isUnderWay}>
          {said.add}
        </Button>
      </form>
      {wrong && (
        <p id="reader-wrong" class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <p role="status" class="quiet">
        {told}
      </p>
      {addresses.length > 0 && tell && (
        <div class="stack">
          <p class="quiet small">{pageWords.telling.why}</p>
          <p>
            {"href" in tell ? (
              <a class="button" href={tell.href(addresses)}>
                {pageWords.telling.tell}
              </a>
            ) : (
              <Button onClick={() => tell.open(addresses)}>{pageWords.telling.tell}</Button>
            )}
          </p>
        </div>
      )}
      {trouble && <TroubleNotice trouble={trouble} />}
    </>
  );
}
