"""The ontology, its shapes and its JSON-LD context, as package data."""
