"""Builds everything once per process; decides nothing."""
