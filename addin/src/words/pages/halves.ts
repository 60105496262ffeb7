/** A mail that is two messages, because only some said yes to being told apart. */

export const halves = {
  title: "One mail, two reports",
  thisNamed: "This report is about those who said yes to being measured by name: {count}.",
  thisRest:
    "This report is about those who did not say yes to being measured by name: {count}. They all got the same mail.",
  toNamed: "Report on those who said yes",
  toRest: "Report on everybody else",
  together: "Both together",
  sum: "These are the sums of what the two reports tell, and nothing more.",
  noSum: "One of the two reports shows no numbers, so there are none of both together.",
  exported: "Both for Excel",
  named: "those who said yes",
  rest: "everybody else",
  counts: "{named} by name, {rest} without",
} as const;
