"""The commands of dev.py and tools/, and the pages in docs/."""
