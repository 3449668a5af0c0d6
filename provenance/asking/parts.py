"""An article in parts that a model can take in, each beginning with the end of the one before."""

from collections.abc import Iterator

from provenance.asking.settings import Asking, prompt
from provenance.errors import ExtractionError
from provenance.model import Article

_SIGNS = 3
"""Signs of a token, at the least, in most languages that have words."""
_ANSWER = 3
"""One token in so many is left for the answer."""
_SHORTEST = 400
_OVERLAP = 8
"""One sign in so many is given twice."""


def answer_tokens(asking: Asking) -> int:
    """Return how many tokens an answer may have."""
    return asking.context // _ANSWER


def parts_of(article: Article, asking: Asking) -> tuple[str, ...]:
    """Return the text of *article*, less site furniture, in as few parts as go into the context.

    Raises:
        ExtractionError: Next to the prompt nothing does.
    """
    room = (asking.context - answer_tokens(asking)) * _SIGNS - len(prompt())
    if room < _SHORTEST:
        least = (len(prompt()) + _SHORTEST) * _ANSWER // (_SIGNS * (_ANSWER - 1)) + 1
        raise ExtractionError(
            f"cannot ask {asking.model}: a context of {asking.context:,} tokens is too small, "
            f"{least:,} are needed at the least"
        )
    whole = sorted({*((article.headline,) if article.headline else ()), *article.paragraphs})
    pieces = [p for span in whole for p in _cut(article.quote(span).strip(), room // 2) if p]
    return tuple(_packed(pieces, room))


def _packed(pieces: list[str], room: int) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        if held and sum(len(one) + 2 for one in held) + len(piece) > room:
            yield "\n\n".join(held)
            held = _tail(held, min(room // _OVERLAP, room - len(piece) - 2))
        held.append(piece)
    if held:
        yield "\n\n".join(held)


def _tail(pieces: list[str], most: int) -> list[str]:
    """Return the last of *pieces*, or the end of it, with which the next part begins."""
    kept: list[str] = []
    for piece in reversed(pieces):
        if sum(len(one) + 2 for one in kept) + len(piece) > most:
            break
        kept.insert(0, piece)
    if not kept and most > 1:
        end = pieces[-1][-most:]
        kept = [end.partition(" ")[2] or end]
    return kept


def _cut(text: str, most: int) -> Iterator[str]:
    """Yield *text* in pieces of *most* signs, cut between words where there are any."""
    while len(text) > most:
        at = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
        at = at if at > most // 2 else most
        yield text[:at]
        back = text.find(" ", max(1, at - most // _OVERLAP), at)
        text = text[back + 1 if back > 0 else at :]
    yield text
