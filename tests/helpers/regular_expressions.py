"""The regular expressions of the package: where they stand, what they match, what is slow."""

import ast
import importlib
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from provenance.common.wordlists import read_tables
from tests.helpers.places import ROOT

MAKERS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
MIXTURES = 40
FAILS = ("\x01", "\n\x01", "")
"""What follows the repetitions, so that what was matched is tried again in all its ways."""


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CHARACTERS = (codes.LITERAL, codes.RANGE)


@dataclass(frozen=True)
class Expression:
    """A regular expression, where it stands, and in which ways it is used."""

    place: str
    pattern: str
    flags: int
    ways: frozenset[str]


# ---- finding them


@cache
def expressions() -> tuple[Expression, ...]:
    """Return every regular expression that sees input; training sees what was annotated for it."""
    found: list[Expression] = []
    for path in sorted((ROOT / "provenance").rglob("*.py")):
        if "training" not in path.parts:
            found.extend(_in_module(path))
    return tuple(found)


def module_of(path: Path) -> str:
    """Return the name of the module at *path*."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _in_module(path: Path) -> Iterator[Expression]:
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _maker(node)]
    if not calls:
        return
    name = module_of(path)
    names = dict(vars(importlib.import_module(name)))
    constants = {id(node): to for node, to in _constants(tree)}
    for call in calls:
        place = f"{name}:{call.lineno}"
        if ast.unparse(call.args[0]).startswith("'|'.join("):
            yield from _of_tables(place)
            continue
        ways = _ways(_maker(call), constants.get(id(call), ""), tree)
        yield Expression(place, *_compiled(call, names), ways)


def _of_tables(place: str) -> Iterator[Expression]:
    """Yield those of the lists of phrases, a line each; *place* is where they are joined."""
    assert place.startswith("provenance.articles.shapes:")
    ways = {"whole": "fullmatch", "starts": "match", "holds": "finditer"}
    tables = read_tables("provenance.articles", "furniture.toml")
    for name, table in tables.items():
        for key in ways.keys() & table.keys():
            for number, line in enumerate(table[key]):
                at = f"furniture.toml:{name}.{key}[{number}]"
                yield Expression(at, line, int(re.IGNORECASE), frozenset({ways[key]}))


def _maker(call: ast.Call) -> str:
    f = call.func
    if not (isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)):
        return ""
    return f.attr if f.value.id == "re" and f.attr in MAKERS else ""


def _constants(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.value, node.targets[0].id
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.value, node.target.id


def _compiled(call: ast.Call, names: Mapping[str, Any]) -> tuple[str, int]:
    """Return what *call* compiles; a part that only its caller knows is an "x"."""
    pattern = _value(call.args[0], names)
    given = [*call.args[1:], *(k.value for k in call.keywords if k.arg == "flags")]
    flags = [eval(ast.unparse(one), {"re": re}) for one in given if "re." in ast.unparse(one)]
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern, int(sum(flags))


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.JoinedStr):
        return "".join(_value(part, names) for part in node.values)
    if ast.unparse(node).startswith("re.escape("):
        return "x"
    if isinstance(node, ast.FormattedValue):
        if "re.escape" in ast.unparse(node.value):
            return "x"
        try:
            return str(eval(ast.unparse(node.value), dict(names)))
        except NameError:
            return "x"
    return eval(ast.unparse(node), dict(names))


def _ways(maker: str, constant: str, tree: ast.Module) -> frozenset[str]:
    """Return how an expression is used: by the call that makes it, or by all on its constant."""
    if maker != "compile":
        return frozenset({maker if maker in ("match", "fullmatch") else "finditer"})
    methods = {
        id(node.value): node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    uses = {
        methods.get(id(node), "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == constant and isinstance(node.ctx, ast.Load)
    }
    if not uses or not uses <= MAKERS:
        return frozenset({"match", "fullmatch", "finditer"})
    return frozenset(one if one in ("match", "fullmatch") else "finditer" for one in uses)


# ---- what they match


@dataclass(frozen=True)
class _Known:
    """The signs that an expression speaks of, and what each of its groups has matched."""

    signs: str
    groups: dict[int, str]


def attacks(pattern: str, flags: int) -> list[tuple[str, str]]:
    """Return what stands before and what is repeated: each part of the expression, and mixtures."""
    tree = list(parser.parse(pattern, flags))
    known = _Known(_signs(pattern), {})
    found: dict[tuple[str, str], None] = {}
    for before, part in _parts(tree, "", known):
        for said in filter(None, _samples(part, known)):
            found |= {("", said): None, (before, said): None}
    pieces = [said for _, said in found if len(said) < 20]
    draw = random.Random(len(pattern))
    for _ in range(MIXTURES if pieces else 0):
        found["", "".join(draw.choices(pieces, k=draw.randint(2, 4)))] = None
    return list(found)


def _signs(pattern: str) -> str:
    marks = (one for one in pattern if not one.isalnum() and one not in "|^$+(){}? ")
    return "".join(dict.fromkeys([*" aA0\n\x02", *marks]))[:14]


def _parts(nodes: list[Any], before: str, known: _Known) -> Iterator[tuple[str, list[Any]]]:
    """Yield the parts of *nodes*, alone and with those that follow, and a text to reach each."""
    yield before, nodes
    reached = before
    words = [list(run) for _, run in groupby(nodes, key=_is_literal)]
    pieces = [
        one for run in words for one in ([run] if _is_literal(run[0]) else [[n] for n in run])
    ]
    for place, piece in enumerate(pieces):
        for length in (1, 2, 3):
            yield reached, [node for one in pieces[place : place + length] for node in one]
        for inner in _inside(piece[0]):
            yield from _parts(inner, reached, known)
        reached += _samples(piece, known)[0]


def _is_literal(node: Any) -> bool:
    return node[0] is codes.LITERAL


def _inside(node: Any) -> list[list[Any]]:
    code, value = node
    if code in _REPEATS:
        return [list(value[2])]
    if code is codes.SUBPATTERN:
        return [list(value[3])]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    if code is codes.BRANCH:
        return [list(one) for one in value[1]]
    return []


def _samples(nodes: list[Any], known: _Known) -> list[str]:
    """Return a few texts that *nodes* match one after the other."""
    said = [""]
    for node in nodes:
        ways = _of_node(node, known) or [""]
        if len(said) * len(ways) <= 6:
            said = [a + b for a in said for b in ways]
        else:
            count = max(len(said), len(ways))
            said = [said[n % len(said)] + ways[n % len(ways)] for n in range(count)]
    return list(dict.fromkeys(said))[:8]


def _of_node(node: Any, known: _Known) -> list[str]:  # noqa: PLR0911
    code, value = node
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.ANY:
        return _of_set([(codes.NEGATE, None)], known)
    if code is codes.NOT_LITERAL:
        return _of_set([(codes.NEGATE, None), (codes.LITERAL, value)], known)
    if code is codes.IN:
        return _of_set(value, known)
    if code in _REPEATS:
        least, most, inner = value
        once = _samples(list(inner), known)
        counts = {max(least, 1), min(most, max(least, 1) + 1)}
        return [one * n for n in sorted(counts) for one in once]
    if code is codes.SUBPATTERN:
        known.groups[value[0]] = (said := _samples(list(value[3]), known))[0]
        return said
    if code is codes.ATOMIC_GROUP:
        return _samples(list(value), known)
    if code is codes.BRANCH:
        return [one for inner in value[1] for one in _samples(list(inner), known)[:2]][:40]
    return [known.groups.get(value, "")] if code is codes.GROUPREF else [""]


def _of_set(members: list[Any], known: _Known) -> list[str]:
    """Return some of the signs that a set of characters has."""
    negated = members[0][0] is codes.NEGATE
    held = [one for one in known.signs if _in_set(one, members) is not negated]
    first = [chr(v if c is codes.LITERAL else v[0]) for c, v in members if c in _CHARACTERS]
    return list(dict.fromkeys([*held, *([] if negated else first[:2])]))[:8]


def _in_set(sign: str, members: list[Any]) -> bool:
    kinds = {"DIGIT": sign.isdigit(), "SPACE": sign.isspace(), "WORD": sign.isalnum()}
    for code, value in members:
        if code is codes.LITERAL and ord(sign) == value:
            return True
        if code is codes.RANGE and value[0] <= ord(sign) <= value[1]:
            return True
        if code is codes.CATEGORY:
            is_not, kind = "NOT" in str(value), str(value).rsplit("_", 1)[1]
            if kinds[kind] is not is_not:
                return True
    return False
