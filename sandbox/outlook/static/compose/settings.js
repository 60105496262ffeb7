// The panel "What goes wrong": the knobs, for people.

import { $, make } from './dom.js';
import { asClient, CLIENT_NAMES, knobs, MANGLER_NAMES, resetKnobs } from './knobs.js';

const CLIENT_TITLES = {
  web: 'Outlook on the web', new: 'New Outlook for Windows', classic: 'Classic Outlook (2412)',
  ltsc2024: 'Outlook LTSC 2024', mac: 'Outlook for Mac', mobile: 'Outlook on a phone',
};
const FAILURES = {
  'body.setAsync': 'Writing the body fails', 'body.getAsync': 'Reading the body fails',
  'to.getAsync': 'Reading the recipients fails', 'item.sendAsync': 'Sending from the pane fails',
  'customProperties.saveAsync': 'Saving properties fails',
};
const SIGN_IN = { ok: 'works', interaction: 'asks once', refused: 'is refused', error: 'has trouble', none: 'is not there' };

export function show(reload) {
  const set = (name, value) => {
    knobs[name] = value;
  };
  const choice = (label, options, value, pick) => make('label', {}, label, make('select', { onchange: event => pick(event.target.value) },
    Object.entries(options).map(([key, title]) => make('option', { value: key, selected: key === value }, title))));
  const tick = (label, on, pick) => make('label', { class: 'tick' },
    make('input', { type: 'checkbox', checked: on, onchange: event => pick(event.target.checked) }), ` ${label}`);
  const bridge = 'NestedAppAuth' in knobs.sets ? knobs.naa : 'none';
  $('#knobs').replaceChildren(
    make('h2', {}, 'What goes wrong'),
    make('p', { class: 'soft' }, 'Of the mail program. What goes wrong in the tenant is on the tenant’s own page.'),
    choice('This is', Object.fromEntries(CLIENT_NAMES.map(name => [name, CLIENT_TITLES[name]])), knobs.client, name => {
      asClient(name);
      reload();
    }),
    choice('Signing the add-in in', SIGN_IN, bridge, value => {
      if (value === 'none') delete knobs.sets.NestedAppAuth;
      else Object.assign(knobs.sets, { NestedAppAuth: '1.1' });
      if (value !== 'none') set('naa', value);
      reload();
    }),
    make('fieldset', {}, make('legend', {}, 'Calls'), Object.entries(FAILURES).map(([name, label]) =>
      tick(label, Boolean(knobs.fail[name]), on => (on ? (knobs.fail[name] = true) : delete knobs.fail[name])))),
    make('fieldset', {}, make('legend', {}, 'What becomes of a body that is written'), MANGLER_NAMES.map(name =>
      tick(name, knobs.mangle.includes(name), on => {
        knobs.mangle = on ? [...knobs.mangle, name] : knobs.mangle.filter(one => one !== name);
      }))),
    make('fieldset', {}, make('legend', {}, 'Sending'),
      tick('Smart Alerts', knobs.alerts, on => set('alerts', on)),
      tick('Sending fails', knobs.sendFails, on => set('sendFails', on)),
      tick('All recipients look like people', Boolean(knobs.hints['*']), on => set('hints', on ? { '*': 'user' } : {}))),
    make('div', { class: 'buttons left' }, make('button', {
      onclick: () => {
        resetKnobs();
        reload();
        show(reload);
      },
    }, 'Nothing at all')));
}
