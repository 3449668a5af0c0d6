"""``prov build``: articles go in, their graphs and pages come out."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from provenance.cli import annotating, llm, options
from provenance.cli.outputs import STDIN, Outputs, find_inputs
from provenance.cli.terminal import complain, next_step, noted, open_page, plural, say, shortened
from provenance.common.files import is_address, is_folder, read_stdin
from provenance.errors import ArticleError, ProvenanceError, fault

if TYPE_CHECKING:
    from provenance.model import Article, SourceGraph


_ARCHIVES = (".warc", ".warc.gz", ".warc.zst", ".wacz", ".parquet", ".jsonl.gz", ".ndjson.gz")


def _known_extractors(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from provenance.common.plugins import plugin_names

    return [name for name in plugin_names("extractors") if name.startswith(incomplete)]


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov build article.txt --open"
        "\n  prov build https://gazette.example/story"
        "\n  prov build saved-pages/ -o out/ --keep-going"
        "\n  prov build article.txt --reading mine.json"
        "\n  prov build a.txt --extractor llm --endpoint http://localhost:11434/v1 --model gemma3"
        "\n  cat article.txt | prov build - --to json > graph.json"
        "\n  prov build news/ more.jsonl --store store/ --workers 2"
        "\n  prov build hdfs:///news/*.parquet --engine spark --master yarn -o hdfs:///graphs"
    ),
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "-o",
    "--output-dir",
    metavar="FOLDER",
    type=click.Path(),
    default=".",
    show_default="the current one",
    help="Folder to write to; created if it does not exist.",
)
@click.option(
    "--to",
    type=options.Format(),
    help="Write only this format, to standard output.",
)
@click.option(
    "--extractor",
    default="tagger",
    show_default=True,
    metavar="NAME",
    shell_complete=_known_extractors,
    help="How to find attributions: the neural tagger, syntax alone, or a language model (llm).",
)
@options.min_score
@click.option(
    "--published",
    metavar="DATE",
    help="Day of publication (2023-04-06), whatever the article says; for one ARTICLE.",
)
@click.option(
    "--registry",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your own list of known sources, as tab-separated values; repeatable.",
)
@annotating.option
@llm.options
@options.base_iri
@options.no_text
@options.lean
@click.option(
    "--force",
    is_flag=True,
    help="Accept text that is not English or too long; overwrite files that prov did not write.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="When an article fails, continue with the others; the exit status is still 1."
    " Leave out what does not hold in a reading, and report it.",
)
@click.option(
    "--store",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write to the store in this folder instead of files; created if it does not exist.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="With --store: how many processes read articles in parallel.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=COLUMN",
    help="With --store: which column holds text, title, publisher, published, author or url.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where to run: on this machine, or on an Apache Spark cluster, which writes N-Quads.",
)
@click.option(
    "--master",
    metavar="URL",
    help="With --engine spark: the cluster; by default spark-submit's, else this machine.",
)
@click.option(
    "--partitions",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="With --engine spark: how many parts to write; each is written whole or not at all.",
)
@click.option(
    "--open",
    "opening",
    is_flag=True,
    help="Open the page in your browser; if there are several, the first.",
)
@click.option("--private", is_flag=True, help="Allow addresses in private networks.")
@click.option("-q", "--quiet", is_flag=True, help="Do not print the summary.")
@click.option("-v", "--verbose", is_flag=True, help="Print the full summary of every article.")
def build(
    articles: tuple[str, ...],
    output_dir: str,
    to: str | None,
    opening: bool,
    **given: Any,
) -> None:
    """Build a graph of where each ARTICLE got its information.

    An ARTICLE is a text file, a saved web page, a PDF, Word or e-mail file, a folder of them, the
    address of a page, or - for standard input. For each, NAME.ttl and NAME.html are written, and a
    summary is printed: the origins, the chain of custody of each artefact, who disputes what.

    With --to, several articles go into one document; as json, one on each line.

    With --reading, nothing is extracted: what a person or a model found is checked against the
    text. What is not in the text is an error, or is left out with --keep-going.

    With --store, an ARTICLE may also be a pattern, @LIST for a file with one on each line (@- for
    standard input), or a file of JSON Lines, Parquet, WARC or WACZ. What is already in the store is
    not read again, and an interrupted run resumes where it stopped.

    With --engine spark, anything that --store takes may be in any Hadoop file system, and the same
    graphs are written to the output folder, ready for a triple store's bulk loader.
    """
    how = options.BuildOptions(**given)
    _check_usage(to, how, output_dir, opening=opening)
    many = how.store is not None or how.engine == "spark"
    _check_day(how.published, articles, whole=many)
    annotating.check_engine(how.reading, how.engine)
    model = llm.asked(how, how.extractor, reading=how.reading, store=how.store)
    how = replace(how, asking=model)
    if how.engine == "spark":
        from provenance.cli.storing import build_on_cluster

        sys.exit(build_on_cluster(output_dir, articles, how))
    if how.store is not None:
        from provenance.cli.storing import build_into

        sys.exit(build_into(how.store, articles, how))
    names = find_inputs(articles)
    annotating.check_usage(how.reading, names)
    _check_day(how.published, names, whole=False)
    outputs = Outputs(Path(output_dir), how.base_iri, not how.no_text, how.lean)
    sys.exit(_build_files(names, outputs, to, how, opening=opening))


def _build_files(
    names: Sequence[str],
    outputs: Outputs,
    to: str | None,
    how: options.BuildOptions,
    *,
    opening: bool,
) -> int:
    """Write or print the graph of each article, and return the exit status."""
    records: list[SourceGraph] = []
    written: list[tuple[Path, Path]] = []

    def finish(record: "SourceGraph", name: str) -> None:
        if to is None:
            written.append(outputs.write(record, name))
            _report(record, written[-1], how, several=len(names) > 1)
        else:
            records.append(record)

    if to is None:
        outputs.check_free(names, force=how.force)
    failed = _build_each(names, how, finish)
    if to is not None and records:
        options.print_data(outputs.document(records, to))
    if written and not failed:
        _go_on(*written[0], opening, how.quiet)
    return 1 if failed else 0


def _go_on(graph: Path, page: Path, opening: bool, quiet: bool) -> None:
    """Open the page or print how to, and list what else can be done with the graph."""
    if opening:
        open_page(page)
    if quiet:
        return
    if not opening:
        next_step("view", graph, "-o", page, "--open", why="its page in your browser")
    next_step("trace", graph, why="every chain of custody in it")


def _check_usage(
    to: str | None, how: options.BuildOptions, output_dir: str, *, opening: bool
) -> None:
    engine, store = how.engine, how.store
    if opening and (engine == "spark" or store is not None or to is not None):
        raise click.UsageError("--open is for pages: no --to, --store or --engine spark")
    if how.lean and (engine == "spark" or store is not None):
        raise click.UsageError("--lean is for files: a store compares articles by their evidence")
    if engine == "spark" and (to is not None or store is not None):
        raise click.UsageError("--engine spark writes into the folder -o: no --to or --store")
    if to is not None and store is not None:
        raise click.UsageError("--to writes to standard output: it cannot be used with --store")
    given = click.get_current_context().get_parameter_source("output_dir")
    if to is not None and given is ParameterSource.COMMANDLINE:
        raise click.UsageError("--to writes to standard output: it cannot be used with -o")
    if (kind := options.format_of(output_dir)) and not is_folder(Path(output_dir)):
        raise click.UsageError(f"-o is a folder, and {output_dir} a file: --to {kind} prints one")


def _check_day(published: str | None, articles: Sequence[str], *, whole: bool) -> None:
    if published is not None and (whole or len(articles) > 1):
        raise click.UsageError("--published is the day of one article: no --store, no others")


def _build_each(
    names: Sequence[str],
    how: options.BuildOptions,
    finish: "Callable[[SourceGraph, str], None]",
) -> int:
    """Build the graph of each article, *finish* it, and return how many failed or lack something.

    Raises:
        ProvenanceError: One failed without ``--keep-going``.
    """
    failed = 0
    for number, name in enumerate(names, 1):
        try:
            with noted(f"{number}/{len(names)} {shortened(name, 60)}", len(names) > 1):
                record, whole = _build(name, how)
            finish(record, name)
            failed += not whole
        except ProvenanceError as error:
            if not how.keep_going:
                raise
            complain(error)
            failed += 1
        except Exception as error:  # a bug has its traceback, but must not end the others
            if not how.keep_going:
                raise
            complain(fault(name, error))
            failed += 1
    return failed


def _build(name: str, how: options.BuildOptions) -> "tuple[SourceGraph, bool]":
    """Return the graph of an article, and whether it has everything that its reading says."""
    from provenance.articles import given_day
    from provenance.articles.encodings import LOST
    from provenance.pipeline import build_record, correct

    article = _article(name, how.force, how.private)
    if how.published is not None:
        article = given_day(article, how.published)
    if unread := article.text.count(LOST):
        why = f"{plural(unread, 'sign')} could not be read, for which U+FFFD stands"
        say(f"{shortened(name, 200)}: {why}", err=True)
    if article.lacks:
        say(f"{shortened(name, 200)}: {article.lacks}", err=True)
    whole = True
    if how.reading is not None:
        record, whole = annotating.build_read(article, name, how.reading, how.keep_going)
    else:
        record = build_record(
            article,
            extractor=how.extractor,
            registry=how.registry,
            min_score=how.min_score,
            force=how.force,
            asking=how.asking,
        )
        if record.run.left_out:
            why = f"left out {plural(record.run.left_out, 'thing')} that the model said"
            say(f"{shortened(name, 200)}: {why}: not in the text, or against the rules", err=True)
    if name == STDIN or is_address(name):
        return record, whole
    record, lost = correct(record, Path(name))
    for one, why in lost:
        complain(ProvenanceError(f"correction {one.id} of {name} no longer applies: {why}"))
    return record, whole


def _article(name: str, force: bool, private: bool) -> "Article":
    """Return the article from standard input, at an address or in a file."""
    from provenance.articles import LARGEST, parse_article, read_article

    if name == STDIN:
        return parse_article(read_stdin(LARGEST + 1), "stdin", force=force)
    if not is_address(name):
        if name.lower().endswith(_ARCHIVES):
            raise ArticleError(f"cannot read {name}: it may hold many articles, --store takes it")
        return read_article(Path(name), force=force)
    from provenance.articles.corpus import read_item
    from provenance.articles.corpus.fetching import fetch
    from provenance.model import Item

    found = fetch(name, private=private)
    if isinstance(found, Item):
        return read_item(found, force=force)
    raise ArticleError(found.reason)


def _report(
    record: "SourceGraph", files: Sequence[Path], how: options.BuildOptions, *, several: bool
) -> None:
    if how.quiet:
        return
    from provenance.cli.summary import one_line, summary
    from provenance.cli.terminal import print_all

    print_all([one_line(record, files)] if several and not how.verbose else summary(record, files))
