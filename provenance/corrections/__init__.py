"""What people change in a graph: a log beside the article, replayed on every build."""

from provenance.corrections.applying import replay
from provenance.corrections.log import append, log_path, read_log

__all__ = ["append", "log_path", "read_log", "replay"]
