"""``prov build --engine spark``: very many articles on a cluster."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from provenance.cli.storing import columns, settings_of
from provenance.cli.terminal import complain, noted, plural, say
from provenance.errors import EngineError, ProvenanceError
from provenance.files import check_no_user

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def build_on_cluster(
    out: str, articles: Sequence[str], how: Mapping[str, Any], keep_going: bool
) -> int:
    """Build the graphs of *articles* into the folder *out*, and return the exit status.

    Raises:
        EngineError: Some failed, and *keep_going* is false; the others are done all the same.
    """
    from uuid import uuid4

    from provenance.engines.spark import session
    from provenance.gathering.cluster import build
    from provenance.gathering.scattered import Job

    for name in (out, *articles, how["master"] or ""):
        check_no_user(name)
    where = out if _ADDRESS.match(out) else str(Path(out).absolute())
    job = Job(
        names=articles,
        fields=columns(how["fields"]),
        settings=settings_of(how, keep_going),
        out=where.rstrip("/"),
        run=uuid4().hex,
        partitions=how["partitions"],
        private=how["private"],
    )
    with session(how["master"]) as spark, noted("working on the cluster", not how["quiet"]):
        totals = build(spark, job)
    for failure in totals.failures:
        complain(ProvenanceError(failure.reason))
    if totals.failed > len(totals.failures):
        more = totals.failed - len(totals.failures)
        complain(ProvenanceError(f"and {plural(more, 'more failure')}: see {out}/failures"))
    if not how["quiet"]:
        for line in totals.passed:
            say(line, err=True)
        done = [plural(totals.built, "article") + " built"]
        done += [f"{totals.kept:,} already there"] if totals.kept else []
        done += [f"{totals.failed:,} failed"] if totals.failed else []
        say(f"{out}: {', '.join(done)}", err=True)
    if totals.failed and not keep_going:
        raise EngineError(f"{plural(totals.failed, 'article')} failed, --keep-going allows it")
    return 1 if totals.failed else 0
