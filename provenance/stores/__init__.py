"""Bring graphs into triple stores: the named graph of each article whole, or not at all.

In: statements by name of graph, and a folder or an address; SPARQL. Out: what was `Pushed`,
counted back; rows.
Never: touch a graph that it was not given; show credentials.
"""

from provenance.stores.named import NamedGraph, read_named
from provenance.stores.protocol import Pushed, Remote, push

__all__ = ["NamedGraph", "Pushed", "Remote", "push", "read_named"]
