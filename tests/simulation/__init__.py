"""The outside, simulated on a virtual clock: one seed, one course of events, bit by bit. docs/testing.md."""
