"""Lessons for the judge of pronouns: what is masked, swapped, and read from annotated corpora."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from provenance.articles import article_from_text
from provenance.model import Article, Span
from training.pronouns.annotated import annotated_texts, read_gap, read_gum
from training.pronouns.lessons import (
    Edits,
    Text,
    other_gender,
    parse_whole,
    plain_article,
    read_texts,
    write_texts,
)
from training.pronouns.masking import masked

NEWS = """Anna Reed met Peter Holm and Paul Stern at the port of Malmo on Monday to talk about it.

Anna Reed said that the port would stay open. "We will see," she told reporters.

Peter Holm said that the board of Paul Stern had not asked Peter Holm. Paul Stern disagreed with
that, and Peter Holm left early. Paul Stern stayed.
"""


def article(text: str) -> Article:
    return plain_article(article_from_text(text), "text")


def read(text: Text, place: tuple[int, int]) -> str:
    return text.text[place[0] : place[1]]


class Always(random.Random):
    """Masks whatever may be masked, and swaps nothing."""

    def random(self) -> float:
        return 0.5


def lessons(text: Text, kind: str) -> list[tuple[str, set[str], set[str]]]:
    return [
        (
            read(text, one.pronoun),
            {read(text, p) for p in one.right},
            {read(text, p) for p in one.wrong},
        )
        for one in text.lessons
        if one.kind == kind
    ]


def test_masked_names_have_their_earlier_mentions_as_answer() -> None:
    text = masked(parse_whole(article_from_text(NEWS)), "news", Always())
    found = lessons(text, "masked")
    assert found
    for pronoun, right, wrong in found:
        assert pronoun.lower() in {"he", "she", "him", "her", "his"}
        assert len(right) == 1
        assert not right & wrong
    assert {name for _, right, _ in found for name in right} <= {
        "Anna Reed",
        "Peter Holm",
        "Paul Stern",
    }


def test_a_name_that_is_mentioned_for_the_first_time_stays() -> None:
    text = masked(parse_whole(article_from_text(NEWS)), "news", Always()).text
    assert text.startswith("Anna Reed met Peter Holm and Paul Stern")


def test_gender_settles_a_pronoun_where_it_can_be_one_person_alone() -> None:
    told = "Anna Reed met Peter Holm at the port. It was late when she said that it was over."
    found = lessons(masked(parse_whole(article(told)), "told", Always()), "gender")
    assert [(right, wrong) for _, right, wrong in found] == [({"Anna Reed"}, {"Peter Holm"})]
    both = told.replace("Peter Holm", "Karin Holm")
    assert not lessons(masked(parse_whole(article(both)), "both", Always()), "gender")


def test_the_same_draw_makes_the_same_lessons() -> None:
    parsed = parse_whole(article_from_text(NEWS))
    one, two = (masked(parsed, "news", random.Random(7)) for _ in range(2))
    assert one == two


def test_all_pronouns_become_those_of_the_other_gender() -> None:
    text = "He gave her his book. She saw him."
    assert other_gender(parse_whole(article(text)), []).text == (
        "She gave him her book. He saw her."
    )


edits = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5), st.text("xyz", max_size=9)))


@given(edits, st.text("abc", min_size=120, max_size=120))
def test_places_between_edits_hold_the_same_text(
    given_: list[tuple[int, int, str]], text: str
) -> None:
    at, made, kept = 0, [], []
    for gap, length, new in given_[:10]:
        kept.append((at, at + gap))
        made.append((at + gap, at + gap + length, new))
        at += gap + length
    one = Edits(tuple(made))
    changed = one.apply(text)
    for start, end in kept:
        moved = one.moved((start, end))
        assert changed[moved[0] : moved[1]] == text[start:end] or start == end
    for start, end, new in made:
        moved = one.moved((start, end))
        assert changed[moved[0] : moved[1]] == new


CONLLU = """# newdoc id = tale
# newpar
1\tAnna\tAnna\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-cf1-1,2-coref
2\tReed\tReed\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
4\tKarin\tKarin\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(2-person-new-cf2-1,2-coref
5\tHolm\tHolm\tPROPN\tNNP\t_\t4\tflat\t_\tEntity=2)|SpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(2-person-giv-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def test_gum_is_read_with_its_entities(tmp_path: Path) -> None:
    (tmp_path / "tale.conllu").write_text(CONLLU, encoding="utf-8")
    (document,) = read_gum(tmp_path)
    assert document.article.text == "Anna Reed met Karin Holm. She left."
    assert document.entities == ((Span(0, 9), "1"), (Span(14, 24), "2"), (Span(26, 29), "2"))


HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"


def test_both_corpora_become_lessons_in_either_gender(tmp_path: Path) -> None:
    (tmp_path / "tale.conllu").write_text(CONLLU, encoding="utf-8")
    text = "Peter Holm met Paul Stern. He was late."
    row = f"one\t{text}\tHe\t27\tPeter Holm\t0\tTRUE\tPaul Stern\t15\tFALSE\tnone"
    gap = tmp_path / "gap.tsv"
    gap.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    assert [one.right for one in read_gap(gap)] == [(True, False)]
    texts = list(annotated_texts(tmp_path, gap))
    assert [
        lessons(one, kind) for one, kind in zip(texts, ("gum", "gum", "gap", "gap"), strict=True)
    ] == [
        [("She", {"Karin Holm"}, {"Anna Reed"})],
        [("He", {"Karin Holm"}, {"Anna Reed"})],
        [("He", {"Peter Holm"}, {"Paul Stern"})],
        [("She", {"Peter Holm"}, {"Paul Stern"})],
    ]
    path = tmp_path / "lessons.jsonl"
    assert write_texts(texts, path) == 4
    assert list(read_texts(path)) == texts
