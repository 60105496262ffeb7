// What Office.js's calls do to the draft. Each returns its value, or throws an OfficeError.

import { draft, changed, fullBody, resolve, textOf } from './draft.js';
import { knobs, mangle } from './knobs.js';

export class OfficeError extends Error {
  constructor(name, message, code = 9020) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

const HOST_CONFIG = 1;
const PER_CALL = 100; // recipients
const PROPERTIES = 2500; // characters
const fail = (name, message, code) => {
  throw new OfficeError(name, message, code);
};

const addresses = given => {
  const list = Array.isArray(given) ? given : [];
  if (list.length > PER_CALL) fail('NumberOfRecipientsExceeded', `No more than ${PER_CALL} recipients per call.`, 9006);
  return list;
};

function recipientCalls(field) {
  return {
    [`${field}.getAsync`]() {
      const resolved = draft[field].filter(one => !one.unresolved);
      const shown = knobs.cap ? resolved.slice(0, knobs.cap) : resolved;
      return shown.map(({ emailAddress, displayName, recipientType }) => {
        const hint = knobs.hints[(emailAddress || '').toLowerCase()] || knobs.hints['*'];
        return { emailAddress, displayName, recipientType: hint || recipientType, appointmentResponse: undefined };
      });
    },
    async [`${field}.setAsync`]([given]) {
      draft[field] = await resolve(addresses(given));
      changed(field);
    },
    async [`${field}.addAsync`]([given]) {
      draft[field] = [...draft[field], ...(await resolve(addresses(given)))];
      changed(field);
    },
  };
}

const wantsOwn = options => options && options.bodyMode === HOST_CONFIG;

function setBody(text, options = {}) {
  if (!knobs.canSetBody) fail('OperationNotSupported', 'The operation is not supported.', 5000);
  const kind = options.coercionType || 'text';
  if (draft.type === 'text' && kind === 'html') {
    fail('InvalidFormatError', 'The options.coercionType parameter is html and the message is in plain text.', 9008);
  }
  if (draft.type === 'text') {
    draft.html = text;
    return;
  }
  const html = kind === 'html' ? text : escape(text);
  draft.html = mangle(html, knobs.mangle);
  if (draft.quoted && !wantsOwn(options)) {
    draft.quoted = '';
    draft.notifications.replaced = { type: 'informationalMessage', message: 'An add-in replaced the whole message.' };
    changed('notifications');
  }
  changed('body');
}

const escape = text => String(text).replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

function notify(key, details) {
  if (String(details.message).length > 150) fail('ArgumentOutOfRange', 'A notification has at most 150 characters.', 9013);
  draft.notifications[key] = details;
  changed('notifications');
}

export const calls = {
  ...recipientCalls('to'),
  ...recipientCalls('cc'),
  ...recipientCalls('bcc'),
  'from.getAsync': () => ({ emailAddress: draft.from.emailAddress, displayName: draft.from.displayName }),
  'subject.getAsync': () => draft.subject,
  'subject.setAsync'([text]) {
    if (String(text).length > 255) fail('DataExceedsMaximumSize', 'A subject has at most 255 characters.', 9000);
    draft.subject = text;
    changed('subject');
  },
  'body.getAsync'([kind, options]) {
    if (draft.reading) return kind === 'html' ? draft.reading.html : textOf(draft.reading.html);
    const html = wantsOwn(options) ? draft.html : fullBody();
    if (draft.type === 'text') return kind === 'html' ? `<html><body><pre>${escape(html)}</pre></body></html>` : html;
    return kind === 'html' ? mangle(html, knobs.mangleRead) : textOf(html);
  },
  'body.getTypeAsync': () => draft.type,
  'body.setAsync': ([text, options]) => setBody(text, options),
  'body.prependAsync'([text, options]) {
    setBody((options && options.coercionType === 'html' ? text : escape(text)) + draft.html, {
      coercionType: 'html', bodyMode: HOST_CONFIG,
    });
  },
  'body.setSelectedDataAsync': ([text, options]) => calls['body.prependAsync']([text, options]),
  'body.appendOnSendAsync'([text]) {
    if (text.length > 5000) fail('DataExceedsMaximumSize', 'At most 5,000 characters.', 9000);
    draft.appended = text;
  },
  'body.prependOnSendAsync'([text]) {
    draft.prepended = text;
  },
  'body.setSignatureAsync': ([text]) => setBody(`${draft.html}<div>${text}</div>`, { coercionType: 'html', bodyMode: 1 }),
  'item.loadCustomPropertiesAsync': () => ({ ...(draft.reading ? draft.reading.properties : draft.properties) }),
  'customProperties.saveAsync'([values]) {
    const size = JSON.stringify(values).length;
    if (size > PROPERTIES) fail('DataExceedsMaximumSize', `Custom properties hold ${PROPERTIES} characters.`, 9017);
    draft.properties = values;
    changed('properties');
  },
  'roamingSettings.saveAsync'([values]) {
    if (JSON.stringify(values).length > 32768) fail('DataExceedsMaximumSize', 'Settings hold 32 KB.', 9017);
    localStorage.setItem(`roaming ${draft.from.emailAddress}`, JSON.stringify(values));
  },
  'sessionData.getAsync': ([name]) =>
    name in draft.session ? draft.session[name] : fail('KeyNotFound', 'The specified key was not found.', 9056),
  'sessionData.getAllAsync': () => ({ ...draft.session }),
  'sessionData.setAsync'([name, value]) {
    draft.session[name] = String(value);
  },
  'sessionData.removeAsync'([name]) {
    delete draft.session[name];
  },
  'sessionData.clearAsync'() {
    draft.session = {};
  },
  'internetHeaders.getAsync': ([names]) => Object.fromEntries(names.map(name => [name, draft.headers[name]])),
  'internetHeaders.setAsync': ([headers]) => void Object.assign(draft.headers, headers),
  'internetHeaders.removeAsync': ([names]) => names.forEach(name => delete draft.headers[name]),
  'item.getAttachmentsAsync': () => draft.attachments,
  'item.getComposeTypeAsync': () => ({ composeType: draft.compose || (draft.quoted ? 'reply' : 'newMail'), coercionType: draft.type }),
  'item.getInitializationContextAsync': () => draft.context,
  'item.isClientSignatureEnabledAsync': () => false,
  'item.disableClientSignatureAsync': () => undefined,
  'item.saveAsync'() {
    draft.itemId ||= `AAMk${crypto.randomUUID().replaceAll('-', '')}`;
    changed('saved');
    return draft.itemId;
  },
  'item.getItemIdAsync': () => draft.itemId || fail('ItemNotSaved', 'The message was never saved.', 9044),
  'delayDeliveryTime.getAsync': () => draft.deliverAt,
  'delayDeliveryTime.setAsync'([time]) {
    const at = new Date(time).getTime();
    if (Number.isNaN(at)) fail('InvalidFormatError', 'The format of the specified date and time is not valid.', 9008);
    draft.deliverAt = at;
  },
  // Office.MessageForm: what it may hold at most.
  'mailbox.displayNewMessageForm'([form]) {
    const { toRecipients = [], ccRecipients = [], bccRecipients = [], subject = '', htmlBody = '' } = form;
    const [to, cc, bcc] = [toRecipients, ccRecipients, bccRecipients].map(addresses);
    if (subject.length > 255) fail('DataExceedsMaximumSize', 'A subject has at most 255 characters.', 9000);
    if (new Blob([htmlBody]).size > 32 * 1024) fail('DataExceedsMaximumSize', 'A body has at most 32 KB.', 9000);
    draft.opened.push({ to, cc, bcc, subject, html: htmlBody });
    changed('opened');
  },
  'notificationMessages.addAsync'([key, details]) {
    if (key in draft.notifications) fail('NotificationAlreadyExists', 'A notification with this key exists.', 9012);
    if (Object.keys(draft.notifications).length >= 5) fail('TooManyNotifications', 'At most 5 notifications.', 9012);
    notify(key, details);
  },
  'notificationMessages.replaceAsync': ([key, details]) => notify(key, details),
  'notificationMessages.removeAsync'([key]) {
    if (!(key in draft.notifications)) fail('NotificationKeyNotFound', 'There is no such notification.', 9014);
    delete draft.notifications[key];
    changed('notifications');
  },
  'notificationMessages.getAllAsync': () =>
    Object.entries(draft.notifications).map(([key, details]) => ({ key, ...details })),
};
