/** The part of the pane that is loaded while a mail is counted. */

export { REVIEWED } from "../words/catalogues";
export { reviewedWords } from "../words/pane/reviewed";
export { ReviewScreen } from "./review-screen";
