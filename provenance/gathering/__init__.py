"""Build the graphs of many articles into a store, or on a cluster, and join them."""

from provenance.gathering.joining import linked, relink
from provenance.gathering.making import Settings
from provenance.gathering.storing import Outcome, gather

__all__ = ["Outcome", "Settings", "gather", "linked", "relink"]
