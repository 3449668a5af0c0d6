"""Compare the graphs of many articles: copies, shared claims, independent origins.

In: briefs, which hold what is compared of each `SourceGraph`. Out: links between articles, stories,
claims made by several, and how each claim stands (`Standing`).
Never: stores, RDF, or files but such as are gone in the end; nor the order in which articles come.
"""

from provenance.analysis.briefs import Brief, brief_of
from provenance.analysis.links import Links, link
from provenance.analysis.standing import standings

__all__ = ["Brief", "Links", "brief_of", "link", "standings"]
