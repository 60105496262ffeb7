/** What a sender decides before a mail is changed: how it is counted, and which links. */

import type { JSX } from "preact";
import { isExact } from "../amounts";
import type { Trouble } from "../api";
import type { Doubt } from "../body/author";
import type { Link } from "../body/links";
import type { Config, Mode } from "../config";
import { faultOf } from "../labels";
import { Button, Notice, TroubleNotice } from "../ui/components";
import { LinkNames } from "../ui/link-names";
import { words } from "../words/common";
import { fill, several } from "../words/fill";
import { trackedWords } from "../words/pane/tracked";
import { Disclosure } from "./disclosure";
import { CountAgain, isGone } from "./gone";
import { NamingSection } from "./naming-section";
import type { Review } from "./state";
import type { Tracker } from "./tracker";
import { type Choice, chosen, type Obstacle, open, toggled } from "./tracking";

const text = trackedWords.choose;
const MODES: readonly Mode[] = ["counting", "pseudonymous", "individual"];
const MODE_WORDS: Record<Mode, { name: string; text: string }> = {
  counting: { name: words.modes.counting, text: words.modes.countingText },
  pseudonymous: { name: words.modes.pseudonymous, text: words.modes.pseudonymousText },
  individual: { name: words.modes.individual, text: words.modes.individualText },
};

export function ChoiceScreen(props: {
  tracker: Tracker;
  choice: Choice;
  trouble: Trouble | null;
  review: Review;
  config: Config;
}): JSX.Element {
  const { tracker, choice, trouble, review, config } = props;
  const offered = MODES.filter((mode) => config.modes.includes(mode));
  const isCopies = choice.mode !== "counting";
  const mustRecount = isGone(trouble);
  const isBlocked = (isCopies && choice.obstacles.length > 0) || faultOf(choice.typed) !== null;
  return (
    <>
      <div class="stack" data-testid="choosing">
        <div>
          <button type="button" class="link" onClick={() => tracker.close()}>
            {text.back}
          </button>
        </div>
        <h2>{text.title}</h2>
        {trouble && <TroubleNotice trouble={trouble} />}
        <NamingSection choice={choice} config={config} onChoose={(changed) => tracker.choose(changed)} />
        <fieldset class="modes">
          <legend>{text.mode}</legend>
          {offered.map((mode) => (
            <ModeOption
              key={mode}
              mode={mode}
              isChosen={choice.mode === mode}
              onChoose={() => tracker.choose({ ...choice, mode })}
            />
          ))}
          {offered.length < MODES.length && <p class="quiet small">{text.locked}</p>}
        </fieldset>
        {(config.tracking === "clicks" || config.tracking === "opens") && (
          <Notice tone="info" title={text.half[config.tracking]} />
        )}
        {choice.mode === "individual" && config.basis === "consent" && (
          <Notice tone="info" title={text.consent}>
            <p>{text.consentText}</p>
          </Notice>
        )}
        {isCopies && <CopyTerms obstacles={choice.obstacles} review={review} config={config} />}
        {choice.mode !== "individual" && review.count.at_least < config.smallestGroup && (
          <Notice tone="warn" title={text.tooFew}>
            <p>{fill(text.tooFewText, { n: config.smallestGroup })}</p>
          </Notice>
        )}
        {choice.doubt && (
          <Question doubt={choice.doubt} onAnswer={(isMine) => void tracker.settle(choice, isMine)} />
        )}
        {config.tracking !== "opens" && (
          <LinkChoice choice={choice} onChoose={(changed) => tracker.choose(changed)} />
        )}
        <Notice tone="info" title={text.recorded}>
          <p>{text[choice.mode]}</p>
          <p>{!config.hasNotice ? text.unsaid : isCopies ? text.saidAndObject : text.said}</p>
          <p>{config.offersSubject ? text.contentOffered : text.content}</p>
          {choice.teams.length > 0 && <p>{fill(text.teams, { names: choice.teams.join(", ") })}</p>}
        </Notice>
      </div>
      <footer class="actions">
        {mustRecount && <CountAgain tracker={tracker} />}
        <Button
          look="primary"
          wide
          disabled={isBlocked || mustRecount}
          onClick={() => void (isCopies ? tracker.confirm(choice) : tracker.prepare(choice))}
        >
          {isCopies
            ? several(review.count.at_least, trackedWords.copies.checkOne, trackedWords.copies.check)
            : text.prepare}
        </Button>
      </footer>
    </>
  );
}

function ModeOption(props: { mode: Mode; isChosen: boolean; onChoose: () => void }): JSX.Element {
  const id = `mode-${props.mode}`;
  const { name, text: meaning } = MODE_WORDS[props.mode];
  return (
    <div class="mode">
      <input
        type="radio"
        name="mode"
        id={id}
        checked={props.isChosen}
        aria-describedby={`${id}-text`}
        onChange={props.onChoose}
      />
      <div>
        <label for={id}>{name}</label>
        <p class="quiet small" id={`${id}-text`}>
          {meaning}
        </p>
      </div>
    </div>
  );
}

