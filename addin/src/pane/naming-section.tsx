/** What a mail is called, typed before it goes. */

import type { JSX } from "preact";
import type { Config } from "../config";
import { NameField, OtherFields } from "../ui/label-fields";
import { words } from "../words/common";
import { Disclosure } from "./disclosure";
import type { Choice } from "./tracking";

export function NamingSection(props: {
  choice: Choice;
  config: Config;
  onChoose: (choice: Choice) => void;
}): JSX.Element {
  const { choice, config } = props;
  const fields = {
    typed: choice.typed,
    onChange: (typed: Choice["typed"]) => props.onChoose({ ...choice, typed }),
  };
  const { more, morePurpose } = words.labels;
  return (
    <section class="stack" data-testid="naming">
      <NameField {...fields} subject={choice.subject} />
      <Disclosure title={config.purposes.length > 0 ? morePurpose : more} name="labels">
        {() => (
          <div class="stack">
            <OtherFields {...fields} purposes={config.purposes} />
          </div>
        )}
      </Disclosure>
    </section>
  );
}
