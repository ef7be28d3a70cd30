"""Measurements, run by `make bench`; nothing in searchapp imports them and no test is timed by them."""
