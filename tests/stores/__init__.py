"""Stores, and what is asked of them."""
