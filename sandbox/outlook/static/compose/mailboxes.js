// The simulated mailboxes: what arrived, what each mail program did with it, and doing so by hand.

import { $, make } from './dom.js';
import { api } from './server.js';

const EVERY = 1000; // milliseconds
let version = -1;
let latest = { mails: [], kinds: [] };
const opened = new Set();
const met = new Set(); // copies that were shown before: what somebody closed stays closed
const FEW = 6; // mailboxes of a mail that are shown open

export function setUp() {
  $('#speed').onchange = event => api('speed', { speed: Number(event.target.value) });
  refresh();
  setInterval(refresh, EVERY);
}

export async function refresh() {
  let told;
  try {
    told = await api(`mailboxes?version=${version}`);
  } catch {
    return; // the sandbox has ended
  }
  if (!told.mails) return;
  version = told.version;
  latest = told;
  show();
}

const ICONS = { mail: '✉', person: '●', machine: '⚙' };

function show() {
  const speeds = [...$('#speed').options].map(option => Number(option.value));
  if (speeds.includes(latest.speed)) $('#speed').value = String(latest.speed);
  const copies = latest.mails.reduce((sum, mail) => sum + mail.recipients, 0);
  $('#unread').hidden = !copies;
  $('#unread').textContent = copies.toLocaleString('en');
  const place = $('#mails');
  const here = new Set(latest.mails.flatMap(mail => mail.copies.map(copy => copy.id)));
  for (const map of [shown, opened, met]) for (const id of map.keys()) if (!here.has(id)) map.delete(id);
  if (!latest.mails.length) {
    place.replaceChildren(make('div', { class: 'empty' },
      make('p', {}, 'Nothing has been sent yet.'),
      make('p', { class: 'soft' }, 'Write a mail, and send it: it arrives here, and its readers wake up.')));
    return;
  }
  const focus = document.activeElement && document.activeElement.dataset.key;
  const rest = latest.total - latest.mails.length;
  place.replaceChildren(...grouped(latest.mails).map(showMail),
    ...(rest > 0 ? [make('p', { class: 'soft' }, `and ${rest.toLocaleString('en')} earlier mails`)] : []));
  if (focus) {
    const again = [...place.querySelectorAll('[data-key]')].find(one => one.dataset.key === focus);
    if (again) again.focus();
  }
}

/** Mails with one subject of one sender in a row are copies sent one by one: shown as one. */
function grouped(mails) {
  const groups = [];
  for (const mail of mails) {
    const last = groups.at(-1);
    const same = last && last.from === mail.from && last.subject === mail.subject && last.recipients === 1 && mail.recipients === 1;
    if (same) last.all.push(mail);
    else groups.push({ ...mail, all: [mail] });
  }
  return groups;
}

function showMail(group) {
  const copies = group.all.flatMap(mail => mail.copies.map(copy => ({ copy, mail })));
  for (const { copy } of copies) {
    if (!met.has(copy.id) && copies.length <= FEW) opened.add(copy.id);
    met.add(copy.id);
  }
  const count = group.all.reduce((sum, mail) => sum + mail.recipients, 0);
  const bounced = group.all.flatMap(mail => mail.undeliverable);
  const words = `${count.toLocaleString('en')} ${count === 1 ? 'mailbox' : 'mailboxes'}`;
  return make('article', { class: 'mail' },
    make('header', {},
      make('h2', {}, group.subject || '(no subject)'),
      make('p', { class: 'soft' }, `From ${group.from}, ${clock(group.sent_at)}, into ${words}`)),
    bounced.length ? make('p', { class: 'bad' }, `Not delivered, as nobody has this address: ${bounced.join(', ')}`) : null,
    make('div', { class: 'boxes' }, copies.map(showCopy)),
    copies.length < count ? make('p', { class: 'soft' }, `The first ${copies.length} of them.`) : null);
}

const shown = new Map(); // what a mailbox looks like, by copy, as long as nothing happens in it

function showCopy({ copy, mail }) {
  const known = shown.get(copy.id);
  const state = `${copy.log.length} ${copy.waits}`;
  if (known && known.state === state) return known.element;
  const element = makeCopy(copy, mail);
  shown.set(copy.id, { state, element });
  return element;
}

