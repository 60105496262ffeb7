/** What pages are framed with: heading and title, what is loading or went wrong, wide tables, files to save. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { asTrouble, type NamedFile, Trouble } from "../api";
import { Button, Empty, Notice, TroubleNotice, Waiting } from "../ui/components";
import type { Loaded } from "../ui/loading";
import type { Rows } from "../ui/rows";
import { words } from "../words/common";
import { fill } from "../words/fill";
import { pageWords } from "../words/pages";
import { useHere } from "./context";

/** The page's heading. It is the document's title too, unless that says more. */
export function Heading(props: { page: string; title?: string; children?: ComponentChildren }): JSX.Element {
  const { page, title = page } = props;
  useEffect(() => {
    document.title = fill(pageWords.title, { page: title });
  }, [title]);
  return (
    <div class="heading">
      <h1 tabIndex={-1}>{page}</h1>
      {props.children}
    </div>
  );
}

/** Takes the focus to the page's heading, where what had it is gone or the page is another. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>("main h1")?.focus();
}

/** What was asked for; while it is not there, that it is loading, or what went wrong and how to go on. */
export function Await<T>(props: { loaded: Loaded<T>; children: (value: T) => JSX.Element }): JSX.Element {
  const { value, trouble, reload } = props.loaded;
  if (value !== undefined) {
    return (
      <>
        {trouble && <PageTrouble trouble={trouble} onRetry={reload} />}
        {props.children(value)}
      </>
    );
  }
  return trouble ? <PageTrouble trouble={trouble} onRetry={reload} /> : <Waiting text={pageWords.loading} />;
}

/** Something that did not work. Where the sign-in has ended, a button begins a new one. */
export function PageTrouble(props: { trouble: Trouble; onRetry?: (() => void) | undefined }): JSX.Element {
  const { signIn } = useHere();
  const [again, setAgain] = useState<Trouble>();
  if (props.trouble.code !== "sign_in" && props.trouble.status !== 401) {
    return <TroubleNotice {...props} />;
  }
  const ask = () =>
    signIn().then(
      () => props.onRetry?.(),
      (thrown) => setAgain(asTrouble(thrown)),
    );
  const trouble = again ?? props.trouble;
  return (
    <Notice tone="warn" title={trouble.detail} alert>
      <p>{trouble.remedy}</p>
      <p>
        <Button look="primary" onClick={() => void ask()}>
          {words.session.signIn}
        </Button>
      </p>
    </Notice>
  );
}

/** A table that may be wider than the window: scrolled by itself, by keyboard too. */
export function Wide({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach
    <section class="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Below the rows of a listing: that more are loading, what went wrong, that there are none, or how many there are
 * and a button for more. */
export function ListEnd(props: {
  list: Rows<unknown>;
  emptyTitle: string;
  emptyText: string;
  more: string;
  count: string;
}): JSX.Element {
  const { rows, isLoading, trouble, hasMore, more } = props.list;
  if (isLoading) {
    return <Waiting text={pageWords.loading} />;
  }
  if (trouble) {
    return <PageTrouble trouble={trouble} onRetry={more} />;
  }
  if (rows.length === 0) {
    return (
      <Empty title={props.emptyTitle}>
        <p>{props.emptyText}</p>
      </Empty>
    );
  }
  return (
    <div class="row">
      {hasMore && <Button onClick={more}>{props.more}</Button>}
      <span class="quiet" role="status">
        {props.count}
      </span>
    </div>
  );
}

/** One of the facts of a description list. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A button that fetches a file and hands it to the browser. */
export function Download(props: { fetch: () => Promise<NamedFile>; label?: string }): JSX.Element {
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    try {
      save(await props.fetch());
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
    setUnderWay(false);
  };
  return (
    <>
      <Button disabled={isUnderWay} onClick={() => void begin()}>
        {isUnderWay ? pageWords.preparing : (props.label ?? pageWords.download)}
      </Button>
      {trouble && <PageTrouble trouble={trouble} onRetry={() => void begin()} />}
    </>
  );
}

/** Whether the thing that was asked for is not there (any more). */
export function isGone(trouble: Trouble | undefined): boolean {
  return trouble instanceof Trouble && trouble.status === 404;
}

function save({ body, name }: NamedFile): void {
  const url = URL.createObjectURL(body);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
