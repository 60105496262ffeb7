"""What a recipient's client does, kept before its request is answered."""
