"""One page of HTML for source graphs: the chain of custody, and the text that it stands on."""

from provenance.view.page import render_page

__all__ = ["render_page"]
