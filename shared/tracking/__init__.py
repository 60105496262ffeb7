"""What becomes of a mail: what stands in it, what is recorded of it, what that adds up to, and its end."""
