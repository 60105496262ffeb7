// The compose window begins here, and with it `window.outlook`, the door for tests (see sandbox/outlook/__init__.py).

import { press, shown } from './dialogs.js';
import { $, endToast, toast } from './dom.js';
import { draft, changed, fullBody, onChange, reset, setRecipients } from './draft.js';
import * as editor from './editor.js';
import * as fields from './fields.js';
import { log, raise } from './host.js';
import { asClient, knobs, resetKnobs } from './knobs.js';
import { look } from './look.js';
import * as mailboxes from './mailboxes.js';
import { forgetSignIns } from './naa.js';
import { addin, closePane, isPaneOpen, openPane } from './pane.js';
import { SAMPLE } from './sample.js';
import { send, undo } from './sending.js';
import { api } from './server.js';
import * as settings from './settings.js';

let people = [];

const WORDS = {
  draft: 'Draft', checking: 'The add-in looks at it …', alert: 'Not sent', undoable: 'Sending …', scheduled: 'To be delivered later',
  sent: 'Sent',
};

async function load(mail = {}) {
  if (mail.from) {
    const wanted = String(mail.from.emailAddress || mail.from).toLowerCase();
    const found = people.find(one => one.emailAddress.toLowerCase() === wanted);
    if (!found) throw new Error(`${wanted} is nobody who can write here`);
    draft.from = found;
  }
  undo();
  closePane();
  endToast();
  for (const open of document.querySelectorAll('dialog[open]')) open.close();
  reset(draft.from);
  const { subject = '', html = '', quoted = '', compose = '', type = 'html', attachments = [], properties = {}, deliverAt = 0 } = mail;
  Object.assign(draft, { subject, html, quoted, compose, type, attachments, properties, deliverAt });
  for (const field of ['to', 'cc', 'bcc']) await setRecipients(field, mail[field] || []);
  fields.show('all');
  editor.reset();
  changed('notifications');
  changed('phase');
}

function showNotifications() {
  const place = $('#notifications');
  place.replaceChildren(...Object.entries(draft.notifications).map(([key, details]) => {
    const bar = document.createElement('div');
    bar.className = `notification ${details.type}`;
    bar.append(details.message);
    const close = Object.assign(document.createElement('button'), { textContent: '×', className: 'quiet' });
    close.setAttribute('aria-label', 'Dismiss');
    close.onclick = () => {
      delete draft.notifications[key];
      changed('notifications');
    };
    bar.append(close);
    return bar;
  }));
}

function showTab(name) {
  for (const one of ['compose', 'mailboxes']) {
    $(`#${one}`).hidden = one !== name;
    $(`#tab-${one}`).setAttribute('aria-selected', String(one === name));
  }
}

onChange(what => {
  if (what === 'body') editor.show();
  if (['to', 'cc', 'bcc', 'subject', 'from'].includes(what)) fields.show(what);
  if (what === 'notifications') showNotifications();
  if (what === 'opened') toast('The add-in opened a new mail.', 'Go on with it', () => load(draft.opened.at(-1)));
  if (['to', 'cc', 'bcc'].includes(what)) {
    const changedRecipientFields = { to: false, cc: false, bcc: false, [what]: true };
    raise('olkRecipientsChanged', { changedRecipientFields, type: 'olkRecipientsChanged' });
  }
  if (what === 'phase') {
    $('#status').textContent = WORDS[draft.phase];
    $('#send').disabled = draft.phase !== 'draft';
    if (draft.phase === 'sent') {
      const { recipients } = draft.mail;
      toast(`Delivered into ${recipients} ${recipients === 1 ? 'mailbox' : 'mailboxes'}.`, 'Write another', () => load(SAMPLE).then(() => showTab('compose')));
      mailboxes.refresh();
      showTab('mailboxes');
    }
  }
});

function state() {
  const { from, to, cc, bcc, subject, html, quoted, type, properties, session, phase, dirty, notifications, mail, deliverAt, opened } = draft;
  const copy = { from, to, cc, bcc, subject, html, quoted, type, properties, session, phase, dirty, notifications, mail, deliverAt, opened };
  return structuredClone({ ...copy, sent: phase === 'sent', alert: shown.alert, signIn: shown.signIn, paneOpen: isPaneOpen() });
}

async function reloadPane() {
  look.apply();
  forgetSignIns();
  if (!isPaneOpen()) return;
  closePane();
  await openPane();
}

async function begin() {
  look.apply();
  const start = await api('start');
  people = start.people;
  Object.assign(addin, start.addin, { app: start.app });
  $('#tenant').textContent = `${start.tenant}, simulated`;
  $('#addin-label').textContent = addin.label;
  $('#pane-title').textContent = addin.label;
  if (addin.icon) for (const image of ['#addin-icon', '#pane-icon']) $(image).src = addin.icon;
  reset(people[0]);
  fields.setUp(people, start.addresses);
  editor.setUp();
  mailboxes.setUp();
  settings.show(reloadPane);
  $('#send').onclick = () => send();
  $('#addin').onclick = () => (isPaneOpen() ? closePane() : openPane());
  $('#pane-close').onclick = closePane;
  $('#pane-reload').onclick = reloadPane;
  $('#discard').onclick = () => load(SAMPLE);
  $('#theme').onclick = () => {
    knobs.theme = look.name() === 'light' ? 'dark' : 'light';
    look.apply();
    raise('officeThemeChanged', { officeTheme: look.officeTheme(), type: 'officeThemeChanged' });
  };
  $('#settings').onclick = () => {
    $('#knobs').hidden = !$('#knobs').hidden;
    $('#settings').setAttribute('aria-expanded', String(!$('#knobs').hidden));
    if (!$('#knobs').hidden) settings.show(reloadPane);
  };
  for (const name of ['compose', 'mailboxes']) $(`#tab-${name}`).onclick = () => showTab(name);
  if (start.app) {
    $('#report').href = `${start.app}/addin/pages.html#/messages`;
    $('#entra').href = start.entra;
  } else $('#where').hidden = true;
  await load(SAMPLE);
}

window.outlook = {
  ready: begin(),
  load, knobs, log, state, openPane, closePane, reloadPane, send, undo, setRecipients, showTab,
  asClient: name => (asClient(name), reloadPane()),
  resetKnobs: () => (resetKnobs(), reloadPane()),
  answerAlert: press,
  answerSignIn: accepted => press(accepted ? 'Continue' : 'Cancel'),
  setDeliverAt: time => {
    draft.deliverAt = time;
  },
  read: ({ html = fullBody(), properties = draft.properties } = {}) => {
    closePane();
    draft.reading = { html, properties, at: Date.now(), internetMessageId: `<${crypto.randomUUID()}@sandbox.example>` };
    showTab('compose');
    return openPane();
  },
  edit: html => {
    draft.html = html;
    draft.dirty = true;
    changed('body');
  },
  mailboxes: mailboxes.list,
  act: ({ copy, does, link }) => mailboxes.act(copy, does, link),
  setSpeed: speed => api('speed', { speed }),
  setClient: (address, kind) => api('client', { address, kind }),
  empty: () => api('reset', {}),
  theme: name => {
    knobs.theme = name;
    look.apply();
    raise('officeThemeChanged', { officeTheme: look.officeTheme(), type: 'officeThemeChanged' });
  },
};
