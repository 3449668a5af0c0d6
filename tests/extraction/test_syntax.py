"""What the extractor by syntax finds, a kind of sentence a row."""

from functools import cache

import pytest

from provenance.articles import article_from_text
from provenance.extraction.credits import behind_dateline
from provenance.extraction.quotations import find_quotations
from provenance.extraction.syntax import SyntaxExtractor
from provenance.model import Article, Attribution, Extraction, Span, SpeechKind, Stance

HEAD = "Harbour board meets again over the ferry\n\n"


@cache
def extractor() -> SyntaxExtractor:
    return SyntaxExtractor()


def read(text: str) -> tuple[Article, Extraction]:
    article = article_from_text(HEAD + text)
    return article, extractor()(article)


def told(text: str) -> list[tuple[list[str], str, str, list[str], list[str], int]]:
    """Each attribution as speakers, cue, content, route, basis, depth."""
    article, extraction = read(text)

    def quotes(spans: tuple[Span, ...]) -> list[str]:
        return [article.quote(s) for s in spans]

    return [
        (
            quotes(a.speakers),
            quotes(a.cue)[0],
            " … ".join(quotes(a.content)),
            quotes(a.route),
            quotes(a.basis),
            a.depth,
        )
        for a in extraction.attributions
    ]


def only(text: str) -> Attribution:
    _, extraction = read(text)
    (one,) = extraction.attributions
    return one


@pytest.mark.parametrize(
    ("text", "speakers", "cue", "content"),
    [
        ("Ann Holm said the ferry would sail.", ["Ann Holm"], "said", "the ferry would sail"),
        ('"The ferry will sail," said Ann Holm.', ["Ann Holm"], "said", '"The ferry will sail,"'),
        ("The ferry, Ann Holm said, will sail.", ["Ann Holm"], "said", "The ferry … will sail"),
        (
            "According to Ann Holm, the ferry will sail on Monday.",
            ["Ann Holm"],
            "According to",
            "the ferry will sail on Monday",
        ),
        (
            "The ferry will sail on Monday, according to the harbour office.",
            ["harbour office"],
            "according to",
            "The ferry will sail on Monday",
        ),
        (
            "The report says the hull was cracked in March.",
            ["report"],
            "says",
            "the hull was cracked in March",
        ),
        (
            "The crack was described in an internal memo.",
            ["internal memo"],
            "was described",
            "The crack",
        ),
        (
            "Ann Holm was quoted as saying that the hull was cracked.",
            ["Ann Holm"],
            "quoted as saying",
            "that the hull was cracked",
        ),
        (
            "The claim of Ann Holm that the hull was cracked has been heard before.",
            ["Ann Holm"],
            "claim",
            "that the hull was cracked",
        ),
        (
            "Two sailors and an engineer said the hull was cracked.",
            ["Two sailors", "engineer"],
            "said",
            "the hull was cracked",
        ),
        (
            "Some officials, including Ann Holm, said the hull was cracked.",
            ["Some officials", "Ann Holm"],
            "said",
            "the hull was cracked",
        ),
        (
            "Early supporters, such as Senator Bo Lund, R-Tenn., and Ann Holm, say it was cracked.",
            ["Senator Bo Lund", "Ann Holm"],
            "say",
            "it was cracked",
        ),
        (
            "Reports in The Washington Post and Reuters said the hull was cracked.",
            ["Washington Post", "Reuters"],
            "said",
            "the hull was cracked",
        ),
        (
            "Reports in Kyiv in March said the hull was cracked.",
            ["Reports in Kyiv"],
            "said",
            "the hull was cracked",
        ),
        (
            "It has angered the sailors, many of whom say it was cracked.",
            ["sailors"],
            "say",
            "it was cracked",
        ),
        (
            "An internal review, a copy of which was seen by the AP, concluded that it was old.",
            ["internal review"],
            "concluded",
            "that it was old",
        ),
        (
            "The hull was leaking, The Harbour Gazette reported on Monday.",
            ["Harbour Gazette"],
            "reported",
            "The hull was leaking",
        ),
        (
            "As many sailors believe, the hull was cracked in March.",
            ["many sailors"],
            "believe",
            "the hull was cracked in March",
        ),
    ],
)
def test_who_said_what(text: str, speakers: list[str], cue: str, content: str) -> None:
    assert [(s, c, t) for s, c, t, *_ in told(text)] == [(speakers, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Holm did not say whether the ferry would sail.",
        "Ann Holm declined to comment on the ferry.",
        "Ann Holm will say on Monday that the ferry has sailed.",
        "If Ann Holm says the ferry has sailed, the board will meet.",
        "Ann Holm might argue that the ferry has sailed.",
        "Reporters wanted to ask whether Ann Holm had resigned.",
        "The so-called “fast” ferry is slow.",
        "The board meets on Monday and the ferry sails on Tuesday.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Ann Holm told CBS News that the ferry would sail.", ["CBS News"]),
        ("Ann Holm told CNN's Bo Lund that the ferry would sail.", ["CNN"]),
        (
            "During a May interview on CNBC's Squawk Box, Ann Holm said that it would sail.",
            ["May interview on CNBC's Squawk Box", "CNBC"],
        ),
        ("Ann Holm told reporters that the ferry would sail.", []),
        (
            "Ann Holm said in an interview with CBS News that the ferry would sail.",
            ["interview with CBS News", "CBS News"],
        ),
        ("Ann Holm said at a press conference that it would sail.", ["press conference"]),
        ("Ann Holm said in a statement that the ferry would sail.", ["statement"]),
        ("Ann Holm told a press conference that it would sail.", ["press conference"]),
        ("Ann Holm tweeted that the ferry would sail.", ["tweeted"]),
        ("Ann Holm said on Twitter that the ferry would sail.", ["Twitter"]),
    ],
)
def test_go_betweens_in_order(text: str, route: list[str]) -> None:
    ((_, _, _, found, _, _),) = told(text)
    assert found == route


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The Gazette reported, citing a memo, that the hull was leaking.", ["memo"]),
        (
            "The Gazette carried the claim, attributing it to the Evening Courier.",
            ["Evening Courier"],
        ),
        ("A person who was shown the memo said that the hull leaks.", ["memo"]),
        ("According to its website, the company has four ferries.", ["its"]),
    ],
)
def test_what_a_source_draws_on(text: str, basis: list[str]) -> None:
    ((_, _, _, _, found, _),) = told(text)
    assert found == basis


