/** What a report says of the time in which not everything was recorded. */

export const unrecorded = {
  title: "Not everything was recorded",
  both: "Opens and clicks",
  opens: "Opens",
  clicks: "Clicks",
  since: "{what} are not recorded since {since} at the latest. The numbers count only until then.",
  sinceUnknown:
    "{what} are not recorded; since when is not known. The numbers count only what was recorded before.",
  between: "{what} were not recorded between {since} and {until}.",
  before: "{what} were not recorded until {until}; since when is not known.",
  why: "That is because of your organisation’s settings or its agreement. What happened meanwhile is not known, which is not the same as nothing.",
} as const;
