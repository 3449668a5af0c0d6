"""The report of an article in Markdown: everything with its quote, and words as they are."""

import re
from dataclasses import replace

from rich.console import Console

from provenance.cli.summary import summary
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import SourceGraph
from provenance.pipeline import export
from tests.conftest import Prov
from tests.helpers.factories import make_graph

EVIL = (
    "<script>x</script>",
    "**bold** _it_",
    "[a](javascript:x)",
    "# top",
    "| a | b |",
    "`c`",
    "&amp;",
)


def report(graph: SourceGraph) -> str:
    return export([graph], "markdown").decode()


def section(text: str, title: str) -> tuple[int, str]:
    """Return how many there are said to be, and the section without its heading."""
    found = re.search(rf"^## {title} \((\d+)\)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return int(found[1]), found[2]


def test_it_has_all_claims_lines_disputes_and_gaps_each_with_a_quote() -> None:
    graph = make_graph()
    text = report(graph)
    chains = trace_chains(graph)
    found = findings(graph)
    expected = {
        "Claims": len(found.points), "Lines": len(chains), "Disputes": len(graph.disputes),
        "Gaps": len(found.gaps),
    }  # fmt: skip
    plain = " ".join(graph.article.text.split())
    for title, count in expected.items():
        told, body = section(text, title)
        rows = re.split(r"^- ", body, flags=re.MULTILINE)[1:]
        assert told == len(rows) == count
        for row in rows:
            hops = row.partition("\n")[2] if title == "Lines" else row
            quotes = re.findall("(?:> |: )“(.+)”$", hops, re.MULTILINE)
            assert quotes, row
            for words in (one for quote in quotes for one in quote.split("” … “")):
                assert words in plain
    for claim in graph.claims:
        assert claim.text in text


def test_how_sure_is_said_where_it_is_not_quite() -> None:
    graph = make_graph()
    flows = tuple(replace(one, score=0.41) for one in graph.flows)
    lines = section(report(replace(graph, flows=flows)), "Lines")[1]
    assert "(perhaps, 0.41 by our reading)" in lines
    assert r"\[perhaps\] had word from" in lines
    assert "by our reading" not in report(graph)


def test_markup_in_an_article_stays_words() -> None:
    graph = make_graph()
    sources = tuple(replace(one, name=EVIL[n % len(EVIL)]) for n, one in enumerate(graph.sources))
    article = replace(graph.article, title="\u202e<img src=x onerror=y>\n# no", publisher="- a")
    text = report(replace(graph, sources=sources, article=article))
    assert re.findall("<(?!!-- Written by source-provenance. -->)", text) == []
    assert "\u202e" not in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == 5
    assert "[a](" not in text.replace("\\[", "")
    assert "**bold**" not in text


def test_the_command_writes_it(prov: Prov, tmp_path: object) -> None:
    graph = make_graph()
    done = prov("export", "-", "--to", "markdown", input=export([graph], "turtle"))
    assert done.stdout_bytes == export([graph], "markdown")
    assert done.stdout.startswith("<!-- Written by source-provenance. -->\n# Leaked memo")
    withheld = prov("export", "-", "--to", "md", "--no-text", input=export([graph], "turtle"))
    assert withheld.exit_code == 0
    assert "“" in withheld.stdout


def test_a_report_is_no_article(prov: Prov) -> None:
    done = prov("build", "-", input=export([make_graph()], "markdown"))
    assert done.exit_code == 1
    assert "it is a report that prov wrote" in done.stderr


def test_quotation_marks_within_quotation_marks_are_single() -> None:
    graph = make_graph()
    texts = ('"We said so in May,"', "that the hull was “as thin as paper”")
    claims = tuple(
        replace(one, text=texts[n]) if n < len(texts) else one for n, one in enumerate(graph.claims)
    )
    graph = replace(graph, claims=claims)
    told = export([graph], "markdown").decode()
    console = Console(width=300)
    with console.capture() as captured:
        for line in summary(graph, ()):
            console.print(line)
    shown = captured.get()
    for whole in ("“We said so in May”", "“the hull was ‘as thin as paper’”"):
        assert whole in told
        assert whole in shown
