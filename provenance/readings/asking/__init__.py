"""Ask a language model what it finds in an article, by the API that most servers share.

In: an `Article`, and an `Asking`: which model, where. Out: the `SourceGraph` of what of its
answer stands in the text. Never: send anything but to the endpoint that was given, or believe an
answer.
"""

from provenance.readings.asking.replies import ask, build_asked
from provenance.readings.asking.settings import Asking, is_here, prompt_digest

__all__ = ["Asking", "ask", "build_asked", "is_here", "prompt_digest"]
