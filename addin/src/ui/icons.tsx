/** Icons, drawn here: decoration beside a text that says the same. */

import type { JSX } from "preact";

const PATHS = {
  good: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm3.6 5.9-4.3 4.5a.75.75 0 0 1-1.1 0L6.4 10.5a.75.75 0 1 1 1.1-1l1.3 1.3 3.7-3.9a.75.75 0 1 1 1.1 1Z",
  info: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4.2a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8Zm.75 7.6h-1.5V9h1.5v4.8Z",
  warn: "M8.7 2.8a1.5 1.5 0 0 1 2.6 0l6.5 11.9a1.5 1.5 0 0 1-1.3 2.3h-13a1.5 1.5 0 0 1-1.3-2.3L8.7 2.8Zm.55 4.4v4.6h1.5V7.2h-1.5Zm.75 5.9a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z",
  bad: "M6.6 2h6.8L18 6.6v6.8L13.4 18H6.6L2 13.4V6.6L6.6 2Zm2.65 3.8v5.4h1.5V5.8h-1.5Zm.75 6.7a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z",
  open: "M7.5 5 12.5 10l-5 5",
  people:
    "M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm6.5-.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM7 11c-2.8 0-5 1.3-5 3.2V16h10v-1.8C12 12.300 9.800 11 7 11Zm6.500-.500c-.600 0-1.100.100-1.600.200 1 .800 1.600 1.900 1.600 3.200V16H18v-1.800c0-2-2-3.700-4.500-3.700Z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  const stroked = name === "open";
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={stroked ? "none" : "currentColor"}
        fill-rule="evenodd"
        stroke={stroked ? "currentColor" : "none"}
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
