/** A heading that opens what is below it. What is closed is not drawn. */

import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../ui/icons";

export function Disclosure(props: {
  title: string;
  aside?: ComponentChildren;
  open?: boolean;
  name?: string;
  children: () => ComponentChildren;
}): JSX.Element {
  const [isOpen, setOpen] = useState(props.open ?? false);
  const id = useId();
  return (
    <section class="disclosure" data-testid={props.name}>
      <h2>
        <button
          type="button"
          class="disclosure-button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <span class={isOpen ? "chevron is-open" : "chevron"}>
            <Icon name="open" size={16} />
          </span>
          <span class="disclosure-title">{props.title}</span>
          {props.aside !== undefined && <span class="quiet small disclosure-aside">{props.aside}</span>}
        </button>
      </h2>
      <div id={id} hidden={!isOpen} class="disclosure-content">
        {isOpen && props.children()}
      </div>
    </section>
  );
}
