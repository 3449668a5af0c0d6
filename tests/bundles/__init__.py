"""Bundles, and tampering with them."""
