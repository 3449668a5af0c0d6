"""Write what the documentation takes from the program: ``python docs/make.py``.

That is the command reference, from what ``prov --help`` says, the page of the ontology, the
example in the README, the format of readings with its JSON Schema, the tables of the packages, and
the graphs and pages of the examples.
"""

import io
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path

import click
import rooms
import terms

from provenance.cli import main
from provenance.readings.form import schema, tables

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLES = ROOT / "examples"
READINGS = ROOT / "docs" / "readings.md"
SCHEMA = ROOT / "provenance" / "readings" / "reading.schema.json"
TABLES = re.compile(r"(?<=<!-- made by docs/make.py -->\n).*(?=<!-- end -->)", re.DOTALL)
FENCE = re.compile(r"```text\n.*?```\n", re.DOTALL)
INTRO = """# Command line

Made from `--help` by `python docs/make.py`; a test keeps them in step.

Results go to standard output, everything else to standard error. The exit
status is 0 when all is done, 1 when something could not be read, written or does not hold (one
line says what, which and why), 2 for wrong usage, 130 after Ctrl-C. Files are written whole or
not at all. Every option can be set in the environment too: `--min-score` of `prov build` is
`PROV_BUILD_MIN_SCORE`.

`prov` completes names of commands, options and formats in your shell once you have put one of
these into its start-up file:

    eval "$(_PROV_COMPLETE=bash_source prov)"          # ~/.bashrc
    eval "$(_PROV_COMPLETE=zsh_source prov)"           # ~/.zshrc
    _PROV_COMPLETE=fish_source prov | source           # ~/.config/fish/config.fish
"""


def reference() -> str:
    """Return the whole page."""
    commands = [[], *named(main)]
    sections = (f"\n## {' '.join(['prov', *c])}\n\n```text\n{help_of(c)}```\n" for c in commands)
    return INTRO + "".join(sections)


def named(group: click.Group) -> Iterator[list[str]]:
    """Yield the words of each command in *group* and in the groups within it."""
    for name, command in group.commands.items():
        yield [name]
        if isinstance(command, click.Group):
            yield from ([name, *words] for words in named(command))


def help_of(command: list[str]) -> str:
    """Return the help of *command*, as wide as on any terminal of 90 columns or more."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        main.main([*command, "--help"], "prov", standalone_mode=False, terminal_width=90)
    return printed.getvalue()


def example() -> str:
    """Return the first tree of custody that is printed of the README's example."""
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(printed):
        command = ["build", str(EXAMPLES / "pentagon-leak.txt"), "-o", folder]
        with suppress(SystemExit):
            main.main(command, "prov", standalone_mode=False)
    _, title, rest = printed.getvalue().partition("Custody\n")
    lines = rest.splitlines(keepends=True)
    last = next(number for number, line in enumerate(lines) if line.startswith("  └── "))
    return title + "".join(lines[: last + 1])


def readme() -> str:
    """Return the README with the example as it is printed now."""
    text = README.read_text(encoding="utf-8")
    return FENCE.sub(lambda _: f"```text\n{example()}```\n", text, count=1)


def readings() -> str:
    """Return the page on readings with the tables of their format."""
    text = READINGS.read_text(encoding="utf-8")
    return TABLES.sub(lambda _: f"\n{tables()}\n", text, count=1)


def reading_schema() -> str:
    """Return the JSON Schema of readings as it is shipped."""
    return json.dumps(schema(), indent=2) + "\n"


def build_examples() -> None:
    """Build the graph and the page of each example into examples/built."""
    articles = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".html"})
    command = ["build", *map(str, articles), "-o", str(EXAMPLES / "built"), "--quiet"]
    with suppress(SystemExit):
        main.main(command, "prov", standalone_mode=False)


if __name__ == "__main__":
    build_examples()
    (ROOT / "docs" / "cli.md").write_text(reference(), encoding="utf-8")
    (ROOT / "docs" / "ontology.html").write_text(terms.page(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")
    READINGS.write_text(readings(), encoding="utf-8")
    SCHEMA.write_text(reading_schema(), encoding="utf-8")
    (ROOT / "CONTRIBUTING.md").write_text(rooms.contributing(), encoding="utf-8")
    (ROOT / "docs" / "architecture.md").write_text(rooms.architecture(), encoding="utf-8")
    (ROOT / "docs" / "decisions" / "README.md").write_text(rooms.decisions(), encoding="utf-8")
