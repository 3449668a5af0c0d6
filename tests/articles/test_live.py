# ruff: noqa: E501 - pages of one line are read more easily
"""The entries of live blogs: each with its time and author, and their headlines kept."""

import json

import pytest

from provenance.articles import parse_article
from provenance.model import Article
from provenance.pipeline import Graph, build_record, export
from provenance.rdf import read_graphs

DATA = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":'
    '"LiveBlogPosting","headline":"Storm: live","datePublished":"2024-05-02T06:00:00Z",'
    '"liveBlogUpdate":[{"@type":"BlogPosting","headline":"Ferries stay in port","author":{"@type":'
    '"Person","name":"Ida Moss"},"datePublished":"2024-05-02T11:40:00Z"},{"@type":"BlogPosting",'
    '"headline":"Roofs gone in Alder","author":{"@type":"Person","name":"Jon Pike"},'
    '"datePublished":"2024-05-02T08:15:00Z"}]}</script>'
)
FIRST = (
    "The ferry line, Corwen Ships, said no boat would sail before Friday. “The swell is four "
    "metres high,” its captain, Nora Quill, said."
)
SECOND = "The mayor of Alder, Peter Haas, said 40 roofs were gone. He asked people to stay in."
PAGES = {
    "articles": f"""<article class="block"><time datetime="2024-05-02T11:40:00Z">11.40</time>
<h2>Ferries stay in port</h2><p class="block-byline">Ida Moss</p><p>{FIRST}</p></article>
<article class="block"><time datetime="2024-05-02T08:15:00Z">08.15</time>
<h2>Roofs gone in Alder</h2><p class="block-byline">Jon Pike</p><p>{SECOND}</p></article>""",
    "sections": f"""<section class="live-post" id="p2"><header><h3>Ferries stay in port</h3>
<p>By Ida Moss</p><time datetime="2024-05-02T11:40:00+00:00">2h ago</time></header><p>{FIRST}</p>
</section><section class="live-post" id="p1"><header><h3>Roofs gone in Alder</h3><p>By Jon Pike</p>
<time datetime="2024-05-02T08:15:00+00:00">5h ago</time></header><p>{SECOND}</p></section>""",
    "list": f"""<ol class="liveblog"><li><span class="timestamp">11:40 GMT</span>
<h4>Ferries stay in port</h4><p>{FIRST}</p><span class="author">Ida Moss</span></li>
<li><span class="timestamp">8:15 GMT</span><h4>Roofs gone in Alder</h4><p>{SECOND}</p>
<span class="author">Jon Pike</span></li></ol>""",
    "boxes without a name": f"""<div><div><time datetime="2024-05-02T11:40:00Z">11.40am</time>
<h2>Ferries stay in port</h2><p>{FIRST}</p></div></div><div><div>
<time datetime="2024-05-02T08:15:00Z">8.15am</time><h2>Roofs gone in Alder</h2><p>{SECOND}</p></div>
</div>""",
    "data alone": f"""<div class="update"><span class="time">11:40</span>
<h2>Ferries stay in port</h2><p>{FIRST}</p></div><div class="update"><span class="time">8:15</span>
<h2>Roofs gone in Alder</h2><p>{SECOND}</p></div>""",
}
WANTED = [
    ("Ferries stay in port", ("Ida Moss",), "2024-05-02T11:40:00+00:00"),
    ("Roofs gone in Alder", ("Jon Pike",), "2024-05-02T08:15:00+00:00"),
]


def page(body: str, head: str = DATA, title: str = "Storm: live") -> Article:
    whole = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return parse_article(whole.encode(), "story.html")


def entries(article: Article) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (article.quote(e.headline) if e.headline else "", e.authors, e.published)
        for e in article.entries
    ]


@pytest.mark.parametrize("form", PAGES)
def test_an_entry_has_its_time_and_author(form: str) -> None:
    article = page(PAGES[form])
    assert entries(article) == WANTED
    assert [article.quote(e.span).split("\n\n")[1:] for e in article.entries] == [[FIRST], [SECOND]]
    assert "11" not in article.text.replace("40", "")


def test_an_entry_without_a_title_is_one() -> None:
    body = PAGES["articles"].replace("<h2>Ferries stay in port</h2>", "")
    article = page(body, head="")
    assert entries(article) == [("", *WANTED[0][1:]), WANTED[1]]


def test_a_post_within_an_entry_stays_its_authors() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>No winter sailings.</p>&mdash; Corwen Ships '
        '(@corwen) <a href="https://twitter.com/corwen/status/1">May 2, 2024</a></blockquote>'
    )
    body = PAGES["articles"].replace(f"<p>{FIRST}</p>", post)
    article = page(body)
    assert entries(article) == WANTED
    graph = build_record(article)
    assert "Corwen Ships" in {source.name for source in graph.sources}


def test_an_ordinary_page_with_times_has_none() -> None:
    assert page(PAGES["articles"], head="", title="Storm hits Alder").entries == ()


def test_entries_are_in_json_and_in_rdf_and_are_read_back() -> None:
    graph = build_record(page(PAGES["articles"]))
    said = json.loads(Graph(graph).to_json())["entries"]
    assert [(e["title"], tuple(e["authors"]), e["published"]) for e in said] == WANTED
    for format in ("turtle", "jsonld", "nquads"):
        (again,) = read_graphs(export([graph], format), format)
        assert again.article.entries == graph.article.entries
    turtle = Graph(graph).to_turtle()
    assert turtle.count("schema:BlogPosting") == 2
    assert "schema:LiveBlogPosting" in turtle


def test_a_day_in_an_entry_is_reckoned_from_its_time() -> None:
    body = PAGES["articles"].replace("2024-05-02T08:15", "2024-05-04T08:15")
    body = body.replace(SECOND, "A memo was leaked to the Alder Herald on Friday, Peter Haas said.")
    (event,) = [e for e in build_record(page(body)).events if e.kind == "leak"]
    assert event.date == "2024-05-03"


def test_who_is_named_by_a_noun_in_an_entrys_title_is_whoever_stands_below() -> None:
    body = PAGES["articles"].replace("Roofs gone in Alder", "Operator blames sensor")
    body = body.replace(SECOND, "The operator of the dam, Valden Hydro, says a sensor was broken.")
    names = {source.name for source in build_record(page(body)).sources}
    assert len(names) == 3
    assert "Operator" not in names


@pytest.mark.parametrize("key", ["data-timestamp", "data-published"])
def test_an_entry_may_keep_its_time_for_programs(key: str) -> None:
    body = (
        f'<div class="live-post" {key}="1714650000"><span class="time">11.40</span><h3>Ferries stay</h3>'
        f'<p>{FIRST}</p></div><div class="live-post" {key}="1714637700"><span class="time">8.15</span>'
        f"<h3>Roofs gone</h3><p>{SECOND}</p></div>"
    )
    html = f"<html lang=en><head><title>Storm: live</title></head><body><main><h1>Storm: live</h1>{body}</main></body></html>"
    entries = parse_article(html.encode(), "a.html").entries
    assert [one.published for one in entries] == [
        "2024-05-02T11:40:00+00:00",
        "2024-05-02T08:15:00+00:00",
    ]