def test_nested_statements_have_depth() -> None:
    found = told("The Gazette reported that Ann Holm said the hull was cracked.")
    assert [(s, d) for s, _, _, _, _, d in found] == [(["Gazette"], 0), (["Ann Holm"], 1)]


def test_a_quotation_runs_over_sentences_and_paragraphs() -> None:
    text = (
        '"The hull leaks," Ann Holm said. "It has leaked since the spring, and nobody cared.\n\n'
        '"Now everybody cares about it."\n\nThe board meets on Monday.'
    )
    found = told(text)
    assert {tuple(s) for s, *_ in found} == {("Ann Holm",)}
    content = " ".join(c for _, _, c, *_ in found)
    assert "nobody cared" in content
    assert "Now everybody cares" in content


def test_a_stray_quotation_mark_loses_nothing_after_it() -> None:
    text = (
        'The board met." It was late.\n\n"The hull leaks badly," Ann Holm said.\n\n'
        '"We will sail on Monday," Bo Lund replied.'
    )
    assert [(s, c) for s, c, *_ in told(text)] == [(["Ann Holm"], "said"), (["Bo Lund"], "replied")]


def test_first_person_within_a_quotation_is_the_speaker_himself() -> None:
    found = told('"I think that we said it clearly," Ann Holm said.')
    assert [s for s, *_ in found] == [["Ann Holm"]]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry denied that the memo existed.", Stance.DENIES),
        ("The ministry called the documents fakes.", Stance.DENIES),
        ("The ministry said the documents were genuine.", Stance.CONFIRMS),
        ("The ministry said the documents were not authentic.", Stance.DENIES),
        ("Experts said the documents had been altered.", Stance.DOUBTS),
        ("The ministry said the documents contained nothing about ferries.", Stance.DENIES),
        ("The ministry said the ferry had sailed.", None),
        ("The ministry agreed to sell the ferry, Ann Holm said.", None),
    ],
)
def test_stance(text: str, stance: Stance | None) -> None:
    _, extraction = read(text)
    assert stance in {a.stance for a in extraction.attributions if a.depth == 0}


def test_speech_kinds() -> None:
    assert only('"The hull leaks," Ann Holm said.').speech is SpeechKind.DIRECT
    assert only("Ann Holm said the hull was leaking.").speech is SpeechKind.INDIRECT
    assert only('Ann Holm said that the hull was "leaking badly" now.').speech is SpeechKind.MIXED


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"One," she said. "Two."', ['"One,"', '"Two."']),
        ("“One” and “two”", ["“One”", "“two”"]),
        ("''One,'' he said.", ["''One,''"]),
        ("the 5\" pipe and the sailors' mess", []),
        ("“One and two and three more words", ["“One and two and three more words"]),
        (
            "‘We sailed,’ she said. ‘It had five leaks and it’s worse",
            ["‘We sailed,’", "‘It had five leaks and it’s worse"],
        ),
        ("‘Nobody read the book. It was gone", ["‘Nobody read the book. It was gone"]),
        ("‘Tis late, and the ferry is not there", []),
        ("He gave ‘em the book, and the ‘Old ferry men left", []),
    ],
)
def test_quotation_marks(text: str, quoted: list[str]) -> None:
    found = find_quotations(text, Span(0, len(text)))
    assert [text[q.span.start : q.span.end] for q in found] == quoted


def test_offsets_hold_behind_emoji_and_cyrillic() -> None:
    article, extraction = read('Паром 🛳️ стоит. "The hull leaks," Ann Holm said on Monday.')
    (one,) = extraction.attributions
    assert article.quote(one.content[0]) == '"The hull leaks,"'
    assert article.quote(one.speakers[0]) == "Ann Holm"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("HAVNSTAD - A nurse said so.", "A nurse said so."),
        ("HAVNSTAD -- A nurse said so.", "A nurse said so."),
        ("PORT ALDER, Calif. - A nurse said so.", "A nurse said so."),
        ("PORT ALDER – A nurse said so.", "A nurse said so."),
        ("X-RAYS were seen by a nurse.", "X-RAYS were seen by a nurse."),
        ("A nurse - the only one - said so.", "A nurse - the only one - said so."),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(text: str, rest: str) -> None:
    kept = behind_dateline(text, Span(0, len(text)))
    assert text[kept.start : kept.end] == rest


def test_a_wire_dateline_credits_the_agency() -> None:
    article, extraction = read("BERGEN (Reuters) - The ferry sailed on Monday after five weeks.")
    agents = [article.quote(p.span) for e in extraction.events for p in e.participants]
    assert agents == ["Reuters"]
