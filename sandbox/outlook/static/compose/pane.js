// The add-in's pane beside the message, its dialogs, and the frame or worker that handles events.

import { addGuest, answerAlso, hear, raise, removeGuest } from './host.js';
import { OfficeError } from './calls.js';
import { draft, changed } from './draft.js';
import { knobs } from './knobs.js';
import { $, make } from './dom.js';

export const addin = { app: '', pane: '', events: '', script: '', has_events: false, on_send: '', buttons: {} };
let pane = null;
let dialog = null;

const originOf = url => new URL(url).origin;

export function isPaneOpen() {
  return pane !== null;
}

/** Opens the pane, or tells the open one of its new context; resolves when its office.js has said hello. */
export async function openPane(context = '') {
  draft.context = context;
  if (!addin.app) {
    $('#pane-place').replaceChildren(make('p', { class: 'empty' }, 'No app is known here: start it with dev.py up.'));
    $('#pane-side').hidden = false;
    return;
  }
  if (pane) {
    raise('olkInitializationContextChanged', { initializationContextData: context, type: 'olkInitializationContextChanged' });
    return pane.ready;
  }
  const frame = make('iframe', { id: 'pane', title: addin.label, allow: 'clipboard-write' });
  pane = addGuest('pane', () => frame.contentWindow, originOf(addin.pane), {
    closeContainer: closePane,
    openBrowserWindow: ({ url }) => window.open(url, '_blank', 'noopener'),
    toDialog: ({ message }) => dialog && dialog.guest.post({ office: 'event', type: 'dialogParentMessageReceived', args: { message, origin: pane.origin } }),
    closeDialog: () => endDialog(null),
  });
  const opened = pane;
  const url = new URL(addin.pane);
  // As Outlook does: what Office.js would read of its host from the address.
  url.searchParams.set('_host_Info', `Outlook$Web$16.01$${knobs.language}$sandbox$$$0`);
  frame.src = url.href;
  $('#pane-place').replaceChildren(frame);
  $('#pane-side').hidden = false;
  changed('pane');
  await opened.ready;
}

export function closePane() {
  endDialog(null);
  if (pane) removeGuest(pane);
  pane = null;
  $('#pane-place').replaceChildren();
  $('#pane-side').hidden = true;
  changed('pane');
}

// Dialogs of the add-in: a frame in this page, or a window of its own.

const refuse = (code, message) => {
  throw new OfficeError('DialogError', message, code);
};

function openDialog([address, options = {}], asker) {
  if (dialog) refuse(12007, 'A dialog box is already opened.');
  const url = new URL(address);
  if (url.origin !== asker.origin) refuse(12004, 'The domain of the address is not trusted.');
  const id = crypto.randomUUID();
  const share = (percent, whole) => Math.round((whole * Math.min(100, Math.max(1, percent || 80))) / 100);
  let target;
  let close;
  if (options.displayInIframe) {
    const frame = make('iframe', { title: 'Dialog of the add-in', src: url.href });
    const shell = $('#office-dialog');
    frame.style.width = `${share(options.width, innerWidth)}px`;
    frame.style.height = `${share(options.height, innerHeight)}px`;
    shell.replaceChildren(make('button', { class: 'quiet', 'aria-label': 'Close', onclick: () => endDialog(12006) }, '✕'), frame);
    shell.oncancel = () => endDialog(12006);
    shell.showModal();
    target = () => frame.contentWindow;
    close = () => {
      shell.close();
      shell.replaceChildren();
    };
  } else {
    const size = `width=${share(options.width, screen.width)},height=${share(options.height, screen.height)}`;
    const popup = window.open(url.href, '_blank', size);
    if (!popup) refuse(12009, 'The dialog box was blocked.');
    const watch = setInterval(() => popup.closed && endDialog(12006), 500);
    target = () => popup;
    close = () => {
      clearInterval(watch);
      popup.close();
    };
  }
  const guest = addGuest('dialog', target, url.origin, {
    toParent: ({ message }) =>
      asker.post({ office: 'dialog', id, type: 'dialogMessageReceived', args: { message, origin: url.origin } }),
    closeContainer: () => endDialog(12006),
  });
  dialog = { id, guest, close, asker };
  return id;
}

function endDialog(code) {
  if (!dialog) return;
  const { id, guest, close, asker } = dialog;
  dialog = null;
  removeGuest(guest);
  close();
  if (code) asker.post({ office: 'dialog', id, type: 'dialogEventReceived', args: { error: code } });
}

answerAlso({ 'ui.displayDialogAsync': openDialog });

// Events: Outlook on the web loads a page for them, classic Outlook a script without any document.

const LIMIT = 300000; // milliseconds in which a handler must be done
const START = 30000; // and in which it must have been loaded
const ASSOCIATION = 2000; // and how long what it associated may be on its way after that

/** What the add-in's handler of OnMessageSend answers; null when there is none. */
export async function raiseOnMessageSend() {
  if (!addin.app || !addin.has_events) return null;
  const made = knobs.eventRuntime === 'worker' ? inWorker() : inFrame();
  try {
    const loaded = await Promise.race([made.guest.ready.then(() => true), wait(START)]);
    if (!loaded) return null;
    await made.loaded;
    // A page may have loaded before what its script told on the way has arrived.
    await Promise.race([made.associated, wait(ASSOCIATION)]);
    const names = made.guest.associated;
    const name = names.includes(addin.on_send) ? addin.on_send : names.find(one => /send/i.test(one));
    if (!name) return null;
    const id = crypto.randomUUID();
    const answered = new Promise(resolve => {
      made.guest.handlers.completed = message => message.id === id && resolve(message.options || {});
    });
    made.guest.post({ office: 'run', id, name, type: 'OnMessageSend' });
    return await Promise.race([answered, wait(LIMIT)]);
  } finally {
    removeGuest(made.guest);
    made.end();
  }
}

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds, null));

function inFrame() {
  const frame = make('iframe', { hidden: true, title: 'Events of the add-in' });
  const guest = addGuest('event', () => frame.contentWindow, originOf(addin.events));
  const loaded = new Promise(resolve => {
    frame.onload = resolve;
  });
  const associated = associationOf(guest);
  frame.src = addin.events;
  document.body.append(frame);
  return { guest, loaded, associated, end: () => frame.remove() };
}

function inWorker() {
  const worker = new Worker(`/outlook/static/worker.js?script=${encodeURIComponent(addin.script)}`);
  const guest = addGuest('event', () => worker, null);
  const loaded = new Promise(resolve => {
    guest.handlers.loaded = resolve;
  });
  const associated = associationOf(guest);
  worker.onmessage = event => hear(guest, event.data);
  return { guest, loaded, associated, end: () => worker.terminate() };
}

function associationOf(guest) {
  return new Promise(resolve => {
    guest.handlers.associated = resolve;
  });
}
