"""The sandbox is as the outside is documented."""
