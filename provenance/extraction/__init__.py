"""Find attributions, custody events and mentions in an article.

In: an `Article`. Out: an `Extraction`, all of it spans of the text.
Never: decide who is who; that is the business of `resolution`.
"""

from typing import Protocol

from provenance.common.plugins import load_plugin
from provenance.model import Article, Extraction


class Extractor(Protocol):
    """Read an article and return what was found, as spans.

    An extractor is made once and called often; its *name* goes into the run record.
    """

    name: str

    def __call__(self, article: Article) -> Extraction:
        """Return what *article* holds."""


def load_extractor(name: str) -> Extractor:
    """Return the extractor called *name*.

    Raises:
        ExtractionError: There is none of that name, or it cannot be loaded.
    """
    extractor: Extractor = load_plugin("extractors", name)()
    return extractor