function CopyTerms(props: { obstacles: readonly Obstacle[]; review: Review; config: Config }): JSX.Element {
  const copies = trackedWords.copies;
  if (props.obstacles.length > 0) {
    return (
      <Notice tone="warn" title={copies.impossible}>
        <ul class="plain">
          {props.obstacles.map((obstacle) => (
            <li key={obstacle}>
              {fill(copies.obstacles[obstacle], { limit: props.config.perRecipientLimit })}
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title={copies.title}>
      <ul class="plain">
        <li>{copies.alone}</li>
        {!isExact(props.review.count) && (
          <li>
            <strong>{copies.incomplete}</strong>
          </li>
        )}
      </ul>
    </Notice>
  );
}

/** Whether a part is the sender's own, where that is in doubt; shows where it begins. */
function Question(props: { doubt: Doubt; onAnswer: (isMine: boolean) => void }): JSX.Element {
  const { words: begins, isMine } = props.doubt;
  const said = isMine ? text.doubtMine : text.doubtOther;
  return (
    <Notice tone="info" title={text.doubt}>
      <p>{fill(said, { words: begins || text.doubtNothing })}</p>
      <button type="button" class="link" onClick={() => props.onAnswer(!isMine)}>
        {isMine ? text.doubtCut : text.doubtKeep}
      </button>
    </Notice>
  );
}

function LinkChoice(props: { choice: Choice; onChoose: (choice: Choice) => void }): JSX.Element {
  const { choice, onChoose } = props;
  const free = open(choice);
  const fixed = choice.links.filter((link) => !free.includes(link));
  const isAny = chosen(choice).length > 0;
  const named = chosen(choice).map(({ url, words: seen }) => {
    const { host, rest } = parts(url);
    return { key: url, text: host + rest, words: seen, name: choice.linkNames[url] ?? "" };
  });
  // "All" leaves out what a guess of ours left out: that is ticked one by one.
  const all = new Set(free.filter((link) => isAny || link.isGuess).map((link) => link.url));
  return (
    <section aria-labelledby="links-title" class="stack">
      <div class="row spread">
        <h3 id="links-title">{text.links}</h3>
        {free.length > 1 && (
          <button type="button" class="link" onClick={() => onChoose({ ...choice, leftOut: all })}>
            {isAny ? text.nothing : text.all}
          </button>
        )}
      </div>
      {free.length === 0 ? (
        <p class="quiet">{text.none}</p>
      ) : (
        <>
          <p class="quiet small">{text.linksText}</p>
          <ul class="links" data-testid="links">
            {free.map((link, place) => (
              <li key={link.url}>
                <input
                  type="checkbox"
                  id={`link-${place}`}
                  checked={!choice.leftOut.has(link.url)}
                  onChange={() => onChoose(toggled(choice, link.url))}
                />
                <label for={`link-${place}`} title={link.url}>
                  <LinkName link={link} />
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
      {named.length > 0 && (
        <Disclosure title={words.labels.links} name="link-names">
          {() => (
            <LinkNames
              links={named}
              onChange={(url, name) =>
                onChoose({ ...choice, linkNames: { ...choice.linkNames, [url]: name } })
              }
            />
          )}
        </Disclosure>
      )}
      {fixed.length > 0 && (
        <Disclosure title={several(fixed.length, text.othersOne, text.others)} name="untracked-links">
          {() => (
            <ul class="links">
              {fixed.map((link) => (
                <li key={`${link.url} ${link.reason}`}>
                  <span title={link.url}>
                    <LinkName link={link} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Disclosure>
      )}
    </section>
  );
}

function LinkName({ link }: { link: Link }): JSX.Element {
  const { host, rest } = parts(link.url);
  const notes = [
    link.count > 1 && fill(text.times, { n: link.count }),
    link.signature && text.signature,
    link.reason && text.reasons[link.reason],
    link.saysUrl && (link.tracked || link.isGuess) && text.saysUrl,
  ].filter(Boolean);
  return (
    <span class="link-name">
      <bdi class="link-host">{host}</bdi>
      {rest && <bdi class="link-rest quiet small">{rest}</bdi>}
      {notes.length > 0 && <span class="quiet small">{notes.join(" · ")}</span>}
    </span>
  );
}

function parts(text: string): { host: string; rest: string } {
  const found = /^https?:\/\/([^/?#]+)(.*)$/i.exec(text);
  return found
    ? { host: found[1] ?? "", rest: found[2] === "/" ? "" : (found[2] ?? "") }
    : { host: text, rest: "" };
}
