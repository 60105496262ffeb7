/** The part of the pane that is loaded only once somebody goes on with tracking. */

export { TRACKED } from "../words/catalogues";
export { trackedWords } from "../words/pane/tracked";
export { Tracker } from "./tracker";
export { TrackingScreen } from "./tracking-screen";
