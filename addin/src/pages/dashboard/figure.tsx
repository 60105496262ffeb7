/** Shares side by side: a bar for each, solid as far as it is sure, and the same as a table. */

import type { ComponentChildren, JSX } from "preact";
import { Figure, Swatch } from "../../ui/chart";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";
import { partText, percents, type Share } from "./shares";

const said = pageWords.dashboard;

export interface Bar {
  readonly label: string;
  readonly share: Share | null;
  /** What the table says beside the share. */
  readonly cells: readonly string[];
}

export function ShareFigure(props: {
  title: string;
  text: string;
  first: string;
  columns: readonly string[];
  bars: readonly Bar[];
  unknown: string;
}): JSX.Element {
  const { title, bars } = props;
  const drawn = bars.map(({ label, share }) => ({
    label,
    title: `${label}\n${share ? partText(share) : props.unknown}`,
    ...(share ? percents(share) : { least: 0, most: 0 }),
  }));
  return (
    <Figure
      title={title}
      text={props.text}
      legend={
        <ul class="legend" aria-hidden="true">
          <li>
            <Swatch name="person" /> {pageWords.ranges.surely}
          </li>
          <li>
            <Swatch name="perhaps" /> {pageWords.ranges.perhaps}
          </li>
        </ul>
      }
      draw={(drawing, width) => drawing.bars(drawn, width)}
      inputs={[bars]}
      table={
        <Wide label={title}>
          <table class="tight">
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <Head>{props.first}</Head>
                {props.columns.map((name) => (
                  <Head key={name}>{name}</Head>
                ))}
                <Head>{said.share}</Head>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ label, share, cells }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {cells.map((cell, place) => (
                    <td key={props.columns[place]}>{cell}</td>
                  ))}
                  <td>{share ? partText(share) : <span class="quiet">{props.unknown}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      }
    />
  );
}

function Head({ children }: { children: ComponentChildren }): JSX.Element {
  return <th scope="col">{children}</th>;
}
