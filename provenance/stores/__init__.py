"""Graphs brought into triple stores: the named graph of each article, whole, or not at all."""

from provenance.stores.named import NamedGraph, read_named
from provenance.stores.protocol import Remote
from provenance.stores.pushing import Pushed, push

__all__ = ["NamedGraph", "Pushed", "Remote", "push", "read_named"]
