/** What Outlook runs when Send is pressed. */
export {};
