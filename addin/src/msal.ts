/** What of MSAL.js is used, named one by one: whoever loads the whole of it when needed loads what nobody uses too. */

export {
  AuthError,
  createNestablePublicClientApplication,
  createStandardPublicClientApplication,
} from "@azure/msal-browser";
