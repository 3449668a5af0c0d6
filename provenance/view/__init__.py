"""Pages of HTML: the chain of custody with its text for source graphs, and an index of many."""

from provenance.view.index import render_index
from provenance.view.page import render_page

__all__ = ["render_index", "render_page"]
