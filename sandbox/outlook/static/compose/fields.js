// From, To, Cc, Bcc and Subject. What was typed becomes a chip when it is resolved.

import { $, make } from './dom.js';
import { draft, changed, resolve } from './draft.js';

const LABELS = { distributionList: 'list', externalUser: 'outside', user: '', other: '' };

export function setUp(people, addresses) {
  const from = $('#from');
  from.replaceChildren(...people.map(one => make('option', { value: one.emailAddress }, `${one.displayName} <${one.emailAddress}>`)));
  from.onchange = () => {
    draft.from = people.find(one => one.emailAddress === from.value);
    changed('from');
  };
  $('#addresses').replaceChildren(...addresses.map(one => make('option', { value: one.emailAddress }, one.displayName)));
  $('#subject').oninput = event => {
    draft.subject = event.target.value;
  };
  $('#head').onsubmit = event => event.preventDefault();
  for (const place of document.querySelectorAll('.chips')) setUpChips(place);
}

function setUpChips(place) {
  const { field } = place.dataset;
  const input = make('input', { id: field, type: 'text', list: 'addresses', autocomplete: 'off', spellcheck: 'false' });
  const take = async () => {
    const typed = input.value.split(/[;,\s]+/).filter(Boolean);
    if (!typed.length) return;
    input.value = '';
    draft[field] = [...draft[field], ...(await resolve(typed))];
    changed(field);
  };
  input.onkeydown = event => {
    if (['Enter', ';', ','].includes(event.key) || (event.key === 'Tab' && input.value)) {
      if (event.key !== 'Tab') event.preventDefault();
      take();
    } else if (event.key === 'Backspace' && !input.value && draft[field].length) {
      draft[field] = draft[field].slice(0, -1);
      changed(field);
    }
  };
  input.onblur = take;
  input.onchange = take;
  place.append(input);
  place.onclick = event => event.target === place && input.focus();
}

export function show(what) {
  if (what === 'all' || what === 'from') $('#from').value = draft.from.emailAddress;
  if (what === 'all' || what === 'subject') $('#subject').value = draft.subject;
  for (const field of ['to', 'cc', 'bcc']) if (what === 'all' || what === field) showChips(field);
}

const MOST_SHOWN = 60;

function showChips(field) {
  const place = $(`.chips[data-field="${field}"]`);
  const chips = draft[field].slice(0, MOST_SHOWN).map((one, number) => chip(field, one, number));
  const rest = draft[field].length - MOST_SHOWN;
  if (rest > 0) chips.push(make('span', { class: 'chip' }, `and ${rest.toLocaleString('en')} more`));
  for (const old of place.querySelectorAll('.chip')) old.remove();
  place.prepend(...chips);
}

function chip(field, one, number) {
  const kind = LABELS[one.recipientType] || '';
  const remove = () => {
    draft[field] = draft[field].filter((_, place) => place !== number);
    changed(field);
    $(`#${field}`).focus();
  };
  return make('span', { class: `chip ${one.unresolved ? 'bad' : one.recipientType}`, title: one.emailAddress },
    one.displayName, kind && make('small', {}, kind),
    make('button', { type: 'button', 'aria-label': `Remove ${one.displayName}`, onclick: remove }, '×'));
}
