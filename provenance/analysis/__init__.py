"""What many articles say together: copies, shared claims, and how many origins there really are."""

from provenance.analysis.briefs import Brief, brief_of
from provenance.analysis.links import Links, link
from provenance.analysis.standing import standings

__all__ = ["Brief", "Links", "brief_of", "link", "standings"]
