"""Ways to do the same work on many articles: here, in several processes, or on a cluster."""
