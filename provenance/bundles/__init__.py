"""Pack a graph with all that it was made from, for somebody else to verify.

In: an article, its graph and its corrections. Out: a zip in BagIt form; of one, a list of `Check`.
Never: anything outside of the zip when one is verified.
"""

from provenance.bundles.bagging import is_bundle, make_bundle
from provenance.bundles.verifying import Check, verify_bundle

__all__ = ["Check", "is_bundle", "make_bundle", "verify_bundle"]
