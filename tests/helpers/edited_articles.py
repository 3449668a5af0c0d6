"""Honest edits: what an editor does to a story that came in from somewhere else."""

import random
import re

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_SWAPS = {
    "said": "stated", "told": "informed", "people": "persons", "also": "as well", "but": "yet",
    "because": "since", "about": "around", "many": "numerous", "show": "indicate", "big": "large",
    "new": "fresh", "start": "begin", "help": "aid", "asked": "requested", "after": "following",
    "before": "prior to", "found": "discovered", "while": "whereas", "against": "opposed to",
    "would": "was to", "have": "possess", "more": "further", "year": "twelvemonth",
}  # fmt: skip


def edited(text: str, other: str, kept: float, seed: int) -> str:
    """Return a near copy of *text*.

    A new headline and lead, sentences cut until *kept* of the words are left, paragraphs changed in
    their order, a tenth of the sentences paraphrased, and of *other* as much as was cut.
    """
    draw = random.Random(seed)
    paragraphs = [p for p in text.split("\n\n") if len(p.split()) > 5][1:]
    words = sum(len(p.split()) for p in paragraphs)
    sentences = [(n, s) for n, p in enumerate(paragraphs) for s in _SENTENCE.split(p)]
    draw.shuffle(sentences)
    chosen, have = [], 0
    for number, sentence in sentences:
        if have >= kept * words:
            break
        chosen.append((number, sentence))
        have += len(sentence.split())
    by_paragraph: dict[int, list[str]] = {}
    for number, sentence in sorted(chosen, key=lambda one: text.find(one[1])):
        by_paragraph.setdefault(number, []).append(_paraphrased(sentence, draw))
    body = [" ".join(part) for _, part in sorted(by_paragraph.items())]
    if len(body) > 3:
        place = draw.randrange(len(body) - 1)
        body[place], body[place + 1] = body[place + 1], body[place]
    strange = [p for p in other.split("\n\n") if len(p.split()) > 5][1:]
    added, room = [], words - have
    for paragraph in strange:
        if room <= 0:
            break
        added.append(paragraph)
        room -= len(paragraph.split())
    mixed = draw.sample(text.split(), min(24, len(text.split())))
    return "\n\n".join([" ".join(mixed[:8]), " ".join(mixed[8:]) + ".", *body, *added]) + "\n"


def _paraphrased(sentence: str, draw: random.Random) -> str:
    if draw.random() > 0.1:
        return sentence
    swapped = [_SWAPS.get(word, word) for word in sentence.split()]
    return " ".join(swapped)
