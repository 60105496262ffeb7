"""What register.py does. Python's own library is all it needs."""
