"""Which rows carry a value of a facet, and what are the values called?"""
