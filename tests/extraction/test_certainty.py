import hashlib

import pytest
from spacy.tokens import Doc, Token

from provenance.extraction.certainty import certainty_of, certainty_of_saying
from provenance.extraction.parsing import Passage, load_pipeline, parse
from provenance.model import Article, Certainty, Span


def passage_of(text: str) -> Passage:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        name="t",
        text=text,
        digest=digest,
        text_digest=digest,
        paragraphs=(Span(0, len(text)),),
    )
    return parse(article).passages[0]


def anchored(text: str, word: str) -> Certainty:
    passage = passage_of(text)
    token: Token = next(t for t in passage.doc if t.text == word)
    return certainty_of(passage, token)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A clerk leaked the memo.", "leaked"),
        ("The leak could hurt the minister.", "leak"),
        ("The minister may read the leaked memo.", "leaked"),
        ("The minister may read the memo that a clerk leaked.", "leaked"),
        ("The hack did not affect the harbour.", "hack"),
        ("Not only did a clerk leak the memo, he signed it.", "leak"),
        ("The minister may resign after hackers leaked the memo.", "leaked"),
    ],
)
def test_plain_and_presupposed_events_are_asserted(text: str, word: str) -> None:
    assert anchored(text, word) is Certainty.ASSERTED


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Officials said that hackers leaked the memo.", "leaked"),
        ("According to the ministry, hackers leaked the memo.", "leaked"),
        ("The clerk did not deny leaking the memo.", "leaking"),
        ("The inquiry found that a clerk had leaked the memo.", "leaked"),
    ],
)
def test_what_somebody_says_is_reported(text: str, word: str) -> None:
    assert anchored(text, word) is Certainty.REPORTED


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The clerk allegedly leaked the memo.", "leaked"),
        ("She reportedly obtained the memo.", "obtained"),
        ("The memo was allegedly copied and leaked.", "leaked"),
        ("The clerk is said to have leaked the memo.", "leaked"),
        ("The clerk was accused of leaking the memo.", "leaking"),
        ("Officials alleged that hackers leaked it.", "leaked"),
        ("Rumors that he leaked the memo spread.", "leaked"),
        ("An alleged member of the group spoke.", "member"),
        ("The so-called documents were copied.", "documents"),
        ("A self-described hacker posted the file.", "hacker"),
        ("The purportedly leaked memo was old.", "leaked"),
        ("The alleged leaked memo was old.", "leaked"),
    ],
)
def test_distance_is_alleged(text: str, word: str) -> None:
    assert anchored(text, word) is Certainty.ALLEGED


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The memo was apparently obtained by a clerk.", "obtained"),
        ("The memo may have been leaked.", "leaked"),
        ("He is believed to have leaked the memo.", "leaked"),
        ("The clerk seems to have leaked the memo.", "leaked"),
        ("It appears that the clerk leaked the memo.", "leaked"),
        ("The clerk is likely to have leaked the memo.", "leaked"),
        ("Officials believe that hackers leaked the memo.", "leaked"),
        ("The memo, it is believed, was leaked by a clerk.", "leaked"),
        ("If the clerk leaked the memo, he will be fired.", "leaked"),
        ("It is unclear whether the clerk leaked the memo.", "leaked"),
        ("Did the clerk leak the memo?", "leak"),
        ("Hackers could leak the emails in future.", "leak"),
        ("Any future leaks of emails might contain lies.", "leaks"),
        ("A leak of emails could hurt the minister.", "leak"),
        ("Police looked into the possibility that he leaked the memo.", "leaked"),
        ("They urged the hackers to publish the emails.", "publish"),
        ("The judge ordered the ministry to release the emails.", "release"),
        ("The ministry plans to publish the memo.", "publish"),
        ("The judge ordered that the emails be released.", "released"),
        ("The ministry is going to publish the memo.", "publish"),
        ("The emails are supposed to be released.", "released"),
        ("It is easy for hackers to leak reports.", "leak"),
    ],
)
def test_doubt_conditions_questions_and_plans_are_speculative(text: str, word: str) -> None:
    assert anchored(text, word) is Certainty.SPECULATIVE


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The clerk did not leak the memo.", "leak"),
        ("There is no evidence that the clerk leaked the memo.", "leaked"),
        ("The clerk denied leaking the memo.", "leaking"),
        ("The clerk denied that he had leaked the memo.", "leaked"),
        ("No one leaked the memo.", "leaked"),
        ("No documents were leaked.", "leaked"),
        ("She refused to release the memo.", "release"),
        ("He briefed the paper without leaking the memo.", "leaking"),
        ("There was no leak of emails.", "leak"),
        ("Officials do not believe that hackers leaked the memo.", "leaked"),
        ("The paper could not verify the memo.", "verify"),
    ],
)
def test_negation_is_denied(text: str, word: str) -> None:
    assert anchored(text, word) is Certainty.DENIED


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "certainty"),
    [
        ("A report found no wrongdoing.", "report", "found", Certainty.ASSERTED),
        ("The audit showed no sign of fraud.", "audit", "showed", Certainty.ASSERTED),
        ("The audit did not find any fraud.", "audit", "find", Certainty.DENIED),
        ("Nobody found a fault.", "Nobody", "found", Certainty.DENIED),
        ("The mayor made no statement.", "mayor", "made", Certainty.DENIED),
    ],
)
def test_who_finds_no_fault_says_something(
    text: str, speaker: str, cue: str, certainty: Certainty
) -> None:
    passage = passage_of(text)
    at = {token.text: token for token in passage.doc}
    assert certainty_of_saying(passage, at[cue], at[speaker]) is certainty


def test_a_sentence_of_clauses_in_clauses_without_end_is_judged() -> None:
    count = 3_000
    doc = Doc(
        load_pipeline().vocab,
        words=["said"] * count,
        heads=[max(0, place - 1) for place in range(count)],
        deps=["ROOT", *["parataxis"] * (count - 1)],
        pos=["VERB"] * count,
        tags=["VBD"] * count,
        lemmas=["say"] * count,
    )
    for place in (0, count // 2, count - 1):
        assert certainty_of(Passage(doc, 0, doc.text), doc[place]) in set(Certainty)
