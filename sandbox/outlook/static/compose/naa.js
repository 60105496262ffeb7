// The host's side of nested app authentication: tokens of the person who writes, from the sandbox's Entra.

import { draft } from './draft.js';
import { knobs } from './knobs.js';
import { api } from './server.js';
import { askToSignIn } from './dialogs.js';

const agreed = new Set(); // people who signed in, where the knob says that silent requests need that first

const refuse = (status, code = '', description = '') => {
  throw { status, code, description };
};

const answers = {
  GetInitContext: () => ({
    initContext: {
      sdkName: 'sandbox',
      sdkVersion: '1.0.0',
      accountContext: { ...account(), homeAccountId: account().homeAccountId },
      capabilities: { queryAccount: false },
    },
  }),
  GetToken: request => token(request.tokenParams, false),
  GetTokenPopup: async request => {
    const accepted = knobs.autoSignIn || (await askToSignIn(draft.from, request.tokenParams.scope));
    if (!accepted) refuse('USER_CANCEL');
    agreed.add(draft.from.emailAddress);
    return token(request.tokenParams, true);
  },
};

function account() {
  const { homeAccountId, environment, tenantId } = draft.from.account;
  return { homeAccountId, environment, tenantId };
}

async function token(params, interactive) {
  if (knobs.naa === 'refused') refuse('PERSISTENT_ERROR', 'access_denied', 'AADSTS53003: Access has been blocked.');
  if (knobs.naa === 'error') refuse('TRANSIENT_ERROR', 'temporarily_unavailable', 'The service is busy.');
  if (knobs.naa === 'unavailable') refuse('NESTED_APP_AUTH_UNAVAILABLE');
  if (knobs.naa === 'interaction' && !agreed.has(draft.from.emailAddress)) {
    refuse('USER_INTERACTION_REQUIRED', 'interaction_required', 'AADSTS50076: Sign in again.');
  }
  const asked = { person: draft.from.emailAddress, client_id: params.clientId, scope: params.scope, interactive };
  try {
    return await api('token', asked);
  } catch (error) {
    const { interaction, code, description } = error.given || {};
    return refuse(interaction ? 'USER_INTERACTION_REQUIRED' : 'PERSISTENT_ERROR', code, description);
  }
}

export async function answerBridge(guest, text) {
  const request = JSON.parse(text);
  const head = { messageType: 'NestedAppAuthResponse', requestId: request.requestId };
  let body;
  try {
    if (!answers[request.method]) refuse('DISABLED');
    body = { success: true, ...(await answers[request.method](request)) };
  } catch (error) {
    const { status = 'PERSISTENT_ERROR', code, description = String(error.message || '') } = error;
    body = { success: false, error: { status, code, description } };
  }
  guest.post({ office: 'naa', text: JSON.stringify({ ...head, ...body }) });
}

export function forgetSignIns() {
  agreed.clear();
}
