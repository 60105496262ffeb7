/** Where the links of a mail lead: withdrawn, corrected, put back. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Link, type Links, type Trouble } from "../../api";
import { Button, TroubleNotice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { Modal } from "../../ui/modal";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Await } from "../frame";

const said = pageWords.links;

export function LinkControl({ id, onClose }: { id: string; onClose: () => void }): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getLinks(id), [api, id]);
  return (
    <Modal title={said.title} onClose={onClose}>
      <p>{said.text}</p>
      <Await loaded={loaded}>{(known) => <Control id={id} known={known} />}</Await>
      <div class="row end">
        <Button onClick={onClose}>{pageWords.close}</Button>
      </div>
    </Modal>
  );
}

/** Acts on the links of the mail `id`; where `only` is given, on that one and on all of them together. */
export function Control(props: {
  id: string;
  known: Links;
  only?: Link;
  onChange?: () => void;
}): JSX.Element {
  const { id, known, only } = props;
  const { api } = useHere();
  const [{ links: all }, setLinks] = useState(known);
  const links = only ? [theOne(only, all)] : all;
  const [chosen, setChosen] = useState(only?.number ?? 0);
  const [typed, setTyped] = useState("");
  const [isUnderWay, setUnderWay] = useState(false);
  const [told, setTold] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();
  const act = async (deed: () => Promise<Links>) => {
    setUnderWay(true);
    setTrouble(undefined);
    setTold(said.saving);
    try {
      setLinks(await deed());
      setTyped("");
      setTold(said.saved);
      props.onChange?.();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setTold("");
    }
    setUnderWay(false);
  };
  if (!links.length) {
    return <p class="quiet">{said.none}</p>;
  }
  return (
    <>
      <ul class="readers" aria-label={said.listLabel}>
        {links.map(({ number, target, amended }) => {
          const link = target ?? String(number);
          return (
            <li key={number}>
              <span>
                <span class="link-text">{link}</span>
                {amended && (
                  <span class="quiet small">
                    {" "}
                    {amended.target ? fill(said.corrected, { target: amended.target }) : said.withdrawn}
                    {amended.by_admin && ` ${said.byAdmin}`}
                  </span>
                )}
              </span>
              {amended && !amended.whole ? (
                <Button
                  look="subtle"
                  disabled={isUnderWay}
                  aria-label={fill(said.restoreOne, { link })}
                  onClick={() => void act(() => api.restoreLink(id, number))}
                >
                  {said.restore}
                </Button>
              ) : (
                !amended && (
                  <Button
                    look="subtle"
                    disabled={isUnderWay}
                    aria-label={fill(said.withdrawOne, { link })}
                    onClick={() => void act(() => api.putLink(id, number, null))}
                  >
                    {said.withdraw}
                  </Button>
                )
              )}
            </li>
          );
        })}
      </ul>
      <form
        class="inline"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void act(() => api.putLink(id, chosen, typed.trim()));
        }}
      >
        {!only && (
          <div class="field">
            <label for="link-chosen">{said.which}</label>
            <select
              id="link-chosen"
              value={chosen}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            >
              {links.map(({ number, target }) => (
                <option key={number} value={number}>
                  {target ?? number}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field">
          <label for="link-target">{said.target}</label>
          <input
            id="link-target"
            type="text"
            inputmode="url"
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" look="primary" disabled={isUnderWay}>
          {said.correct}
        </Button>
      </form>
      <div class="row">
        <Button disabled={isUnderWay} onClick={() => void act(() => api.putLink(id, null, null))}>
          {said.withdrawAll}
        </Button>
        {links.some(({ amended }) => amended) && (
          <Button disabled={isUnderWay} onClick={() => void act(() => api.restoreLink(id, null))}>
            {said.restoreAll}
          </Button>
        )}
      </div>
      <p role="status" class="quiet">
        {told}
      </p>
      {trouble && <TroubleNotice trouble={trouble} />}
    </>
  );
}

/** That link as it is now. Of a mail that was deleted the server knows the links alone that were changed. */
function theOne(link: Link, all: readonly Link[]): Link {
  const now = all.find(({ number }) => number === link.number);
  return { ...link, amended: now?.amended ?? null };
}
