"""The tests: one file per module, plus end to end. What several of them need is in conftest.py."""
