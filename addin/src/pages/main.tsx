/** The web pages: connection, messages, report, audit. */

import { render } from "preact";
import "../styles/base.css";
import { words } from "../strings";

const app = document.getElementById("app");
if (app) {
  render(<main>{words.name}</main>, app);
}
