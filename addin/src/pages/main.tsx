/** The web pages: connection, messages, report, audit. */

import { render } from "preact";
import "../styles/base.css";
import "../styles/pages.css";
import { readConfig } from "../config";
import { tabSession } from "../session";
import { App } from "./app";

const app = document.getElementById("app");
if (app) {
  const config = readConfig();
  render(<App session={tabSession(config)} scope={config.scope} />, app);
}
