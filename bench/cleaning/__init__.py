"""Trains what cleaning knows: `python -m bench.cleaning DATA` with the annotated pages of a folder."""
