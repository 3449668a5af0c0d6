"""The extractor by the tagger, on what such extractors are known to get wrong."""

import pytest

from provenance import build
from provenance.articles import article_from_text
from provenance.extraction import load_extractor
from provenance.extraction.tagged import TaggerExtractor
from provenance.extraction.tagger.tagger import WEIGHTS, digest_of
from provenance.graph.reader import weights_digest
from provenance.model import Article, Attribution, Extraction


@pytest.fixture(scope="module")
def extractor() -> TaggerExtractor:
    return TaggerExtractor()


def read(extractor: TaggerExtractor, text: str) -> tuple[Article, Extraction]:
    article = article_from_text(text)
    return article, extractor(article)


def told(article: Article, one: Attribution) -> tuple[str, str]:
    return " ".join(map(article.quote, one.source)), " ".join(map(article.quote, one.content))


def said_by(article: Article, found: Extraction, source: str) -> list[str]:
    """Return what *source* is credited with, in the article's own voice."""
    own = (told(article, one) for one in found.attributions if one.depth == 0)
    return [content for who, content in own if source in who]


def test_nothing_is_lost_behind_a_stray_quotation_mark(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "The harbour will close on Friday.” That was the plan.\n\n"
        "“We have enough fuel for a week,” said Mara Quint, the port director.\n\n"
        "The union said that its members had not been asked.\n",
    )
    assert any("enough fuel" in content for content in said_by(article, found, "Mara Quint"))
    assert any("had not been asked" in content for content in said_by(article, found, "union"))


def test_every_bullet_is_found(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "Here is what we know about the spill so far.\n\n"
        "• The ministry said the leak was found on Monday.\n\n"
        "• Divers told reporters that the pipe had rusted through.\n\n"
        "• According to the company, no oil reached the beach.\n",
    )
    for source, content in (("ministry", "leak"), ("Divers", "rusted"), ("company", "beach")):
        assert any(content in said for said in said_by(article, found, source)), source


def test_a_speaker_may_be_told_by_a_mark_alone(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "Readers sent us their thoughts on the debate.\n\n"
        "“Nobody asked the harbour pilots, and they know it.” — Sofia Brandt, Hull\n\n"
        "“I would have liked to hear about the schools.” ― Tomas Keller\n\n"
        "MAYOR: The schools are better than they were, and we know it.\n",
    )
    assert any("are better" in content for content in said_by(article, found, "MAYOR"))
    assert any("harbour pilots" in content for content in said_by(article, found, "Sofia Brandt"))
    assert any("schools" in content for content in said_by(article, found, "Tomas Keller"))
    by = {article.quote(one.source[0]): one for one in found.attributions if one.source}
    assert by["Tomas Keller"].speakers


def test_whoever_is_named_in_a_content_does_not_say_it(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "The talks ended without a deal. Both Anna Weil and President Osei, Burnett said, "
        "had made clear that the gift would have consequences.\n",
    )
    assert any("Osei" in content for content in said_by(article, found, "Burnett"))
    speakers = {
        article.quote(s) for one in found.attributions for s in one.speakers if not one.depth
    }
    assert "Burnett" in speakers
    assert not any("Weil" in speaker for speaker in speakers)


def test_what_is_withheld_is_no_source_of_anything(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "The report did not identify the source of the information. "
        "The inspector declined to comment. Tomas Gray said that the file was real.\n",
    )
    speakers = {article.quote(s) for one in found.attributions for s in one.speakers}
    assert speakers == {"Tomas Gray"}


def test_who_is_quoted_in_a_report_is_not_flattened_into_it(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "The leaked report says that the spy service learned in May that the ministry had approved "
        'the sale. "The sale was approved in secret," the spy service said, according to the '
        "report.\n",
    )
    assert any("approved" in content for content in said_by(article, found, "report"))
    graph = build(article.text, extractor="tagger").record
    ends = {(flow.source, flow.target) for flow in graph.flows}
    assert any("report" in target and "service" in source for source, target in ends)
    assert not any("service" in source and target == "article" for source, target in ends)


def test_details_of_the_parse_come_with_the_spans(extractor: TaggerExtractor) -> None:
    article, found = read(
        extractor,
        "“I never saw the memo,” Delia Marsh told the Evening Courier in an interview on Friday.\n",
    )
    (one,) = found.attributions
    assert one.by == "tagger"
    assert {"Evening Courier", "interview"} <= {
        word
        for span in one.route
        for word in (article.quote(span), article.quote(span).split()[-1])
    }
    assert one.speech.value == "direct"
    assert article.quote(one.sentence).startswith("“I never saw")


def test_the_run_names_the_weights() -> None:
    record = build("Ann Lee said that it was late, and everyone went home.\nThe end.\n").record
    assert record.run.extractor == "tagger"
    assert record.run.weights == digest_of(WEIGHTS)
    longer = build("Ann Lee said that it was late, and everyone went home.\n" * 20).record
    assert longer.run.weights == weights_digest(digest_of(WEIGHTS))


def test_scores_filter(extractor: TaggerExtractor) -> None:
    text = "Ann Lee said that it was late. Perhaps the firm hoped for a rise in the price of tin.\n"
    scores = [one.score for one in build(text).record.attributions]
    assert all(0 < score <= 1 for score in scores)
    kept = build(text, min_score=0.8).record.attributions
    assert {one.score for one in kept} == {score for score in scores if score >= 0.8}


@pytest.mark.parametrize("name", ["syntax", "tagger"])
def test_extractors_are_found_by_name(name: str) -> None:
    assert load_extractor(name).name == name
