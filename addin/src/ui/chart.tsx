/**
 * Figures: a title, a sentence that says what is to be seen, a drawing, and the same data as a table.
 *
 * The drawing is decoration for those who see it; verdicts differ by pattern as well as by colour.
 */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { words } from "../words/common";
import { pageWords } from "../words/pages";

export type Verdict = "person" | "unsure" | "machine";
export const VERDICTS: readonly Verdict[] = ["person", "unsure", "machine"];

/** The code that draws, loaded when the first drawing is to be shown. */
export type Drawing = typeof import("./chart-drawing");

/** The patterns that all drawings share, once in the page. */
export function Patterns(): JSX.Element {
  return (
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <Hatch id="pattern-unsure" name="unsure" />
        <Hatch id="pattern-perhaps" name="person" />
        <pattern id="pattern-machine" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="under" width="5" height="5" />
          <circle class="machine" cx="2.5" cy="2.5" r="1.2" />
        </pattern>
      </defs>
    </svg>
  );
}

function Hatch({ id, name }: { id: string; name: string }): JSX.Element {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="under" width="5" height="5" />
      <rect class={name} width="2.2" height="5" />
    </pattern>
  );
}

/** A bit of the pattern, beside the word for it. */
export function Swatch({ name }: { name: Verdict | "perhaps" }): JSX.Element {
  return (
    <svg class="swatch" width="16" height="16" aria-hidden="true" focusable="false">
      <rect class={`fill ${name}`} x="0.5" y="0.5" width="15" height="15" rx="2" />
    </svg>
  );
}

/** Which pattern stands for which verdict, each with its number. */
export function VerdictLegend(props: {
  numbers: Record<Verdict, string>;
  notes: Partial<Record<Verdict, string>>;
}): JSX.Element {
  return (
    <ul class="legend">
      {VERDICTS.map((verdict) => (
        <li key={verdict}>
          <Swatch name={verdict} />
          {words.verdicts[verdict]} <strong>{props.numbers[verdict]}</strong>{" "}
          <span class="quiet">{props.notes[verdict]}</span>
        </li>
      ))}
    </ul>
  );
}

export interface Part {
  readonly name: Verdict | "perhaps";
  readonly size: number;
}

/** Parts of `whole`, one behind the other. The numbers stand beside it. */
export function PartBar({ parts, whole, tall }: { parts: readonly Part[]; whole: number; tall?: boolean }) {
  const percent = (n: number) => `${whole ? (n * 100) / whole : 0}%`;
  let start = 0;
  return (
    <svg class={tall ? "part-bar tall" : "part-bar"} width="100%" aria-hidden="true" focusable="false">
      <rect class="track" width="100%" height="100%" rx="3" />
      {parts.map(({ name, size }) => {
        const x = percent(start);
        start += size;
        return (
          size > 0 && <rect key={name} class={`fill ${name}`} x={x} width={percent(size)} height="100%" />
        );
      })}
    </svg>
  );
}

/** A figure. `draw` makes the drawing for a width in pixels; it is made anew when `inputs` change. */
export function Figure(props: {
  title: string;
  text: string;
  legend?: ComponentChildren;
  draw: (drawing: Drawing, width: number) => SVGElement;
  inputs: readonly unknown[];
  table: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const [failed, setFailed] = useState(false);
  return (
    <figure class="stack" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <h3 id={`${id}-title`}>{props.title}</h3>
      <figcaption id={`${id}-text`}>{props.text}</figcaption>
      {props.legend}
      {failed ? (
        <p class="quiet">{pageWords.report.chartFailed}</p>
      ) : (
        <Plotted draw={props.draw} inputs={props.inputs} onFailed={() => setFailed(true)} />
      )}
      <details open={failed}>
        <summary>{pageWords.report.asTable}</summary>
        {props.table}
      </details>
    </figure>
  );
}

function Plotted(props: {
  draw: (drawing: Drawing, width: number) => SVGElement;
  inputs: readonly unknown[];
  onFailed: () => void;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = place.current;
    if (!watched) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    let isCurrent = width > 0;
    import("./chart-drawing").then(
      (drawing) => isCurrent && place.current?.replaceChildren(props.draw(drawing, width)),
      () => isCurrent && props.onFailed(),
    );
    return () => {
      isCurrent = false;
    };
  }, [width, ...props.inputs]);
  return <div ref={place} class="drawing" aria-hidden="true" />;
}
