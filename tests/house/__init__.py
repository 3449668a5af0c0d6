"""The house itself: layers, documentation, what is shipped."""
