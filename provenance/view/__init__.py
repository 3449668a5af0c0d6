"""Make pages of HTML: an article's chains of custody with its text, and an index of many.

In: `SourceGraph` and `Chain` records. Out: one page that needs no network and runs no foreign code.
Never: work out what a graph says; import `custody` or `rdf`, whose results it is given.
"""

from provenance.view.index import listed, render_index
from provenance.view.page import Beside, render_page
from provenance.view.payload import describe as described_page

__all__ = ["Beside", "described_page", "listed", "render_index", "render_page"]
