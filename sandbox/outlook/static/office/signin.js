// Nested app authentication: the bridge through which MSAL.js asks its host for tokens.

function installBridge() {
  const handlers = new Set();
  scope.nestedAppAuthBridge = {
    addEventListener: (type, handler) => type === 'message' && handlers.add(handler),
    removeEventListener: (type, handler) => handlers.delete(handler),
    postMessage: text => post({ office: 'naa', text }),
  };
  listen('naa', ({ text }) => handlers.forEach(handler => handler({ data: text })));
}
