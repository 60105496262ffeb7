// What goes otherwise than well, and which Outlook this is. An ordinary object, so that a test can change it.

const CLIENTS = {
  web: { Mailbox: '1.16', cap: 1000, hostName: 'OutlookWebApp', platform: 'OfficeOnline', alerts: true },
  new: { Mailbox: '1.16', cap: 1000, hostName: 'newOutlookWindows', platform: 'PC', alerts: true },
  classic: { Mailbox: '1.15', cap: 500, hostName: 'Outlook', platform: 'PC', alerts: true, eventRuntime: 'worker' },
  ltsc2024: { Mailbox: '1.14', cap: 500, hostName: 'Outlook', platform: 'PC', alerts: true, eventRuntime: 'worker' },
  mac: { Mailbox: '1.14', cap: 0, hostName: 'Outlook', platform: 'Mac', alerts: true },
  mobile: { Mailbox: '1.5', cap: 100, hostName: 'OutlookIOS', platform: 'iOS', alerts: false, canSetBody: false },
};

const USUAL = {
  fail: {}, silent: [], latency: 0, hints: {}, mangle: [], mangleRead: [], mangleSent: [], naa: 'ok',
  autoSignIn: false, undoSeconds: 5, sendFails: false, losesDelivery: false, answersSend: false, theme: '', language: 'en-US',
};

export const knobs = {};

/** Be this client; everything else as usual. */
export function asClient(name) {
  const { Mailbox, ...client } = CLIENTS[name];
  const sets = { Mailbox, NestedAppAuth: '1.1', DialogApi: '1.2', OpenBrowserWindowApi: '1.1', SharedRuntime: '1.1' };
  const more = { client: name, sets, eventRuntime: 'page', canSetBody: true, hostVersion: '20251107003.10' };
  Object.assign(knobs, more, client);
}

export function resetKnobs() {
  for (const name of Object.keys(knobs)) delete knobs[name];
  Object.assign(knobs, structuredClone(USUAL));
  asClient('web');
}

resetKnobs();

const MANGLERS = {
  'drop inline images': html => html.replace(/<img\b[^>]*\bsrc\s*=\s*["']?(?:cid|data):[^>]*>/gi, ''),
  'cut tail': html => html.slice(0, Math.floor(html.length * 0.87)),
  'requote attributes': html => html.replace(/\bhref="([^"']*)"/gi, "href='$1'"),
  'encode ampersands': html => html.replace(/\bhref="([^"]*)"/gi, (all, url) => `href="${url.replace(/&(?!amp;)/g, '&amp;')}"`),
  'add wrapper': html => `<div dir="ltr">${html}<br></div>`,
  'drop pixel': html => html.replace(/<img\b[^>]*\/o\/[^>]*>/gi, ''),
};
export const MANGLER_NAMES = Object.keys(MANGLERS);
export const CLIENT_NAMES = Object.keys(CLIENTS);

/** `html` as each of `manglers` leaves it: a name of the above, or a function. */
export function mangle(html, manglers) {
  return [manglers].flat().reduce((text, one) => (typeof one === 'function' ? one(text) : MANGLERS[one](text)), html);
}
