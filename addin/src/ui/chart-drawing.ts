/** Drawings, made with Observable Plot. Loaded when the first one is to be shown. */

import {
  axisX,
  axisY,
  barY,
  dot,
  gridY,
  line,
  plot,
  pointerX,
  rectY,
  ruleY,
  text,
  tip,
} from "@observablehq/plot";
import { number } from "../words/fill";

export interface Column {
  readonly start: Date;
  readonly end: Date;
  /** What the pointer is told. */
  readonly title: string;
  /** From the ground up: names of patterns, and how much of each. */
  readonly layers: readonly { readonly name: string; readonly size: number }[];
}

export interface Curve {
  readonly label: string;
  readonly look: "first" | "second";
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A range in percent: what is sure, and what may be. */
export interface RangeOf {
  readonly label: string;
  /** What the pointer is told. */
  readonly title: string;
  readonly least: number;
  readonly most: number;
}

const LETTER_WIDTH = 7;

const FILLS: Record<string, string> = {
  person: "var(--person)",
  unsure: "url(#pattern-unsure)",
  machine: "url(#pattern-machine)",
};

/** Columns along time, in layers; below them `ticks`, written by `tick`. */
export function columns(
  data: readonly Column[],
  width: number,
  ticks: readonly Date[],
  tick: (at: Date) => string,
): SVGElement {
  const slabs = data.flatMap(({ start, end, layers }) => {
    let below = 0;
    return layers.map(({ name, size }) => {
      const slab = { start, end, name, y1: below, y2: below + size };
      below += size;
      return slab;
    });
  });
  const tops = data.map((column) => ({
    ...column,
    middle: new Date((column.start.getTime() + column.end.getTime()) / 2),
    top: column.layers.reduce((all, { size }) => all + size, 0),
  }));
  const highest = Math.max(1, ...tops.map(({ top }) => top));
  const first = data[0];
  const last = data.at(-1);
  const isNarrow = width < 480;
  const inset = width / Math.max(1, data.length) > 8 ? 1 : 0;
  return finished(
    plot({
      width,
      height: isNarrow ? 180 : 220,
      className: "plot",
      // Half of the longest day below the first tick.
      marginLeft: Math.max(44, 20 + 8 * number(highest).length),
      marginRight: 16,
      marginBottom: 44,
      x: { type: "time", domain: first && last ? [first.start, last.end] : [0, 1] },
      y: { domain: [0, highest], nice: true },
      marks: [
        gridY({ ticks: wholeTicks(highest), stroke: "var(--line)", strokeOpacity: 1 }),
        axisY({ ticks: wholeTicks(highest), tickFormat: (n: number) => number(n), tickSize: 0, label: null }),
        axisX({ ticks: [...ticks], tickFormat: tick, tickSize: 4, label: null }),
        ...Object.entries(FILLS).map(([name, fill]) =>
          rectY(
            slabs.filter((slab) => slab.name === name && slab.y2 > slab.y1),
            {
              x1: "start",
              x2: "end",
              y1: "y1",
              y2: "y2",
              fill,
              stroke: `var(--${name})`,
              strokeWidth: 1,
              insetLeft: inset,
              insetRight: inset,
            },
          ),
        ),
        ruleY([0], { stroke: "var(--line-strong)" }),
        tip(tops, pointerX({ x: "middle", y: "top", title: "title" })),
      ],
    }),
  );
}

/** Bars side by side, solid as far as it is sure and hatched as far as it may be. */
export function bars(data: readonly RangeOf[], width: number): SVGElement {
  const placed = data.map((each, place) => ({ ...each, place }));
  const longest = Math.max(0, ...data.map(({ label }) => label.length)) * LETTER_WIDTH + 14;
  const every = Math.max(1, Math.ceil((data.length * longest) / Math.max(1, width - 60)));
  const highest = Math.min(100, Math.max(5, ...data.map(({ most }) => most)));
  const percent = (n: number) => number(n / 100, { style: "percent" });
  const look = { x: "place", stroke: "var(--person)", strokeWidth: 1, insetLeft: 1, insetRight: 1 };
  return finished(
    plot({
      width,
      height: width < 480 ? 180 : 220,
      className: "plot",
      marginLeft: 48,
      marginRight: 8,
      marginBottom: 32,
      x: { type: "band", domain: placed.map(({ place }) => place), padding: 0.2 },
      y: { domain: [0, highest], nice: true },
      marks: [
        gridY({ ticks: 5, stroke: "var(--line)", strokeOpacity: 1 }),
        axisY({ ticks: 5, tickFormat: percent, tickSize: 0, label: null }),
        axisX({
          ticks: placed.filter(({ place }) => place % every === 0).map(({ place }) => place),
          tickFormat: (place: number) => data[place]?.label ?? "",
          tickSize: 4,
          label: null,
        }),
        barY(placed, { ...look, y1: 0, y2: "least", fill: "var(--person)" }),
        barY(placed, { ...look, y1: "least", y2: "most", fill: "url(#pattern-perhaps)" }),
        ruleY([0], { stroke: "var(--line-strong)" }),
        tip(placed, pointerX({ x: "place", y: "most", title: "title" })),
      ],
    }),
  );
}

/** Curves that rise, each with its name at its end: the first solid, the second dashed. */
export function curves(data: readonly Curve[], width: number, axis: string): SVGElement {
  const ends = data.flatMap(({ points, label, look }) => {
    const end = points.at(-1);
    return end ? [{ ...end, label, look }] : [];
  });
  const highest = Math.max(1, ...data.flatMap(({ points }) => points.map(({ y }) => y)));
  const longest = Math.max(1, ...data.flatMap(({ points }) => points.map(({ x }) => x)));
  const [one, other] = ends;
  const areClose =
    one && other && Math.abs(one.y - other.y) < highest / 12 && Math.abs(one.x - other.x) < longest / 12;
  return finished(
    plot({
      width,
      height: width < 480 ? 200 : 240,
      className: "plot",
      marginLeft: 36,
      marginRight: 32,
      marginBottom: 48,
      marginTop: 24,
      x: { domain: [0, longest] },
      y: { domain: [0, highest], nice: true },
      marks: [
        gridY({ ticks: 5, stroke: "var(--line)", strokeOpacity: 1 }),
        axisY({ ticks: 5, tickFormat: (n: number) => number(n), tickSize: 0, label: null }),
        axisX({
          ticks: width < 480 ? 4 : 8,
          tickFormat: (n: number) => number(n),
          label: axis,
          labelArrow: "none",
          labelOffset: 38,
          labelAnchor: "center",
        }),
        ...data.map(({ points, look }) =>
          line(points, {
            x: "x",
            y: "y",
            curve: "linear",
            stroke: look === "first" ? "var(--person)" : "var(--text)",
            strokeWidth: 2.5,
            ...(look === "second" ? { strokeDasharray: "7 4" } : {}),
          }),
        ),
        dot(ends, {
          x: "x",
          y: "y",
          r: 4.5,
          symbol: (end: { look: string }) => (end.look === "first" ? "circle" : "square"),
          fill: (end: { look: string }) => (end.look === "first" ? "var(--person)" : "var(--text)"),
        }),
        ...ends.map((end) =>
          text([end], {
            x: "x",
            y: "y",
            text: "label",
            dx: 12,
            dy: areClose && end === (one.y >= other.y ? other : one) ? 10 : areClose ? -10 : 0,
            textAnchor: "start",
            fontWeight: 600,
            fontSize: 14,
            fill: end.look === "first" ? "var(--person)" : "var(--text)",
          }),
        ),
      ],
    }),
  );
}

/** How many ticks there may be so that each is at a whole number. */
function wholeTicks(highest: number): number {
  return Math.min(5, highest);
}

/** Our style sheet says what Plot would say in a style element, which no policy of ours allows. */
function finished(drawn: SVGElement | HTMLElement): SVGElement {
  for (const style of drawn.querySelectorAll("style")) {
    style.remove();
  }
  return drawn as SVGElement;
}
