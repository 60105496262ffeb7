/** What a mail is called: shown, and changed. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Message, type Trouble } from "../../api";
import { readConfig } from "../../config";
import { faultOf, labelsOf, typedOf } from "../../labels";
import { Button, TroubleNotice } from "../../ui/components";
import { NameField, OtherFields } from "../../ui/label-fields";
import { LinkNames } from "../../ui/link-names";
import { useLoaded } from "../../ui/loading";
import { Modal } from "../../ui/modal";
import { words } from "../../words/common";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { ALL_MESSAGES, hrefOf } from "../routes";

export function Naming(props: { message: Message; onClose: () => void; onKept: () => void }): JSX.Element {
  const { api } = useHere();
  const [typed, setTyped] = useState(typedOf(props.message.labels));
  const id = props.message.message_id;
  const links = useLoaded(() => api.getLinks(id), [api, id]);
  const [names, setNames] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(props.message.labels.links.entries()),
  );
  const named = (links.value?.links ?? []).map(({ number, target }) => ({
    key: String(number),
    text: target?.replace(/^https?:\/\//i, "") ?? "",
    words: "",
    name: names[number] ?? "",
  }));
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const said = pageWords.naming;
  const keep = async (event: Event) => {
    event.preventDefault();
    setUnderWay(true);
    setTrouble(undefined);
    try {
      // Without what is not there yet, names of links stay what they are.
      const asked = links.value ? { links: named.map(({ name }) => name.trim()) } : {};
      await api.label(id, { ...labelsOf(typed), ...asked });
      props.onKept();
      props.onClose();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setUnderWay(false);
    }
  };
  return (
    <Modal title={said.title} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void keep(event)} noValidate>
        <NameField typed={typed} onChange={setTyped} />
        <OtherFields typed={typed} onChange={setTyped} purposes={readConfig().purposes} />
        {named.length > 0 && (
          <details>
            <summary>{words.labels.links}</summary>
            <LinkNames links={named} onChange={(key, name) => setNames({ ...names, [key]: name })} />
          </details>
        )}
        {links.trouble && <TroubleNotice trouble={links.trouble} onRetry={links.reload} />}
        {trouble && <TroubleNotice trouble={trouble} />}
        <div class="row end">
          <Button onClick={props.onClose}>{pageWords.cancel}</Button>
          <Button type="submit" look="primary" disabled={isUnderWay || faultOf(typed) !== null}>
            {said.keep}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Campaign and tags, each of which leads to all mails that have it; and the purpose. */
export function LabelLine({ labels }: Pick<Message, "labels">): JSX.Element | null {
  const { campaign, tags, purpose } = labels;
  const said = pageWords.naming;
  if (!campaign && tags.length === 0 && !purpose) {
    return null;
  }
  return (
    <div class="labels small">
      {campaign && (
        <a
          href={hrefOf({ name: "messages", search: { ...ALL_MESSAGES, campaign } })}
          aria-label={fill(said.campaignAll, { campaign })}
        >
          {campaign}
        </a>
      )}
      {purpose && <span class="quiet">{purpose}</span>}
      {tags.map((tag) => (
        <a
          key={tag}
          class="badge"
          href={hrefOf({ name: "messages", search: { ...ALL_MESSAGES, tag } })}
          aria-label={fill(said.tagAll, { tag })}
        >
          {tag}
        </a>
      ))}
    </div>
  );
}
