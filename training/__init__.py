"""Training of the networks that the package ships; nothing of it is installed."""
