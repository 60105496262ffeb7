"""The sandbox's pages for people. No file of theirs comes from anywhere else."""
