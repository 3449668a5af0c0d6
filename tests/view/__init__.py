"""The page of an article and the index of many."""
