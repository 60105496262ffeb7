// One shape for all asynchronous methods: their own arguments, then (options)(, callback), each optional.

/** The AsyncResult that a callback gets. */
function toResult(answer, asyncContext, shape) {
  const failed = answer.status !== 'succeeded';
  return {
    asyncContext,
    status: failed ? AsyncResultStatus.Failed : AsyncResultStatus.Succeeded,
    value: failed ? undefined : shape(answer.value),
    error: failed ? { name: answer.error.name, message: answer.error.message, code: answer.error.code } : undefined,
    diagnostics: undefined,
  };
}

function splitArguments(given, own) {
  const rest = given.slice(own);
  const callback = rest.find(value => typeof value === 'function');
  const options = rest.find(value => value && typeof value === 'object') || {};
  return { args: given.slice(0, own), options, callback };
}

/** A method that asks the compose window for `name` with `own` arguments of its own. */
function method(name, own, { needsCallback = false, shape = value => value } = {}) {
  return function (...given) {
    const { args, options, callback } = splitArguments(given, own);
    if (needsCallback && !callback) throw new Error(NOT_A_FUNCTION);
    const { asyncContext, ...plain } = options;
    const all = Object.keys(plain).length ? [...args, plain] : args;
    ask(name, all, answer => callback && callback(toResult(answer, asyncContext, shape)));
  };
}

/** Handlers of one object's events, which the compose window reports by type. */
function makeEvents(owner, types) {
  const handlers = new Map();
  const settle = (name, given, own, change) => {
    const { args, options, callback } = splitArguments(given, own);
    const known = types.includes(args[0]);
    if (known) change(args);
    const error = { code: 9015, name: 'UnsupportedEvent', message: 'The event is not supported.' };
    const result = known ? { status: 'succeeded' } : { status: 'failed', error };
    post({ office: 'note', name: `${owner}.${name}`, args: [args[0]], status: result.status });
    if (callback) setTimeout(() => callback(toResult(result, options.asyncContext, () => undefined)));
  };
  return {
    raise: (type, args) => (handlers.get(type) || []).forEach(handler => handler(args)),
    addHandlerAsync: (type, handler, ...rest) =>
      settle('addHandlerAsync', [type, ...rest], 1, () =>
        handlers.set(type, [...(handlers.get(type) || []), handler])),
    removeHandlerAsync: (type, ...rest) => settle('removeHandlerAsync', [type, ...rest], 1, () => handlers.delete(type)),
  };
}
