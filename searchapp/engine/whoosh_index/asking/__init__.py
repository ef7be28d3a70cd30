"""How is a question answered about one generation? From what its text finds to the page of hits, facets and bars."""
