"""Tables of layers, rooms and decisions, from the tests' layers, the docstrings and the pages."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "provenance"
LAYERS = ROOT / "tests" / "house" / "test_architecture.py"


def layers() -> list[list[str]]:
    """Return the parts of each layer, from the lowest, as the test of layers has them."""
    for node in ast.parse(LAYERS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LAYERS":
            return [sorted(layer) for layer in ast.literal_eval(node.value)]
    raise LookupError(f"no LAYERS in {LAYERS}")


def within(part: str) -> list[str]:
    """Return the names of the rooms within the room *part*, such as ``graph.reader``."""
    return [f"{part}.{path.parent.name}" for path in sorted(PACKAGE.glob(f"{part}/*/__init__.py"))]


def sentence(part: str) -> str:
    """Return the first line of what *part* says of itself."""
    folder = PACKAGE / part.replace(".", "/") / "__init__.py"
    path = folder if folder.exists() else PACKAGE / f"{part}.py"
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]


def layer_table() -> str:
    """Return the table of CONTRIBUTING.md."""
    rows = [f"| {n} | {', '.join(f'`{p}`' for p in ps)} |" for n, ps in enumerate(layers())]
    return "\n".join(["| layer | parts |", "| --- | --- |", *reversed(rows)]) + "\n"


def room_table() -> str:
    """Return the table of docs/architecture.md."""
    parts = [p for layer in reversed(layers()) for part in layer for p in (part, *within(part))]
    rows = [f"| `{part}` | {sentence(part).replace('|', chr(92) + '|')} |" for part in parts]
    return "\n".join(["| room | what it is for |", "| --- | --- |", *rows]) + "\n"


def with_table(page: str, table: str) -> str:
    """Return *page* with *table* in place of the one that has the same head."""
    head = table.partition("\n")[0]
    return re.sub(rf"^{re.escape(head)}\n(?:\|.*\n)+", lambda _: table, page, count=1, flags=re.M)


def decisions() -> str:
    """Return docs/decisions/README.md with every decision by number."""
    folder = ROOT / "docs" / "decisions"
    rows = []
    for path in sorted(folder.glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0]
        number, _, name = title.removeprefix("# ").partition(". ")
        rows.append(f"| {number} | [{name}]({path.name}) |")
    table = "\n".join(["| number | decision |", "| --- | --- |", *rows]) + "\n"
    return with_table((folder / "README.md").read_text(encoding="utf-8"), table)


def contributing() -> str:
    """Return CONTRIBUTING.md with the layers as they are."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return with_table(page, layer_table())


def architecture() -> str:
    """Return docs/architecture.md with the rooms as they are."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return with_table(page, room_table())
