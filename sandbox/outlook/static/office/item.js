// The message being composed. What a requirement set brings is only there where the set is.

const PROPERTIES_LIMIT = 2500;

function makeRecipients(field) {
  return {
    getAsync: method(`${field}.getAsync`, 0, { needsCallback: true }),
    setAsync: method(`${field}.setAsync`, 1),
    addAsync: method(`${field}.addAsync`, 1),
  };
}

function makeBody(has) {
  const tooLong = text => {
    // Reported of Office.js itself: it throws, where everything else calls back.
    if (typeof text === 'string' && text.length > 1000000) {
      throw new Error('Sys.ArgumentOutOfRangeException: The data is longer than 1,000,000 characters.');
    }
  };
  const set = method('body.setAsync', 1);
  const prepend = method('body.prependAsync', 1);
  return {
    getAsync: method('body.getAsync', 1, { needsCallback: true }),
    getTypeAsync: method('body.getTypeAsync', 0),
    setAsync: (text, ...rest) => (tooLong(text), set(text, ...rest)),
    prependAsync: (text, ...rest) => (tooLong(text), prepend(text, ...rest)),
    setSelectedDataAsync: method('body.setSelectedDataAsync', 1),
    setSignatureAsync: has('1.10') ? method('body.setSignatureAsync', 1) : undefined,
    appendOnSendAsync: has('1.9') ? method('body.appendOnSendAsync', 1) : undefined,
    prependOnSendAsync: has('1.13') ? method('body.prependOnSendAsync', 1) : undefined,
  };
}

/** Custom properties, and roaming settings: a local copy until it is saved. */
function makeStore(call, values) {
  const held = { ...values };
  return {
    get: name => held[name],
    set: (name, value) => {
      held[name] = value;
    },
    remove: name => {
      delete held[name];
    },
    getAll: () => ({ ...held }),
    saveAsync: (...given) => {
      const callback = given.find(value => typeof value === 'function');
      const context = given.find(value => value !== callback);
      ask(call, [{ ...held }], answer => callback && callback(toResult(answer, context, () => undefined)));
    },
  };
}

/** A message that is read: plain lists in place of what compose asks for. `mail` is as the compose window told. */
function makeReadItem(mail) {
  const events = makeEvents('item', ['olkInitializationContextChanged']);
  const item = {
    itemType: 'message',
    itemClass: 'IPM.Note',
    itemId: mail.itemId,
    internetMessageId: mail.internetMessageId,
    subject: mail.subject,
    from: mail.from,
    sender: mail.from,
    to: mail.to,
    cc: mail.cc,
    dateTimeCreated: new Date(mail.at),
    body: { getAsync: method('body.getAsync', 1, { needsCallback: true }) },
    loadCustomPropertiesAsync: (callback, userContext) =>
      ask('item.loadCustomPropertiesAsync', [], answer =>
        callback(toResult(answer, userContext, values => makeStore('customProperties.saveAsync', values)))),
    addHandlerAsync: events.addHandlerAsync,
    removeHandlerAsync: events.removeHandlerAsync,
  };
  return { item, events };
}

function makeItem(has) {
  const types = ['olkRecipientsChanged', 'olkInitializationContextChanged', 'olkAttachmentsChanged'];
  const events = makeEvents('item', types);
  const item = {
    itemType: 'message',
    itemClass: 'IPM.Note',
    conversationId: undefined,
    to: makeRecipients('to'),
    cc: makeRecipients('cc'),
    bcc: makeRecipients('bcc'),
    from: has('1.7') ? { getAsync: method('from.getAsync', 0, { needsCallback: true }) } : undefined,
    subject: {
      getAsync: method('subject.getAsync', 0, { needsCallback: true }),
      setAsync: method('subject.setAsync', 1),
    },
    body: makeBody(has),
    loadCustomPropertiesAsync: (callback, userContext) =>
      ask('item.loadCustomPropertiesAsync', [], answer =>
        callback(toResult(answer, userContext, values => makeStore('customProperties.saveAsync', values)))),
    saveAsync: method('item.saveAsync', 0),
    getItemIdAsync: method('item.getItemIdAsync', 0),
    close: () => ask('item.close', [], () => undefined),
    notificationMessages: {
      addAsync: method('notificationMessages.addAsync', 2),
      replaceAsync: method('notificationMessages.replaceAsync', 2),
      removeAsync: method('notificationMessages.removeAsync', 1),
      getAllAsync: method('notificationMessages.getAllAsync', 0),
    },
    addHandlerAsync: events.addHandlerAsync,
    removeHandlerAsync: events.removeHandlerAsync,
  };
  if (has('1.8')) {
    item.getAttachmentsAsync = method('item.getAttachmentsAsync', 0);
    item.getInitializationContextAsync = method('item.getInitializationContextAsync', 0);
    item.internetHeaders = {
      getAsync: method('internetHeaders.getAsync', 1),
      setAsync: method('internetHeaders.setAsync', 1),
      removeAsync: method('internetHeaders.removeAsync', 1),
    };
  }
  if (has('1.10')) {
    item.getComposeTypeAsync = method('item.getComposeTypeAsync', 0);
    item.isClientSignatureEnabledAsync = method('item.isClientSignatureEnabledAsync', 0);
    item.disableClientSignatureAsync = method('item.disableClientSignatureAsync', 0);
  }
  if (has('1.11')) {
    item.sessionData = {
      getAsync: method('sessionData.getAsync', 1),
      getAllAsync: method('sessionData.getAllAsync', 0),
      setAsync: method('sessionData.setAsync', 2),
      removeAsync: method('sessionData.removeAsync', 1),
      clearAsync: method('sessionData.clearAsync', 0),
    };
  }
  if (has('1.13')) {
    // What is set is a Date, and 0 where nothing is: Office.DelayDeliveryTime.getAsync.
    item.delayDeliveryTime = {
      getAsync: method('delayDeliveryTime.getAsync', 0, { needsCallback: true, shape: time => (time ? new Date(time) : 0) }),
      setAsync: method('delayDeliveryTime.setAsync', 1),
    };
  }
  if (has('1.15')) item.sendAsync = method('item.sendAsync', 0);
  return { item, events };
}
