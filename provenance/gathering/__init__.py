"""Build the graphs of many articles into a store, or on a cluster, and link them.

In: items of a corpus and `Settings`. Out: a store, or files for one, and an `Outcome` to count.
Never: leave a store half written; read what has not changed again.
"""

from provenance.gathering.collecting import Outcome, gather
from provenance.gathering.joining import answered, linked, relink
from provenance.gathering.making import Settings

__all__ = ["Outcome", "Settings", "answered", "gather", "linked", "relink"]
