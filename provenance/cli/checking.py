"""What ``prov check`` says."""

from provenance import conformance
from provenance.cli.terminal import clean, plural
from provenance.model import Article


def verdict(data: bytes, name: str, article: Article | None) -> tuple[list[str], bool]:
    """Return a line for each finding, one that sums up, and whether the graphs in *data* hold.

    Raises:
        RecordError: *data* is no graph of ours.
    """
    found = conformance.check(data, article=article, name=name)
    lines = [
        f"{one.severity.value}: {clean(one.message)} [{clean(one.rule)}] {clean(one.node)}"
        for one in found
    ]
    broken = sum(one.severity is conformance.Severity.VIOLATION for one in found)
    warned = len(found) - broken
    said = [plural(broken, "violation")] if broken else ["holds"]
    if article is not None and not broken:
        said.append(f"every quote stands in {clean(article.name)}")
    if warned:
        said.append(plural(warned, "warning"))
    return [*lines, f"{clean(name)}: {', '.join(said)}"], not broken
