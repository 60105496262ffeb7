"""Making, signing and verifying an agreement: docs/agreement.md tells the whole way."""
