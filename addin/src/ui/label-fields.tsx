/** The fields in which somebody types what a mail is called. */

import type { ComponentChildren, JSX } from "preact";
import { faultOf, MAX, type TypedLabels } from "../labels";
import { words } from "../words/common";
import { fill } from "../words/fill";

interface Fields {
  typed: TypedLabels;
  onChange: (typed: TypedLabels) => void;
}

/** The name; `subject` is offered as one, where it is given. */
export function NameField(props: Fields & { subject?: string | null }): JSX.Element {
  const { typed, onChange, subject } = props;
  const said = words.labels;
  return (
    <div class="field">
      <label for="label-name">{said.name}</label>
      <input
        id="label-name"
        type="text"
        autocomplete="off"
        maxLength={MAX.name}
        value={typed.name}
        aria-describedby="label-name-text"
        onInput={(event) => onChange({ ...typed, name: event.currentTarget.value })}
      />
      <p class="quiet small" id="label-name-text">
        {said.nameText}
      </p>
      {subject && subject !== typed.name && (
        <div>
          <button
            type="button"
            class="link"
            onClick={() => onChange({ ...typed, name: subject.slice(0, MAX.name) })}
          >
            {fill(said.useSubject, { subject })}
          </button>
        </div>
      )}
    </div>
  );
}

/** Campaign, tags, and a purpose of those that an admin named, or that the mail has already. */
export function OtherFields(props: Fields & { purposes: readonly string[] }): JSX.Element {
  const { typed, onChange } = props;
  const fault = faultOf(typed);
  const said = words.labels;
  const purposes = [...new Set([...props.purposes, ...(typed.purpose ? [typed.purpose] : [])])];
  return (
    <>
      <TextField
        id="label-campaign"
        label={said.campaign}
        longest={MAX.campaign}
        value={typed.campaign}
        onType={(campaign) => onChange({ ...typed, campaign })}
      />
      <TextField
        id="label-tags"
        label={said.tags}
        longest={(MAX.tag + 2) * MAX.tags}
        value={typed.tags}
        isWrong={fault !== null}
        onType={(tags) => onChange({ ...typed, tags })}
      >
        {fault ? fill(said[fault], { n: fault === "tooMany" ? MAX.tags : MAX.tag }) : said.tagsText}
      </TextField>
      {purposes.length > 0 && (
        <div class="field">
          <label for="label-purpose">{said.purpose}</label>
          <select
            id="label-purpose"
            value={typed.purpose}
            onChange={(event) => onChange({ ...typed, purpose: event.currentTarget.value })}
          >
            <option value="">{said.noPurpose}</option>
            {purposes.map((purpose) => (
              <option key={purpose} value={purpose}>
                {purpose}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}

function TextField(props: {
  id: string;
  label: string;
  longest: number;
  value: string;
  isWrong?: boolean;
  onType: (text: string) => void;
  children?: ComponentChildren;
}): JSX.Element {
  const { id } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        maxLength={props.longest}
        value={props.value}
        aria-invalid={props.isWrong ? "true" : undefined}
        aria-describedby={props.children ? `${id}-text` : undefined}
        onInput={(event) => props.onType(event.currentTarget.value)}
      />
      {props.children && (
        <p id={`${id}-text`} class={props.isWrong ? "wrong small" : "quiet small"}>
          {props.children}
        </p>
      )}
    </div>
  );
}
