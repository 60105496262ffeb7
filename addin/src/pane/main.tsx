/** The task pane beside a mail that is being written. */

import { render } from "preact";
import "../styles/base.css";
import { words } from "../strings";

await Office.onReady();
const app = document.getElementById("app");
if (app) {
  render(<main>{words.name}</main>, app);
}
