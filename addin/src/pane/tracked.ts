/** The part of the pane that is loaded only once somebody goes on with tracking. */

export { Tracker } from "./tracker";
export { TrackingScreen } from "./tracking-screen";
