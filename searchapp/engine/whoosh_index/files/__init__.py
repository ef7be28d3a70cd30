"""What stands in the files of a generation? Everything below knows how bytes lie, and nothing of a question."""
