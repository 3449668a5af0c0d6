"""Whom "he" and "she" stand for: by features alone, and with the network."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from provenance.articles import article_from_text
from provenance.extraction import load_extractor
from provenance.extraction.mentions import GENDERED, mentions
from provenance.extraction.parsing import parse
from provenance.extraction.tagger.referents import (
    AHEAD,
    BACK,
    DISTANCES,
    EDGES,
    STRIDE,
    Judge,
    distances,
)
from provenance.extraction.tagger.tagger import (
    HEADS,
    NETWORK,
    PRONOUNS,
    SCORER,
    TOKENIZER,
    digest_of,
    load_tagger,
)
from provenance.extraction.tagger.viterbi import Floats
from provenance.model import Article, Mention, MentionKind, Referent, Span
from provenance.resolution import place_mentions
from provenance.resolution.clusters import Cluster
from provenance.resolution.registry import load_registry
from provenance.resolution.salience import first_names, log_odds


def referent(text: str, pronoun: str, referents: Iterable[Referent] = ()) -> set[str]:
    """Return what the source is called that the last *pronoun* of *text* stands for."""
    article: Article = article_from_text(text)
    found = [m for passage in parse(article).passages for m in mentions(passage)]
    found.sort(key=lambda m: (m.span, m.head))
    placed = place_mentions(article, found, load_registry(), referents)
    start = text.rindex(pronoun)
    cluster = placed.get(Span(start, start + len(pronoun)))
    return set(cluster.names) if cluster else set()


def judged(text: str) -> tuple[Referent, ...]:
    """Return what the network says of *text*."""
    return load_extractor("tagger")(article_from_text(text)).referents


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Anna Reed met Peter Holm in Oslo. She was late.", "She", "Anna Reed"),
        ("Anna Reed met Peter Holm in Oslo. He was late.", "He", "Peter Holm"),
        ("Peter Holm wrote to Paul Stern about the port. He wanted it closed.", "He", "Peter Holm"),
        ("In her letter to the board, Anna Reed asked for more time.", "her", "Anna Reed"),
        ("Peter Holm praised Paul Stern and thanked his own staff.", "his", "Peter Holm"),
    ],
)
def test_the_likelier_person_is_meant(text: str, pronoun: str, name: str) -> None:
    assert referent(text, pronoun) == {name}
    assert referent(text, pronoun, judged(text)) == {name}


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Anna Reed succeeded Karin Holm as mayor. She won again in 2015.", "She", "Anna Reed"),
        ("Peter Holm, who had replaced Paul Stern, said he would resign.", "he", "Peter Holm"),
        (
            "Peter Holm told reporters that Paul Stern had lied. He said so twice.",
            "He",
            "Peter Holm",
        ),
        (
            "“It is late,” said Peter Holm. Paul Stern, who owns the ferry, disagreed. “It is"
            " not,” he said.",
            "he",
            "Paul Stern",
        ),
        (
            "Paul Stern was dismissed in May. Peter Holm took over the port a month later. Since"
            " then he has closed two piers.",
            "he",
            "Peter Holm",
        ),
        (
            "Karin Holm was asked by Anna Reed to leave the room, and she refused.",
            "she",
            "Karin Holm",
        ),
    ],
)
def test_the_network_tells_people_of_one_gender_apart(text: str, pronoun: str, name: str) -> None:
    assert referent(text, pronoun, judged(text)) == {name}


def test_first_names_that_both_bear_tell_nothing() -> None:
    known = first_names()
    assert (known["anna"], known["peter"]) == ("f", "m")
    assert not {"kim", "taylor", "leslie"} & set(known)
    assert set(known.values()) == {"f", "m"}


TALE = """Anna Reed met Peter Holm, a lawyer. She said that he had asked her to wait.

