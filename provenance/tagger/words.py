"""Cut text into words, as the tagger was trained to see them."""

import re

Offsets = tuple[int, int]

_WORD = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                        # U.S.
  | (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Rev|St|Jr|Sr|No|Inc|Corp|Co|Ltd|vs|Jan|Feb|Mar|Apr|Jun|Jul
      |Aug|Sept|Oct|Nov|Dec|Sens|Reps|Lt|Col|Sgt|Prof)\.
  | [’'](?:s|S|re|ve|ll|d|m|t)\b
  | https?://\S+ | [@\#]\w+
  | \d+(?:[.,:]\d+)*\w*
  | [^\W\d_]+(?=n[’']t\b) | n[’']t\b
  | \w+(?:[-/&]\w+)*
  | \.\.\.+ | -{2,}
  | \S
    """,
    re.VERBOSE,
)


def words_of(text: str) -> list[Offsets]:
    """Return start and end, in code points, of each word or punctuation mark of *text*."""
    return [match.span() for match in _WORD.finditer(text)]


def paragraphs_of(text: str) -> list[Offsets]:
    """Return start and end of each line of *text* that is not blank."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
