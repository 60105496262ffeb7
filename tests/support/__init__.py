"""What tests need: doubles at the wire, oracles, generators. No tests."""
