"""What the app says to people, in each reader's language: English in the code, translated at the door."""
