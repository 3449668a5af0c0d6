"""Lists of words of the language stand in TOML files, where a reader can argue with them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.places import ROOT

PACKAGE = ROOT / "provenance"
READING = ("analysis", "extraction", "graph", "resolution", "view")
"""The parts that look for words in what an article says."""
MODULES = sorted(path for part in READING for path in (PACKAGE / part).rglob("*.py"))
LISTS = sorted(PACKAGE.rglob("*.toml"))
LABELS = """
ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj
csubjpass dative dep det dobj expl iobj mark neg nmod npadvmod nsubj nsubjpass nummod oprd
parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl tmod xcomp
"""  # how the parser says that one word hangs on another
OURS = """
artefact document held record origin target device giver intransitive object subject possessive
oblique from out of
country metonym name type day week label arrows independent unknown circular
"""  # places and classes of frames, columns, kinds, keys of records
ENDINGS = "ss us is s ches shes sses xes ied ies self selves"
NO_WORDS = frozenset(f"{LABELS} {OURS} {ENDINGS}".split())


def inline(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Yield the sets of two strings or more that *tree* spells out, and what is compared with such.

    Each with its line.
    """
    for node in ast.walk(tree):
        found: list[ast.expr] = []
        if isinstance(node, ast.Set):
            found = [node]
        elif isinstance(node, ast.Compare):
            found = node.comparators
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("set", "swith")):
            found = node.args
        for one in found:
            if isinstance(one, ast.Set | ast.Tuple | ast.List):
                values = [e.value for e in one.elts if isinstance(e, ast.Constant)]
                strings = [value for value in values if isinstance(value, str)]
                if len(strings) > 1:
                    yield one.lineno, strings


def words_of_language(strings: list[str]) -> list[str]:
    """Return the words in *strings* that are no label, no name of ours and no ending."""
    words = [word for one in strings for word in re.findall(r"[A-Za-z]+", one)]
    return [word for word in words if word not in NO_WORDS and not re.fullmatch("[A-Z]{2,}", word)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_set_in_code_holds_words_of_the_language(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {line: words_of_language(strings) for line, strings in inline(tree)}
    assert {line: words for line, words in found.items() if words} == {}


def test_a_set_of_words_would_be_found() -> None:
    code = 'X = {"he", "she"}\nword in ("by", "in")\nname.startswith(("a ", "an "))\n'
    code += 'frozenset(["yes", "no"])\ntoken.dep_ in {"nsubj", "dobj"}\ntag in {"VBD", "VBN"}\n'
    found = {line: words_of_language(strings) for line, strings in inline(ast.parse(code))}
    assert [line for line, words in sorted(found.items()) if words] == [1, 2, 3, 4]


def test_word_lists_have_one_loader() -> None:
    sources = PACKAGE.rglob("*.py")
    loaders = [path for path in sources if "tomllib" in path.read_text(encoding="utf-8")]
    assert loaders == [PACKAGE / "common" / "wordlists.py"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_list_names_a_word_twice(path: Path) -> None:
    def twice(table: object, at: str) -> Iterator[str]:
        if isinstance(table, dict):
            for key, value in table.items():
                yield from twice(value, f"{at}.{key}")
        elif isinstance(table, list) and all(isinstance(one, str) for one in table):
            yield from (f"{at}: {one}" for one in sorted({o for o in table if table.count(o) > 1}))

    assert list(twice(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)) == []


def test_every_list_of_the_lexicon_is_read() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = re.findall(r'words\(\s*"\w+", f?"([^"]+)"', code) + re.findall(r'"(\w+)"', code)
    forms = re.compile("|".join(re.sub(r"\{[^}]*\}", r"\\w+", name) for name in set(named)))
    file = PACKAGE / "extraction" / "lexicon.toml"
    for table, lists in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert [name for name in lists if not forms.fullmatch(name)] == [], table
