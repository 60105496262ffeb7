// Office.context: made when the compose window has said who and what it is.

function compareVersions(a, b) {
  const [one, other] = [a, b].map(text => String(text).split('.').map(Number));
  for (let place = 0; place < 3; place++) {
    const difference = (one[place] || 0) - (other[place] || 0);
    if (difference) return difference;
  }
  return 0;
}

function makeRequirements(sets) {
  return {
    isSetSupported: (name, version = '1.1') => {
      const found = Object.keys(sets).find(set => set.toLowerCase() === String(name).toLowerCase());
      return found !== undefined && compareVersions(sets[found], version) >= 0;
    },
  };
}

function makeDialog(id) {
  const events = makeEvents('dialog', [EventType.DialogMessageReceived, EventType.DialogEventReceived]);
  dialogs.set(id, events);
  return {
    addEventHandler: (type, handler) => events.addHandlerAsync(type, handler),
    messageChild: (message, options) => post({ office: 'toDialog', id, message: String(message), options }),
    close: () => post({ office: 'closeDialog', id }),
  };
}

const dialogs = new Map();
const parentEvents = makeEvents('ui', [EventType.DialogParentMessageReceived]);

function makeUi() {
  return {
    displayDialogAsync: method('ui.displayDialogAsync', 1, { shape: makeDialog }),
    messageParent: (message, options) => post({ office: 'toParent', message: String(message), options }),
    closeContainer: () => post({ office: 'closeContainer' }),
    openBrowserWindow: url => {
      if (!/^https?:/i.test(url)) throw new Error('The value is not an HTTP or HTTPS address.');
      post({ office: 'openBrowserWindow', url });
    },
    addHandlerAsync: parentEvents.addHandlerAsync,
    removeHandlerAsync: parentEvents.removeHandlerAsync,
  };
}

function fillContext(context, told) {
  const requirements = makeRequirements(told.sets);
  const has = version => requirements.isSetSupported('Mailbox', version);
  // "Applicable Outlook mode: Read", of both forms.
  const forms = !told.reading ? {} : {
    displayNewMessageForm: method('mailbox.displayNewMessageForm', 1),
    displayNewMessageFormAsync: has('1.9') ? method('mailbox.displayNewMessageForm', 1) : undefined,
  };
  const { item, events } = told.role === 'dialog' ? { item: null, events: null } : told.reading ? makeReadItem(told.reading) : makeItem(has);
  const mailboxEvents = makeEvents('mailbox', ['olkItemSelectedChanged', 'officeThemeChanged']);
  Object.assign(context, {
    contentLanguage: told.language,
    displayLanguage: told.language,
    host: 'Outlook',
    platform: told.platform,
    diagnostics: { host: 'Outlook', platform: told.platform, version: told.hostVersion },
    officeTheme: told.theme,
    requirements,
    roamingSettings: makeStore('roamingSettings.saveAsync', told.roaming),
    ui: makeUi(),
    mailbox: {
      item,
      userProfile: told.profile,
      diagnostics: { hostName: told.hostName, hostVersion: told.hostVersion, OWAView: told.owaView },
      ewsUrl: undefined,
      restUrl: undefined,
      masterCategories: {},
      ...forms,
      addHandlerAsync: mailboxEvents.addHandlerAsync,
      removeHandlerAsync: mailboxEvents.removeHandlerAsync,
    },
  });
  listen('event', ({ type, args }) => {
    if (type === EventType.OfficeThemeChanged) context.officeTheme = args.officeTheme;
    for (const each of [events, mailboxEvents, parentEvents]) if (each) each.raise(type, args);
  });
  listen('dialog', ({ id, type, args }) => dialogs.get(id) && dialogs.get(id).raise(type, args));
}
