/** The part of the pane that is loaded beside a mail that is read. */

export { READING } from "../words/catalogues";
export { readingWords } from "../words/pane/reading";
export { ReadingScreen } from "./reading-screen";
