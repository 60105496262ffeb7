/** With whom a report is shared. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Trouble } from "../../api";
import { Button, TroubleNotice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { Modal } from "../../ui/modal";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Await } from "../frame";

const said = pageWords.sharing;

export function Sharing({ id, onClose }: { id: string; onClose: () => void }): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getReaders(id), [api, id]);
  return (
    <Modal title={said.title} onClose={onClose}>
      <p>{said.text}</p>
      <Await loaded={loaded}>{({ addresses }) => <Readers id={id} known={addresses} />}</Await>
      <div class="row end">
        <Button onClick={onClose}>{pageWords.close}</Button>
      </div>
    </Modal>
  );
}

function Readers({ id, known }: { id: string; known: readonly string[] }): JSX.Element {
  const { api } = useHere();
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
      {trouble && <TroubleNotice trouble={trouble} />}
    </>
  );
}