function makeCopy(copy, mail) {
  const by = who => copy.log.some(entry => entry.by === who);
  const state = by('person') ? 'person' : by('machine') ? 'machine' : 'unread';
  const words = { person: 'opened', machine: 'machines only', unread: 'unread' }[state];
  const details = make('details', { open: opened.has(copy.id) },
    make('summary', { 'data-key': `s${copy.id}` },
      make('span', { class: `face ${state}`, 'aria-hidden': 'true' }, initials(copy.name)),
      make('span', { class: 'who' }, make('strong', {}, copy.name), make('small', {}, copy.client)),
      make('span', { class: `state ${state}` }, words)),
    make('p', { class: 'soft' }, `${copy.explains} ${copy.address}`),
    make('ol', { class: 'log' }, copy.log.map(showEntry)),
    copy.waits > 0 ? make('p', { class: 'soft waits' }, '… more to come') : null,
    make('div', { class: 'buttons left' },
      make('button', { 'data-key': `o${copy.id}`, onclick: () => act(copy, 'open') }, 'Open it'),
      make('button', { 'data-key': `r${copy.id}`, onclick: () => read(copy, mail) }, 'Read and click')));
  details.ontoggle = () => (details.open ? opened.add(copy.id) : opened.delete(copy.id));
  return details;
}

function showEntry(entry) {
  const asked = (entry.requests || []).filter(one => one.asked);
  const elsewhere = (entry.requests || []).length - asked.length;
  const told = asked.slice(0, 3).map(one =>
    make('li', {}, make('code', {}, shorten(new URL(one.url).pathname)), ` ${one.error || one.status}`,
      one.location ? make('span', { class: 'soft' }, ` → ${shorten(one.location)}`) : null));
  if (asked.length > 3) told.push(make('li', {}, `and ${asked.length - 3} more`));
  if (elsewhere) told.push(make('li', { class: 'soft' }, `${elsewhere} not of the app: not fetched`));
  return make('li', { class: `by-${entry.by}` },
    make('span', { class: 'dot', title: entry.by }, ICONS[entry.by] || '·'),
    make('time', {}, clock(entry.at, true)), ' ', entry.says,
    told.length ? make('ul', {}, told) : null);
}

const shorten = text => (text.length > 46 ? `${text.slice(0, 43)}…` : text);
const initials = name => name.split(/\s+/).slice(0, 2).map(word => word[0]).join('').toUpperCase();
const clock = (at, seconds) =>
  new Date(at).toLocaleTimeString('en-GB', seconds ? {} : { hour: '2-digit', minute: '2-digit' });

export async function act(copy, does, link = 0) {
  await api('act', { copy: copy.id || copy, does, link });
  setTimeout(refresh, 400);
}

/** The mail as it lies in the mailbox. Its pictures stay blank: fetching them is the mail program's to do. */
async function read(copy, mail) {
  const { html, is_html: isHtml } = await api(`mails/${mail.id}`);
  const page = new DOMParser().parseFromString(isHtml ? html : '', 'text/html');
  if (!isHtml) page.body.append(Object.assign(page.createElement('pre'), { textContent: html }));
  for (const image of page.querySelectorAll('img')) if (/^https?:/i.test(image.getAttribute('src'))) image.removeAttribute('src');
  const frame = make('iframe', { title: 'The mail', sandbox: 'allow-same-origin' });
  frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  frame.onload = () => {
    frame.contentDocument.addEventListener('click', event => {
      const anchor = event.target.closest('a[href]');
      if (!anchor) return;
      event.preventDefault();
      const place = mail.links.indexOf(anchor.getAttribute('href').trim());
      if (place >= 0) act(copy, 'click', place);
      told.textContent = place >= 0 ? `Followed ${anchor.getAttribute('href')}` : 'This link leads nowhere.';
    });
  };
  const told = make('p', { class: 'soft', role: 'status' }, 'Links you follow here are followed by this mail program.');
  const dialog = $('#reading');
  dialog.replaceChildren(
    make('header', {}, make('h2', {}, mail.subject || '(no subject)'),
      make('p', { class: 'soft' }, `As ${copy.name} has it, in ${copy.client}`)),
    frame, told,
    make('div', { class: 'buttons' }, make('button', { onclick: () => dialog.close() }, 'Close')));
  dialog.showModal();
  act(copy, 'open');
}

export const list = async () => (await refresh(), latest);
