"""Which blocks of a page are the article, and why the others are not."""
