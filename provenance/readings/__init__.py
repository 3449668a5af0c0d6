"""Check what a person or a model found in an article, and make its graph.

In: an `Article` and a reading of it in JSON. Out: its `SourceGraph`, or each `Fault` of it.
Never: take a quote that does not stand in the text; ask a model but in `asking`.
"""

from provenance.readings.drafting import build_from_reading, graph_of, refuse
from provenance.readings.grounding import BY, Grounded, ground
from provenance.readings.loading import (
    Fault,
    Parsed,
    parse_reading,
    parsed,
    reading_bytes,
    reading_of,
)
from provenance.readings.placing import Finder

__all__ = [
    "BY",
    "Fault",
    "Finder",
    "Grounded",
    "Parsed",
    "build_from_reading",
    "graph_of",
    "ground",
    "parse_reading",
    "parsed",
    "reading_bytes",
    "reading_of",
    "refuse",
]
