"""By list: how each list that the sender typed did."""
