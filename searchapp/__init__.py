"""searchapp: a search engine for folders of scraped news."""

__version__ = "0.1.0"
