/** Deleting messages for good. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Message, type Trouble } from "../../api";
import { Button, TroubleNotice } from "../../ui/components";
import { Modal } from "../../ui/modal";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { countText, nameOf, senderText } from "./naming";

/** `onDeleted` is told of each that is gone, also where a later one could not be deleted. */
export function Deletion(props: {
  messages: readonly Message[];
  onClose: () => void;
  onDeleted: (ids: readonly string[]) => void;
}): JSX.Element {
  const { messages } = props;
  const [one] = messages;
  const { api } = useHere();
  const [isUnderWay, setUnderWay] = useState(false);
  const [gone, setGone] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const words = pageWords.messages.deletion;
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    const done = [...gone];
    try {
      for (const { message_id: id } of messages.filter((each) => !done.includes(each.message_id))) {
        await api.deleteMessage(id).catch((thrown) => {
          if (asTrouble(thrown).status !== 404) {
            throw thrown;
          }
        });
        done.push(id);
      }
      props.onDeleted(done);
    } catch (thrown) {
      setGone(done);
      setTrouble(asTrouble(thrown));
      setUnderWay(false);
    }
  };
  const close = () => (gone.length > 0 ? props.onDeleted(gone) : props.onClose());
  return (
    <Modal title={messages.length > 1 ? words.titleSeveral : words.title} onClose={close}>
      {messages.length === 1 && one ? (
        <p>
          {fill(words.which, {
            when: nameOf(one),
            sender: senderText(one),
            recipients: countText(one.count),
          })}
        </p>
      ) : (
        <ul>
          {messages.map((message) => (
            <li key={message.message_id}>
              {nameOf(message)}
              {gone.includes(message.message_id) && ` (${words.gone})`}
            </li>
          ))}
        </ul>
      )}
      <p>{messages.length > 1 ? words.whatSeveral : words.what}</p>
      <p>{words.stays}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="row end">
        <Button onClick={close}>{pageWords.cancel}</Button>
        <Button look="primary" disabled={isUnderWay} onClick={() => void begin()}>
          {words.confirm}
        </Button>
      </div>
    </Modal>
  );
}
