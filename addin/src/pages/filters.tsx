/** The form that chooses what a page shows. What was chosen is in the page's address, to be kept and sent on. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/components";

export interface Fields<Name extends string> {
  text(name: Name, label: string, longest?: number): JSX.Element;
  date(name: Name, label: string): JSX.Element;
  /** One of these values, each with what it is called. */
  choice(name: Name, label: string, values: readonly (readonly [string, string])[]): JSX.Element;
}

export function Filters<Name extends string>(props: {
  /** Stands before the names of fields, in their ids. */
  prefix: string;
  label: string;
  apply: string;
  clear: string;
  search: Record<Name, string>;
  /** What chooses everything. */
  none: Record<Name, string>;
  hrefOf: (search: Record<Name, string>) => string;
  /** What is meant by what was typed. */
  settle?: (typed: string) => string;
  children: (fields: Fields<Name>) => ComponentChildren;
}): JSX.Element {
  const { search, hrefOf, settle = (typed: string) => typed } = props;
  const [wanted, setWanted] = useState(search);
  const address = hrefOf(search);
  useEffect(() => setWanted(search), [address]);
  const change = (name: Name) => (event: { currentTarget: { value: string } }) =>
    setWanted({ ...wanted, [name]: settle(event.currentTarget.value) });
  const field = (name: Name, label: string, input: (id: string) => JSX.Element) => (
    <div class="field">
      <label for={`${props.prefix}${name}`}>{label}</label>
      {input(`${props.prefix}${name}`)}
    </div>
  );
  const fields: Fields<Name> = {
    text: (name, label, longest) =>
      field(name, label, (id) => (
        <input
          id={id}
          type="text"
          autocomplete="off"
          maxLength={longest}
          value={wanted[name]}
          onInput={change(name)}
        />
      )),
    date: (name, label) =>
      field(name, label, (id) => <input id={id} type="date" value={wanted[name]} onInput={change(name)} />),
    choice: (name, label, values) =>
      field(name, label, (id) => (
        <select id={id} value={wanted[name]} onChange={change(name)}>
          {values.map(([value, called]) => (
            <option key={value} value={value}>
              {called}
            </option>
          ))}
        </select>
      )),
  };
  return (
    <form
      class="filters"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hrefOf(wanted);
      }}
    >
      {props.children(fields)}
      <div class="row">
        <Button type="submit" look="primary">
          {props.apply}
        </Button>
        {Object.values(search).some(Boolean) && (
          <a class="button subtle" href={hrefOf(props.none)}>
            {props.clear}
          </a>
        )}
      </div>
    </form>
  );
}
