// The global `Office`, ready when the compose window has answered; without one, ready and hostless.

const HANDSHAKE = 1500; // milliseconds for whoever opened this window to say that it is Outlook's stand-in

const context = {};
const actions = new Map();
let ready;
const whenReady = new Promise(resolve => {
  ready = resolve;
});
let isReady = false;

const Office = {
  AsyncResultStatus, CoercionType, EventType, HostType, PlatformType, MailboxEnums, context,
  InitializationReason: { Inserted: 'inserted', DocumentOpened: 'documentOpened', ControlActivation: 'controlActivation' },
  AddinCommands: {},
  initialize: undefined,
  onReady: callback => whenReady.then(info => {
    if (callback) callback(info);
    return info;
  }),
  isSetSupported: (name, version) => !!context.requirements && context.requirements.isSetSupported(name, version),
  actions: {
    associate: (name, run) => {
      actions.set(name, run);
      post({ office: 'associated', name });
    },
  },
  addin: { showAsTaskpane: () => Promise.resolve(), hide: () => Promise.resolve() },
};
scope.Office = Office;

function finish(info) {
  if (isReady) return;
  isReady = true;
  ready(info);
  if (typeof Office.initialize === 'function') Office.initialize('documentOpened');
}

listen('welcome', ({ told }) => {
  fillContext(context, told);
  if (told.bridge) installBridge();
  finish({ host: 'Outlook', platform: told.platform });
});

listen('run', ({ id, name, type }) => {
  const run = actions.get(name);
  const event = {
    source: { id: name },
    type,
    completed: (options = {}) => post({ office: 'completed', id, options: JSON.parse(JSON.stringify(options)) }),
  };
  if (run) run(event);
  else post({ office: 'completed', id, options: {}, missing: true });
});

if (host || inWorker) {
  post({ office: 'hello', page: inWorker ? 'worker' : scope.location.href });
  setTimeout(() => scope.parent === scope && finish({ host: null, platform: null }), HANDSHAKE);
} else {
  setTimeout(() => finish({ host: null, platform: null }));
}
