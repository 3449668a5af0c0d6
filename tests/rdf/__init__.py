"""Graphs as RDF, and what holds of them."""
