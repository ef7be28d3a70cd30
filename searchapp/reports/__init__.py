"""Answers become URLs and JSON."""
