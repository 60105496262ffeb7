/** The task pane: beside a mail that is being written, or, for its report, beside one that is read. */

import { render } from "preact";
import "../styles/theme.css";
import "../styles/text.css";
import "../styles/controls.css";
import "../styles/sharing.css";
import "./styles/pane.css";
import "./styles/lists.css";
import "./styles/tracking.css";
import { Api } from "../api";
import { readConfig } from "../config";
import { currentMail } from "../outlook/mail";
import { mailRead } from "../outlook/reading";
import { followTheme } from "../outlook/theme";
import { paneSession } from "../session";
import { PANE } from "../words/catalogues";
import { locale } from "../words/languages";
import { paneWords } from "../words/pane";
import { speak } from "../words/speak";
import { Flow } from "./flow";
import { Pane } from "./pane";

await Office.onReady();
await speak([Office.context.displayLanguage], paneWords, PANE);
followTheme(document.documentElement);
const config = readConfig();
const session = paneSession(config);
const api = new Api((refused) => session.token([config.scope], { fresh: refused }));
const app = document.getElementById("app") as HTMLElement;
const read = mailRead();
if (read) {
  const { ReadingScreen, READING, readingWords } = await import("./reading");
  await speak([locale()], readingWords, READING);
  render(<ReadingScreen mail={read} api={api} config={config} session={session} />, app);
} else {
  const flow = new Flow(currentMail(), api);
  render(<Pane flow={flow} config={config} session={session} />, app);
  void flow.start();
}
