/** The web pages: connection, messages, report, audit. */

import { render } from "preact";
import "../styles/theme.css";
import "../styles/text.css";
import "../styles/controls.css";
import "../styles/sharing.css";
import "../styles/pages/frame.css";
import "../styles/pages/tables.css";
import "../styles/pages/figures.css";
import "../styles/pages/forms.css";
import "../styles/pages/narrow.css";
import "../styles/pages/print.css";
import { readConfig } from "../config";
import { PAGES } from "../words/catalogues";
import { pageWords } from "../words/pages";
import { speak } from "../words/speak";
import { App } from "./app";
import { TabSession } from "./tab-session";

await speak(navigator.languages, pageWords, PAGES);
const app = document.getElementById("app");
if (app) {
  const config = readConfig();
  render(<App session={new TabSession(config)} scope={config.scope} />, app);
}
