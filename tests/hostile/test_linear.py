"""No pattern takes time that grows faster than the text: characters looked at are counted, not seconds.

A run of one sign is what makes a pattern slow: tried at each character of the run, it reads the rest of the run again.
So each pattern of the package is tried in the middle of runs of two lengths, and at their beginning: the one attempt
may cost no more for the longer run, the other no more than its length.
"""

import ast
import importlib
import re
import sys
import threading
from collections.abc import Iterator
from typing import SupportsIndex

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import pattern
from overkalix_data.reading.grant_orders import grant_in
from overkalix_data.values import amount, funder, place, told_addresses, told_numbers
from tests.conftest import ROOT
from tests.made.regex_steps import Counted, TooManyError

PACKAGE = ROOT / "overkalix_data"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
SIGNS = "#*\\` \u00a0\u2003\t\n-–1aA.,;:()@|/+'\"&=<[_%•…"
RUNS = [*SIGNS, *(f"a{s}" for s in SIGNS if not s.isalnum()), *(f"{s} " for s in ",.:-|("), "Aa", "Ab ", "070-",
        "070 ", "1.", "1,", "1 ", "och ", "ab och ", " \n", "\r\n", "2024-", "&#", "A-", "A. "]  # fmt: skip
SHORT, LONG = 300, 600
ENOUGH = 300
"""Steps that an attempt may take however long the run is: a bound in a pattern is reached by then."""
MOST = 15_000
BEFORE = "x: "
ENDS = "§a1@"


def static_patterns(room: str) -> Iterator[tuple[str, str, int, bool]]:
    """Each pattern written in a room: its name, itself, its flags, and whether it may begin anywhere in a text."""
    for file in sorted((PACKAGE / room).rglob("*.py")):
        code = file.read_text(encoding="utf-8")
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
            verb = (
                call.func.attr if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "re" else ""
            )
            first = call.args[0] if call.args else None
            if (
                verb not in ("", "compile", "escape")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield f"{name}:{call.lineno}", first.value, 0, verb not in ("match", "fullmatch")
        for key, value in vars(importlib.import_module(name)).items() if "re.compile" in code else ():
            if not re.search(rf"(?m)^(?:{key}\b|.*, {key}\b.* = )", code):
                continue  # imported
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    verbs = set(re.findall(rf"\b{key}\.(\w+)\(", code))
                    yield f"{name}.{key}", one.pattern, one.flags, not verbs or not verbs <= {"match", "fullmatch"}


def made_patterns() -> Iterator[tuple[str, str, int, bool]]:
    """The patterns that are made of the lists: of every form of words one, and those that are built of several."""
    lists = lists_for()
    words = {row["words"] for terms in vars(lists).values() if isinstance(terms, Terms) for row in terms.rows}
    shapes = {re.sub(r"(?:\w+ ?)+", "ab", word) for word in words}
    assert len(shapes) > 20
    for shape in [*sorted(shape for shape in shapes if not shape.startswith("…")), "… ab …"]:
        yield f"words {shape}", pattern(shape).pattern, re.IGNORECASE, True
    addresses = (
        *told_addresses._forms(),
        told_addresses._maybe(),
        told_addresses._streets(),
        told_addresses._odd_sign(),
        *told_numbers._words(),
    )
    for form in (amount._in_text(lists), funder.leads(lists), place._names(lists), *addresses):
        yield form.pattern[:60], form.pattern, form.flags, True


def slow_runs(form: str, flags: int, anywhere: bool) -> list[str]:
    """The runs in which the pattern takes time that grows faster than the text."""
    counted = Counted(form, flags)

    def wasted(text: str, at: int) -> int:
        """The steps of an attempt there, but for what it takes to read on over that which matches."""
        steps, end = counted.attempt(text, at, MOST)
        return max(steps - 20 * (end - at if end else 0), 0)

    def is_slow(run: str, end: str) -> bool:
        short, long = (f"{BEFORE}{run * (length // len(run))}{end}" for length in (SHORT, LONG))
        middle = len(BEFORE) + SHORT // 2 // len(run) * len(run)
        try:
            if any(wasted(long, at) > 3 * wasted(short, at) + ENOUGH for at in (0, len(BEFORE))):
                return True
            costly = [at for at in range(middle, middle + len(run)) if anywhere and wasted(short, at) > ENOUGH]
            return any(wasted(long, at) > 2.2 * wasted(short, at) for at in costly)
        except TooManyError:
            return True

    alike = counted.alike("".join(RUNS) + ENDS)
    different = {(run.translate(alike), end.translate(alike)): (run, end) for run in RUNS for end in ENDS}
    return [run + end for run, end in different.values() if is_slow(run, end)]


class Copied(str):
    """A text that counts the characters that are copied out of it, and out of what is made of it."""

    count = 0

    def __getitem__(self, at: SupportsIndex | slice) -> "Copied":
        return self._copied(super().__getitem__(at))

    def __add__(self, more: str) -> "Copied":
        return self._copied(super().__add__(more))

    @classmethod
    def _copied(cls, made: str) -> "Copied":
        cls.count += len(made)
        return cls(made)


def test_very_many_amounts_on_one_line_are_taken_out_of_it_in_one_pass() -> None:
    def copied(amounts: int) -> int:
        line, Copied.count = Copied("Harsta IF får 1 000 kr, " + "1 000 kr, " * amounts), 0
        assert grant_in(line, 0, len(line), lists_for()) is None
        return Copied.count

    assert 2000 < copied(400) < 2.2 * copied(200)


def in_a_deep_stack(work: object) -> None:
    """A match of many steps is as many calls inside each other."""
    before, failed = sys.getrecursionlimit(), list[BaseException]()

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)

    sys.setrecursionlimit(100_000)
    size = threading.stack_size(256 * 2**20)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    threading.stack_size(size)
    sys.setrecursionlimit(before)
    if failed:
        raise failed[0]


@pytest.mark.parametrize("room", [*ROOMS, "lists"])
def test_patterns_are_linear(room: str) -> None:
    def count() -> None:
        forms = list(made_patterns() if room == "lists" else static_patterns(room))
        slow = {name: runs for name, form, flags, anywhere in forms if (runs := slow_runs(form, flags, anywhere))}
        assert slow == {}

    in_a_deep_stack(count)


@pytest.mark.parametrize("form", [r"\s*,", r"(?:a+)+b", r"[\w.]+@", r"\s*\n\s*$"])
def test_the_count_finds_what_is_slow(form: str) -> None:
    slow = list[str]()
    in_a_deep_stack(lambda: slow.extend(slow_runs(form, 0, True)))
    assert slow
