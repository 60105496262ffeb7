// Send: the Smart Alert, a moment to take it back, delivery.

import { OfficeError } from './calls.js';
import { showAlert } from './dialogs.js';
import { draft, changed, fullBody } from './draft.js';
import { endToast, toast } from './dom.js';
import { answerAlso, NEVER } from './host.js';
import { knobs, mangle } from './knobs.js';
import { addin, closePane, openPane, raiseOnMessageSend } from './pane.js';
import { api } from './server.js';

const MAX_TEXT = 500;
let timer = null;

function setPhase(phase) {
  draft.phase = phase;
  changed('phase');
}

export function recipients() {
  return [...draft.to, ...draft.cc, ...draft.bcc];
}

/** What stands in the way of sending at all; empty when nothing does. */
function obstacle() {
  if (draft.phase !== 'draft') return 'The message is being sent already.';
  if (!recipients().length) return 'Add somebody to send it to.';
  const unresolved = recipients().find(one => one.unresolved);
  return unresolved ? `“${unresolved.emailAddress}” is no address.` : '';
}

/** As the Send button. `afterAlert` is told what became of it when an alert held it up. */
export async function send(onAlert = () => undefined) {
  const why = obstacle();
  if (why) {
    toast(why, 'OK', endToast);
    return 'failed';
  }
  setPhase('checking');
  const slow = setTimeout(() => toast('The add-in takes longer than expected …'), 5000);
  let verdict = null;
  try {
    verdict = knobs.alerts ? await raiseOnMessageSend() : null;
  } finally {
    clearTimeout(slow);
    endToast();
  }
  if (verdict && verdict.allowEvent === false) {
    // office-js issue 6413: whoever set a time and was stopped by an add-in finds it gone.
    if (knobs.losesDelivery) draft.deliverAt = 0;
    alertOf(verdict);
    onAlert();
    return 'alert';
  }
  return leave();
}

async function alertOf(verdict) {
  setPhase('alert');
  const mode = String(verdict.sendModeOverride || addin.send_mode).toLowerCase();
  const own = String(verdict.cancelLabel || 'Don’t send').slice(0, 20);
  const buttons = mode === 'promptuser' ? ['Send anyway', own] : [own];
  const text = String(verdict.errorMessage || 'The add-in asks you to look again.').slice(0, MAX_TEXT);
  const chosen = await showAlert(addin.label, text, buttons);
  if (draft.phase !== 'alert') return;
  setPhase('draft');
  if (chosen === 'Send anyway') await leave();
  else if (chosen && verdict.commandId) await openPane(contextOf(verdict.contextData));
}

const contextOf = data => (data === undefined ? '' : typeof data === 'string' ? data : JSON.stringify(data));

async function leave() {
  if (knobs.sendFails) {
    setPhase('draft');
    draft.notifications.send = { type: 'errorMessage', message: 'The message could not be sent. Try again later.' };
    changed('notifications');
    return 'failed';
  }
  setPhase('undoable');
  setTimeout(closePane); // the window of a sent message is gone, and the pane in it
  if (draft.deliverAt > Date.now()) {
    setPhase('scheduled');
    timer = setTimeout(deliver, draft.deliverAt - Date.now());
    return 'scheduled';
  }
  if (!knobs.undoSeconds) return deliver();
  toast('Sending …', 'Undo', undo);
  timer = setTimeout(deliver, knobs.undoSeconds * 1000);
  return 'undoable';
}

/** Takes a mail back that was sent a moment ago: it is a draft again, with what add-ins kept of it. */
export function undo() {
  if (!['undoable', 'scheduled'].includes(draft.phase) || timer === null) return false;
  clearTimeout(timer);
  timer = null;
  endToast();
  setPhase('draft');
  return true;
}

async function deliver() {
  timer = null;
  endToast();
  const body = draft.prepended + fullBody() + draft.appended;
  const mail = await api('send', {
    from: draft.from.emailAddress,
    recipients: recipients().map(one => one.emailAddress),
    subject: draft.subject,
    html: draft.type === 'html' ? mangle(body, knobs.mangleSent) : body,
    type: draft.type,
  });
  draft.mail = mail;
  setPhase('sent');
  return 'sent';
}

answerAlso({
  async 'item.sendAsync'(_args, guest) {
    if (guest.role === 'event') throw new OfficeError('OperationNotSupported', 'Not in an event handler.', 5000);
    let held = false;
    const outcome = await send(() => {
      held = true;
    });
    if (held) throw new OfficeError('SendBlocked', 'The message was not sent: an add-in holds it up.', 9058);
    if (outcome === 'failed') throw new OfficeError('SendFailed', 'The message could not be sent.', 9057);
    return knobs.answersSend ? undefined : NEVER;
  },
  'item.close'() {
    closePane();
  },
});
