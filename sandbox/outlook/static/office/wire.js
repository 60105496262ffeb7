// The wire to the compose window: the window that framed or opened this one, or, in a worker, its maker.
// Nobody else is listened to, nobody else is told anything.

const scope = typeof window === 'undefined' ? self : window;
const inWorker = typeof window === 'undefined';
const origin = inWorker ? scope.location.origin : new URL(document.currentScript.src).origin;
const opener = inWorker || scope.parent !== scope ? null : scope.opener;
const host = inWorker ? null : opener || (scope.parent === scope ? null : scope.parent);

const waiting = new Map();
const listeners = new Map();
let lastId = 0;

function post(message) {
  if (inWorker) scope.postMessage(message);
  else if (host) host.postMessage(message, origin);
}

function listen(kind, handle) {
  listeners.set(kind, handle);
}

/** Asks the compose window to do `name`; `done` is called with {status, value, error}. */
function ask(name, args, done) {
  const id = ++lastId;
  waiting.set(id, done);
  post({ office: 'call', id, name, args });
}

scope.addEventListener('message', event => {
  if (!inWorker && (event.source !== host || event.origin !== origin)) return;
  const message = event.data;
  if (!message || typeof message.office !== 'string') return;
  if (message.office === 'answer') {
    const done = waiting.get(message.id);
    waiting.delete(message.id);
    if (done) done(message);
  } else {
    const handle = listeners.get(message.office);
    if (handle) handle(message);
  }
});
