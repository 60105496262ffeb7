// The message being written. Its HTML is a string that stays as it is, byte for byte, until somebody writes.

import { api } from './server.js';

export const draft = {};
const watchers = new Set();

/** `watch(what)` is called after every change, with the name of what changed. */
export function onChange(watch) {
  watchers.add(watch);
}

export function changed(what) {
  for (const watch of watchers) watch(what);
}

export function reset(from) {
  Object.assign(draft, {
    from: from || draft.from, to: [], cc: [], bcc: [], subject: '', html: '', quoted: '', compose: '', type: 'html',
    properties: {}, session: {}, headers: {}, attachments: [], notifications: {}, appended: '', prepended: '',
    phase: 'draft', dirty: false, mail: null, context: '', itemId: null,
    deliverAt: 0, reading: null, opened: [],
  });
}

/** Recipients of what a person or a test gives: an address, or the object that Office.js knows. */
export async function resolve(given) {
  const plain = given.map(one => (typeof one === 'string' ? one.trim() : one)).filter(Boolean);
  const asked = plain.filter(one => typeof one === 'string' && one.includes('@'));
  const { recipients } = asked.length ? await api('resolve', { addresses: asked }) : { recipients: [] };
  const found = new Map(asked.map((address, place) => [address, recipients[place]]));
  return plain.map(one => {
    if (typeof one === 'string') return found.get(one) || { emailAddress: one, displayName: one, unresolved: true };
    return { displayName: one.emailAddress, recipientType: 'other', ...one };
  });
}

export async function setRecipients(field, given) {
  const before = JSON.stringify(draft[field]);
  draft[field] = await resolve(given);
  if (before !== JSON.stringify(draft[field])) changed(field);
}

/** What Office tells at once of the mail that is being read; null while one is being written. */
export function readingOf({ reading, from, to, cc, subject, itemId }) {
  const plain = field => field.map(({ emailAddress, displayName, recipientType }) => ({ emailAddress, displayName, recipientType }));
  return reading && {
    itemId, internetMessageId: reading.internetMessageId, subject, from: { emailAddress: from.emailAddress, displayName: from.displayName },
    to: plain(to), cc: plain(cc), at: reading.at,
  };
}

/** The whole body, the thread below included. */
export function fullBody() {
  return draft.html + draft.quoted;
}

export function textOf(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const hidden of page.querySelectorAll('style, script, title')) hidden.remove();
  for (const end of page.querySelectorAll('br, p, div, tr, li, h1, h2, h3')) end.append('\n');
  return page.body.textContent.replace(/\n{3,}/g, '\n\n').trim();
}
