/** People, for admins: what is kept of one address, to show, take along or erase; and their objection. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Waiting } from "../../ui/components";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Heading, PageTrouble } from "../frame";
import { Erasing } from "./erasing";
import { FoundPerson } from "./found";
import { addFound, addressIn, amountOf, type Found, outcomeText, START, type Walk, walk } from "./person";

const said = pageWords.people;

type Step =
  | { is: "nothing" }
  | { is: "looking"; address: string; way: Walk<Found> }
  | { is: "stopped" }
  | { is: "erasing"; address: string };

export function PeoplePage(): JSX.Element {
  const { step, look, stop, erase } = useSteps();
  const [wrong, setWrong] = useState("");
  const [isErasing, setErasing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const way = step.is === "looking" ? step.way : undefined;
  const isUnderWay = way !== undefined && !way.isDone && !way.trouble;
  const refusal = way?.trouble?.status === 400 ? way.trouble.detail : "";
  const fault = wrong || refusal;

  useEffect(() => {
    if (fault) {
      field.current?.focus();
    }
  }, [fault]);

  const begin = (event: Event) => {
    event.preventDefault();
    const address = addressIn(field.current?.value ?? "");
    setWrong(address ? "" : said.invalid);
    if (address) {
      look(address);
    } else {
      stop({ is: "nothing" });
      field.current?.focus();
    }
  };
  return (
    <div class="stack loose">
      <Heading page={said.heading} />
      <p class="prose quiet">{said.intro}</p>
      <form class="inline" onSubmit={begin} noValidate>
        <div class="field">
          <label for="person">{said.address}</label>
          <input
            ref={field}
            id="person"
            type="text"
            inputmode="email"
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? "person-wrong" : undefined}
          />
        </div>
        <Button type="submit" look="primary" disabled={isErasing}>
          {said.look}
        </Button>
        {isUnderWay && <Button onClick={() => stop({ is: "stopped" })}>{said.stop}</Button>}
      </form>
      {fault && (
        <p id="person-wrong" class="wrong" role="alert">
          {fault}
        </p>
      )}
      {isUnderWay && <Waiting text={fill(said.looking, { n: number(amountOf(way.sum)) })} />}
      <p role="status" class={step.is === "stopped" ? "quiet" : "visually-hidden"}>
        {step.is === "stopped" && said.stopped}
        {way?.isDone && way.sum && outcomeText(way.sum)}
      </p>
      {step.is === "looking" && way?.trouble && !refusal && (
        <>
          <PageTrouble trouble={way.trouble} onRetry={() => look(step.address, way)} />
          {way.sum && <p class="quiet">{said.goOn}</p>}
        </>
      )}
      {way?.isDone && way.sum && (
        <FoundPerson key={way.sum.address} person={way.sum} onErase={() => erase(way.sum?.address ?? "")} />
      )}
      {step.is === "erasing" && (
        <Erasing
          key={step.address}
          address={step.address}
          onBusy={setErasing}
          onLook={() => look(step.address)}
        />
      )}
    </div>
  );
}

/** What is under way for which address. A new look ends the one before. */
function useSteps() {
  const { api } = useHere();
  const [step, setStep] = useState<Step>({ is: "nothing" });
  const current = useRef(new AbortController());
  useEffect(() => () => current.current.abort(), []);

  const stop = (next: Step) => {
    current.current.abort();
    current.current = new AbortController();
    setStep(next);
  };
  const look = (address: string, from: Walk<Found> = START) => {
    const { trouble: _, ...way } = from;
    stop({ is: "looking", address, way });
    const { signal } = current.current;
    void walk(
      (after) => api.getPerson(address, after, signal),
      addFound,
      (reached) => {
        if (signal.aborted) {
          return false;
        }
        setStep({ is: "looking", address, way: reached });
      },
      way,
    );
  };
  return { step, look, stop, erase: (address: string) => stop({ is: "erasing", address }) };
}
