/** What the pane and the pages are put together from. */

import type { ComponentChildren, JSX } from "preact";
import type { Trouble } from "../api";
import { words } from "../words/common";
import { Icon } from "./icons";

export type Tone = "info" | "good" | "warn" | "bad";

/** One thing to know, and what helps. Screen readers are told of `alert` at once. */
export function Notice(props: {
  tone: Tone;
  title: ComponentChildren;
  children?: ComponentChildren;
  alert?: boolean;
}): JSX.Element {
  return (
    <div class={`notice ${props.tone}`} role={props.alert ? "alert" : undefined}>
      <Icon name={props.tone} />
      <div>
        <p>
          <strong>{props.title}</strong>
        </p>
        {props.children}
      </div>
    </div>
  );
}

/** Something that did not work, with a way to try again where there is one. */
export function TroubleNotice(props: { trouble: Trouble; onRetry?: (() => void) | undefined }): JSX.Element {
  return (
    <Notice tone="bad" title={props.trouble.detail} alert>
      <p>{props.trouble.remedy}</p>
      {props.onRetry && (
        <p>
          <Button onClick={props.onRetry}>{words.trouble.again}</Button>
        </p>
      )}
    </Notice>
  );
}

type ButtonProps = Omit<JSX.IntrinsicElements["button"], "class"> & {
  look?: "primary" | "subtle";
  wide?: boolean;
};

export function Button({ look, wide, children, ...rest }: ButtonProps): JSX.Element {
  const names = ["button", look, wide && "wide"].filter(Boolean).join(" ");
  return (
    <button type="button" {...rest} class={names}>
      {children}
    </button>
  );
}

/** Work under way, said to screen readers too. */
export function Waiting({ text }: { text: string }): JSX.Element {
  return (
    <div class="row" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}

/** Nothing is here yet, and how something comes. */
export function Empty(props: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
