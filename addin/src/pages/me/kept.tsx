/** What is kept of whoever looks: as a file, and erased. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Trouble } from "../../api";
import { Button, Notice, Waiting } from "../../ui/components";
import { Modal } from "../../ui/modal";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Download, PageTrouble } from "../frame";
import { addErased, addFound, type Erased, type Found, walk } from "../people/person";

const said = pageWords.me;

export function KeptSection({ onErased }: { onErased: () => Promise<void> }): JSX.Element {
  const { api } = useHere();
  const [isAsking, setAsking] = useState(false);
  const [step, setStep] = useState<"none" | "erasing" | "erased">("none");
  const [erased, setErased] = useState<Erased>();
  const [trouble, setTrouble] = useState<Trouble>();

  const erase = async () => {
    setAsking(false);
    setTrouble(undefined);
    setStep("erasing");
    await walk(api.eraseMyself, addErased, (state) => {
      setErased(state.sum);
      if (state.trouble) {
        setStep("none");
        setTrouble(state.trouble);
      } else if (state.isDone) {
        setStep("erased");
      }
    });
    await onErased().catch(() => {});
  };

  return (
    <section class="stack">
      <h2>{said.kept}</h2>
      <p class="prose">{said.keptText}</p>
      {trouble && <PageTrouble trouble={trouble} onRetry={() => void erase()} />}
      {step === "erasing" && <Waiting text={said.erasing} />}
      <div role="status" class="stack">
        {step === "erased" && <Notice tone="good" title={said.erased} />}
        {step === "erased" && !!erased?.unfinished.length && (
          <Notice tone="warn" title={said.eraseUnfinished} />
        )}
      </div>
      <div class="row">
        <Download
          fetch={async () => ({ body: await everything(api.getKept), name: "rollcall-me.json" })}
          label={said.keptDownload}
        />
        <Button disabled={step === "erasing"} onClick={() => setAsking(true)}>
          {said.erase}
        </Button>
      </div>
      {isAsking && (
        <Modal title={said.eraseAsk} onClose={() => setAsking(false)}>
          <p>{said.eraseText}</p>
          <div class="row end">
            <Button onClick={() => setAsking(false)}>{pageWords.cancel}</Button>
            <Button look="primary" onClick={() => void erase()}>
              {said.eraseYes}
            </Button>
          </div>
        </Modal>
      )}
    </section>
  );
}

/** All pages of what is kept, as one file. Throws a Trouble. */
async function everything(ask: ReturnType<typeof useHere>["api"]["getKept"]): Promise<Blob> {
  let sum: Found | undefined;
  let answers: unknown = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: Awaited<ReturnType<typeof ask>> = await ask(after);
    sum = addFound(sum, page.kept);
    answers = page.answers;
    after = page.kept.next ?? null;
  }
  const text = JSON.stringify({ kept: { ...sum, next: undefined }, answers }, null, 2);
  return new Blob([`${text}\n`], { type: "application/json" });
}
