// The other end of office.js's wire: every frame, window or worker of the add-in that this page has made.

import { calls, OfficeError } from './calls.js';
import { answerBridge } from './naa.js';
import { knobs } from './knobs.js';
import { draft, readingOf } from './draft.js';
import { look } from './look.js';

export const log = [];
const guests = new Set();
const more = {}; // calls that others answer: sending, dialogs

/** Adds calls to those in calls.js. They get (args, guest), and may return NEVER. */
export function answerAlso(table) {
  Object.assign(more, table);
}

export const NEVER = Symbol('no answer');

/** Something of the add-in's that loads office.js. `target` is a window or worker, `origin` null for a worker. */
export function addGuest(role, target, origin, handlers = {}) {
  const guest = { role, target, origin, handlers, associated: [], isReady: false };
  guest.ready = new Promise(resolve => {
    guest.welcomed = resolve;
  });
  guest.post = message => {
    const to = target(); // null where the frame was taken away before its answer came
    if (to) origin === null ? to.postMessage(message) : to.postMessage(message, origin);
  };
  guests.add(guest);
  return guest;
}

export function removeGuest(guest) {
  guests.delete(guest);
}

/** Tells every pane of an event of the item or the mailbox. */
export function raise(type, args, roles = ['pane']) {
  for (const guest of guests) if (guest.isReady && roles.includes(guest.role)) guest.post({ office: 'event', type, args });
}

export function note(guest, call, args, outcome) {
  log.push({ at: Date.now(), from: guest.role, call, args, ...outcome });
  if (log.length > 5000) log.splice(0, 1000);
}

window.addEventListener('message', event => {
  for (const guest of guests) {
    if (guest.origin !== null && event.source === guest.target() && event.origin === guest.origin) hear(guest, event.data);
  }
});

export function hear(guest, message) {
  if (!message || typeof message.office !== 'string') return;
  const act = {
    hello: () => welcome(guest),
    call: () => answer(guest, message),
    note: () => note(guest, message.name, message.args, { status: message.status }),
    naa: () => answerBridge(guest, message.text),
    associated: () => guest.associated.push(message.name),
  }[message.office];
  if (act) act();
  const handle = guest.handlers[message.office];
  if (handle) handle(message, guest);
}

function welcome(guest) {
  const { from } = draft;
  const told = {
    role: guest.role,
    language: knobs.language,
    sets: knobs.sets,
    bridge: guest.role !== 'event' && 'NestedAppAuth' in knobs.sets,
    platform: knobs.platform,
    hostName: knobs.hostName,
    hostVersion: knobs.hostVersion,
    owaView: knobs.platform === 'OfficeOnline' ? 'ThreeColumns' : undefined,
    reading: guest.role === 'pane' ? readingOf(draft) : null,
    theme: look.officeTheme(),
    roaming: JSON.parse(localStorage.getItem(`roaming ${from.emailAddress}`) || '{}'),
    profile: {
      displayName: from.displayName, emailAddress: from.emailAddress, timeZone: 'UTC', accountType: 'office365',
    },
  };
  guest.isReady = true;
  guest.post({ office: 'welcome', told });
  guest.welcomed();
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function answer(guest, { id, name, args }) {
  if (knobs.silent.includes(name)) return note(guest, name, args, { status: 'silent' });
  if (knobs.latency) await pause(knobs.latency);
  let outcome;
  try {
    const forced = knobs.fail[name];
    if (forced) throw forcedError(forced);
    const call = more[name] || calls[name];
    if (!call) throw new OfficeError('OperationNotSupported', `${name} is not supported.`, 5000);
    const value = await call(args, guest);
    if (value === NEVER) return note(guest, name, args, { status: 'silent' });
    outcome = { status: 'succeeded', value };
  } catch (error) {
    const { name: title, message, code = 5001 } = error;
    outcome = { status: 'failed', error: { name: title, message, code } };
  }
  note(guest, name, args, outcome);
  if (guests.has(guest)) guest.post({ office: 'answer', id, ...outcome });
}

function forcedError(forced) {
  const given = typeof forced === 'object' ? forced : {};
  return new OfficeError(given.name || 'InternalError', given.message || 'An internal error has occurred.', given.code || 5001);
}
