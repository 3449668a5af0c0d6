"""The tags of the network: one of three roles to a word, by BIO."""

from typing import Final

ROLES: Final = ("Source", "Cue", "Content")
TAGS: Final = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
TAG_COUNT: Final = len(TAGS)

# What a word is to one cue: nothing, its source or its content.
LINKS: Final = ("none", "Source", "Content")

FORBIDDEN: Final = -1e4  # a log score that no path survives


def may_follow(tag: str, before: str) -> bool:
    """Tell whether *tag* may come after *before*: I- only goes on with its own role."""
    return not tag.startswith("I-") or before[2:] == tag[2:]
