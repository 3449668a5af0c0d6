"""Building many articles."""
