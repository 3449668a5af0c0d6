"""Find the rules of extraction, resolution and graph, and switch them off: see rules.py."""

import ast
import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
PARTS: Final = ("extraction", "resolution", "graph")


@dataclass(slots=True)
class Rule:
    """A function, and one way of switching it off.

    Attributes:
        off: Python that it is to return: its arguments are `a`, by name `k`.
        word: "yes" or "no", of a condition.
        acts: Whether it returns nothing, and changes what it is given.
        fired: The numbers of the articles in which it returns anything else.
    """

    name: str
    function: FunctionType
    off: str
    word: str = ""
    acts: bool = False
    fired: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        """How it is called in the table."""
        return f"{self.name} ({self.word})" if self.word else self.name


def find_rules() -> Iterator[Rule]:
    """Yield every rule that can be switched off, in the order of the modules."""
    for part in PARTS:
        for path in sorted((ROOT / "provenance" / part).glob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = importlib.import_module(name.removesuffix(".__init__"))
            tree = ast.parse(path.read_text(encoding="utf-8"))
            holders = [(module, "", tree.body)]
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    holders.append((getattr(module, node.name), f"{node.name}.", node.body))
            for holder, prefix, body in holders:
                for node in body:
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
                        found = vars(holder).get(node.name)
                        if isinstance(found, FunctionType) and not node.decorator_list:
                            title = f"{part}.{path.stem}.{prefix}{node.name}"
                            yield from _ways(title, found, node)


def _plain(annotation: ast.expr | None) -> str:
    text = ast.unparse(annotation) if annotation else ""
    return text.strip("\"'").replace('"', "").replace("'", "").replace("Spans", "tuple[Span]")


def _ways(title: str, function: FunctionType, node: ast.FunctionDef) -> Iterator[Rule]:
    """Yield the ways of switching off the function that *node* defines."""
    out = _plain(node.returns)
    given = [(n, arg.arg, _plain(arg.annotation)) for n, arg in enumerate(node.args.args)]
    if title in _ALONE:
        yield Rule(title, function, _ALONE[title])
    elif out == "bool":
        yield Rule(title, function, "False", "no")
        yield Rule(title, function, "True", "yes")
    elif out == "None" or out.endswith("| None"):
        yield Rule(title, function, "None", acts=out == "None")
    elif out == "str":
        yield Rule(title, function, "''")
    elif out.partition("[")[0] in _EMPTY:
        yield from (Rule(title, function, off) for off in _without_some(out, given))
    else:
        same = next((f"k.get({name!r}) or a[{n}]" for n, name, t in given if t == out), None)
        yield from (Rule(title, function, off) for off in filter(None, [same]))


def _without_some(out: str, given: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Yield what a function of several things returns that takes none out, or that finds none."""
    outer, inner = _taken_apart(out)
    for n, name, type_ in given:
        if _taken_apart(type_)[0] in _EMPTY and _taken_apart(type_)[1] == inner:
            shape = "iter" if outer == "Iterator" else outer.lower()
            yield f"{shape}(k[{name!r}] if {name!r} in k else a[{n}])"
            return
    if outer != "tuple" or "," not in inner:
        yield _EMPTY[outer]


def _taken_apart(type_: str) -> tuple[str, str]:
    outer, _, inner = type_.partition("[")
    return outer, inner.removesuffix("]").removesuffix(", ...")


_EMPTY: Final = {
    "Iterator": "iter(())",
    "Iterable": "()",
    "Sequence": "()",
    "list": "[]",
    "tuple": "()",
    "set": "set()",
    "frozenset": "frozenset()",
    "dict": "{}",
    "Mapping": "{}",
}


_ALONE: Final = {
    "extraction.continuation.continue_quotations": "[]",
    "extraction.correspondence.find_correspondence": "(list(a[2]), [])",
    "extraction.phrases.conjuncts": "[a[0]]",
    "extraction.silence.without_acts": "(tuple(a[1]), set())",
}
"""What some return when they are switched off that their types do not tell."""


def code_of(source: str) -> CodeType:
    """Return the code of a function of `a` and `k` that returns *source*."""
    space: dict[str, Any] = {}
    exec(f"def off(*a, **k):\n    return {source}", space)
    code: CodeType = space["off"].__code__
    return code


@contextmanager
def switched(changes: Sequence[tuple[FunctionType, CodeType]]) -> Iterator[None]:
    """Let each function do what its code says, wherever it is called from."""
    before = [(f, f.__code__, f.__defaults__, f.__kwdefaults__) for f, _ in changes]
    for function, code in changes:
        function.__defaults__ = function.__kwdefaults__ = None
        function.__code__ = code
    try:
        yield
    finally:
        for function, code, defaults, by_name in before:
            function.__code__, function.__defaults__ = code, defaults
            function.__kwdefaults__ = by_name
