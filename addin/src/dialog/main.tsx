/**
 * Where Entra sends a browser back to after a sign-in.
 *
 * Opened by MSAL, in a window or a hidden frame, the page hands the answer on to whoever opened it. Opened as
 * Outlook's dialog, by a pane in an Outlook without nested app authentication, it does the whole sign-in
 * itself and tells the pane the access token.
 */

import "../styles/theme.css";
import "../styles/text.css";
import "../styles/controls.css";
import { readConfig } from "../config";
import type { DialogWord } from "../dialog-session";
import { msalOptions } from "../session";
import { DIALOG } from "../words/catalogues";
import { words } from "../words/common";
import { speak } from "../words/speak";

const SCOPES = "rollcall-dialog-scopes";

async function main(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("scopes");
  if (asked !== null) {
    sessionStorage.setItem(SCOPES, asked);
  }
  const scopes = sessionStorage.getItem(SCOPES);
  if (scopes === null) {
    const { broadcastResponseToMainFrame } = await import("@azure/msal-browser/redirect-bridge");
    await broadcastResponseToMainFrame();
    return;
  }
  await speak(navigator.languages, {}, DIALOG);
  say(words.session.signingIn);
  await Office.onReady();
  try {
    const msal = await import("../msal");
    // The way to Entra and back leads through two more pages, so memory is not enough; it ends with this window.
    const options = msalOptions(readConfig(), "sessionStorage");
    const client = await msal.createStandardPublicClientApplication(options);
    const result = await client.handleRedirectPromise();
    if (!result) {
      await client.acquireTokenRedirect({ scopes: scopes.split(" ") });
      return;
    }
    say(words.session.done);
    tell({ token: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? Date.now() });
  } catch (error) {
    tell({ error: (error as { errorCode?: string }).errorCode ?? "unexpected" });
  }
}

function tell(word: DialogWord): void {
  sessionStorage.removeItem(SCOPES);
  // Only a pane of our own origin may hear it.
  Office.context.ui.messageParent(JSON.stringify(word), { targetOrigin: location.origin });
}

function say(text: string): void {
  const app = document.getElementById("app");
  if (app) {
    app.textContent = text;
  }
}

void main();
