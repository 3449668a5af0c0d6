"""Graphs for other programs and for reading."""