A prosecutor said it was over. He would not give his name, and Karin Holm believed him.
"""


def test_each_gendered_pronoun_is_judged_with_those_before_it_and_in_its_sentence() -> None:
    found = judged(TALE)
    text = article_from_text(TALE)
    words = {one.pronoun: text.quote(one.pronoun) for one in found}
    assert sorted(words.values()) == ["He", "She", "he", "her", "him", "his"]
    assert {w.lower() for w in words.values()} <= GENDERED
    she = {text.quote(one.head) for one in found if words[one.pronoun] == "She"}
    assert {"Anna Reed", "Peter Holm"} <= she
    assert "Karin Holm" not in she
    he = {text.quote(one.head) for one in found if words[one.pronoun] == "He"}
    assert {"prosecutor", "Karin Holm"} <= he


def test_what_is_said_of_pronouns_is_the_same_each_time() -> None:
    assert judged(TALE) == judged(TALE)


def test_rules_over_a_parse_ask_no_network() -> None:
    assert load_extractor("syntax")(article_from_text(TALE)).referents == ()


def test_attributions_are_the_same_whether_or_not_pronouns_are_to_be_judged() -> None:
    tagger = load_tagger()
    found, notes = tagger.note(TALE)
    assert found == list(tagger(TALE))
    assert len(notes.words) == len(notes.inner)
    assert np.abs(notes.inner).sum(axis=1).min() > 0


def named(number: int, *starts: int) -> Cluster:
    cluster = Cluster(number, is_named=True)
    for start in starts:
        head = Span(start, start + 1)
        cluster.add(
            Mention(span=head, head=head, kind=MentionKind.NAME, sentence=Span(0, 99)), "X", "X"
        )
    return cluster


def test_the_mentions_of_one_source_are_added_up() -> None:
    able = [named(0, 1, 5), named(1, 9), named(2, 20)]
    told = {Span(1, 2): 0.0, Span(5, 6): 0.0, Span(9, 10): 0.0}
    odds = log_odds(able, told)
    assert np.exp([odds[0], odds[1]]) == pytest.approx([2 / 3, 1 / 3])
    assert odds[2] == min(odds.values()) == -6.0


def test_where_the_network_says_nothing_all_are_alike() -> None:
    assert log_odds([named(0, 1), named(1, 9)], {}) == {0: 0.0, 1: 0.0}


def test_far_words_are_in_classes_of_their_own() -> None:
    classes = distances(np.arange(-40, 300))
    assert set(classes) == set(range(DISTANCES)) - {0}
    before = distances(np.arange(1, 300))
    assert (np.diff(before) >= 0).all()
    assert set(before) == set(range(1, len(EDGES) + 1))


def echo(inner: Floats) -> tuple[Floats, Floats]:
    return inner, -inner


def test_pronouns_are_judged_in_windows_with_what_stands_around_them() -> None:
    judge = Judge(echo, np.zeros((DISTANCES, 1), np.float32), np.ones(1, np.float32))
    words = 5 * STRIDE
    inner = np.arange(words, dtype=np.float16)[:, None]
    names = [(at, at + 2) for at in range(0, words - 2, 7)]
    pronouns = [3, STRIDE, 3 * STRIDE + 5, words - 1]
    pairs = {(pronouns[p], names[n]): score for p, n, score in judge(inner, pronouns, names)}
    assert {p for p, _ in pairs} == set(pronouns)
    for (pronoun, (first, _)), score in pairs.items():
        block = pronoun // STRIDE * STRIDE
        assert block - BACK <= first < block + STRIDE + AHEAD
        assert score == pytest.approx(max(0.0, pronoun - first - 0.5))
    for pronoun in pronouns:
        near = {n for p, n in pairs if p == pronoun}
        assert near >= {n for n in names if pronoun - BACK <= n[0] and n[1] <= pronoun}


def test_the_digest_covers_every_file_of_the_weights(tmp_path: Path) -> None:
    names = (NETWORK, HEADS, TOKENIZER, PRONOUNS, SCORER)
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    seen = {digest_of(tmp_path)}
    for name in names:
        (tmp_path / name).write_text("other", encoding="utf-8")
        seen.add(digest_of(tmp_path))
    assert len(seen) == len(names) + 1
