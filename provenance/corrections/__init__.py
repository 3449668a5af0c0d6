"""Keep what people change in a graph, and apply it again on every build.

In: a `SourceGraph` and the log beside its article. Out: the corrected graph, and what was lost.
Never: the article, or a graph in place; a log only grows.
"""

from provenance.corrections.applying import replay
from provenance.corrections.log import SUFFIX, append, log_path, read_log

__all__ = ["SUFFIX", "append", "log_path", "read_log", "replay"]
