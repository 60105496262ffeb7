/** How long, as the reader says it: in the largest unit in which it is whole. */

import { several } from "../../words/fill";
import { pageWords } from "../../words/pages";

const said = pageWords.statement;

/** So many seconds, in days, hours, minutes or seconds. */
export function duration(seconds: number): string {
  if (seconds % 86_400 === 0) {
    return several(seconds / 86_400, said.daysOne, said.days);
  }
  return stretch(seconds);
}

/** The same, a day being 24 hours. */
export function stretch(seconds: number): string {
  if (seconds % 3600 === 0) {
    return several(seconds / 3600, said.hoursOne, said.hours);
  }
  if (seconds % 60 === 0) {
    return several(seconds / 60, said.minutesOne, said.minutes);
  }
  return several(seconds, said.secondsOne, said.seconds);
}
