"""The desk, asked over HTTP and seen in a browser."""
