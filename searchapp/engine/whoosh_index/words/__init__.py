"""Which rows hold a word, how often and where?"""
