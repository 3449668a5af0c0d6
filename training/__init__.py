"""Train the networks that the package ships; nothing here is installed."""
