"""Who has what from whom."""
