"""One file that somebody else can check without us: a graph with all that it was made from."""

from provenance.bundles.packing import is_bundle, make_bundle
from provenance.bundles.verifying import Check, verify_bundle

__all__ = ["Check", "is_bundle", "make_bundle", "verify_bundle"]
