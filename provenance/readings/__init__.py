"""What a person or a model found in an article, as JSON, checked against the text."""

from provenance.readings.finding import Finder
from provenance.readings.grounding import BY, Grounded, ground
from provenance.readings.making import graph_of, refuse
from provenance.readings.parsing import Fault, Parsed, parse_reading, parsed

__all__ = [
    "BY",
    "Fault",
    "Finder",
    "Grounded",
    "Parsed",
    "graph_of",
    "ground",
    "parse_reading",
    "parsed",
    "refuse",
]
