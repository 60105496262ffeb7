// Dialogs of the mail program itself: signing in, the Smart Alert.

import { $, make } from './dom.js';

/** Shows `content` in the dialog `id`, whose buttons resolve to their values. */
function open(id, content, buttons) {
  const dialog = $(id);
  return new Promise(resolve => {
    let chosen = null;
    const choose = value => () => {
      chosen = value;
      dialog.close();
    };
    dialog.replaceChildren(
      ...content,
      make('div', { class: 'buttons' }, buttons.map(([label, value, main]) =>
        make('button', { class: main ? 'main' : '', autofocus: Boolean(main), onclick: choose(value) }, label))),
    );
    dialog.onclose = () => resolve(chosen);
    dialog.showModal();
  });
}

export const shown = { alert: null, signIn: null };

export function askToSignIn(person, scope) {
  shown.signIn = { person: person.emailAddress, scope };
  const names = scope.split(' ').filter(one => !['openid', 'profile', 'offline_access', 'email'].includes(one));
  const wanted = names.map(one => make('li', {}, make('code', {}, one.slice(one.lastIndexOf('/') + 1))));
  return open('#sign-in', [
    make('p', { class: 'soft' }, 'Simulated Microsoft Entra ID'),
    make('h2', { id: 'sign-in-title' }, `Continue as ${person.displayName}?`),
    make('p', {}, person.emailAddress),
    make('p', { class: 'soft' }, 'The add-in would like to use:'),
    make('ul', {}, wanted),
  ], [['Cancel', false], ['Continue', true, true]]).then(accepted => {
    shown.signIn = null;
    return Boolean(accepted);
  });
}

/** The Smart Alert; resolves to the chosen button's label. */
export function showAlert(name, text, buttons) {
  shown.alert = { text, buttons };
  const last = buttons.length - 1;
  return open('#alert', [
    make('p', { class: 'soft' }, name),
    make('h2', { id: 'alert-title' }, 'Before you send'),
    make('p', { class: 'words' }, text),
  ], buttons.map((label, place) => [label, label, place === last])).then(label => {
    shown.alert = null;
    return label;
  });
}

/** Presses the button `label` of the dialog that is open. */
export function press(label) {
  const wanted = label.toLowerCase();
  const buttons = [...document.querySelectorAll('dialog[open] .buttons button')];
  const button = buttons.find(one => one.textContent.toLowerCase() === wanted);
  if (!button) throw new Error(`no button ${label} among ${buttons.map(one => one.textContent).join(', ') || 'none'}`);
  button.click();
}
