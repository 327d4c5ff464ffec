"""How many characters a pattern looks at: `re` as Python's own matcher does it (backtracking), step by step.

A clock says nothing on a machine with other work; this counts. The parse tree is Python's own (`re._parser`).
"""

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

ONE = {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY}
CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
NEGATED = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}


class TooManyError(Exception):
    """More characters were looked at than are allowed."""


class Counted:
    """A pattern whose steps are counted."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.tree = parser.parse(pattern, flags & ~re.DEBUG)
        self.flags = self.tree.state.flags
        self.steps = self.most = 0
        self.fits = dict[tuple[int, str, int], bool]()

    def attempt(self, text: str, at: int, most: int) -> tuple[int, int | None]:
        """The steps of a match that begins there, and where it ends; TooManyError where they are more than allowed."""
        self.text, self.groups, self.steps, self.most = text, dict[int, tuple[int, int]](), 0, most
        end = next(self._run(self.tree.data, 0, at, self.flags), None)
        return self.steps, end

    def alike(self, chars: str) -> dict[int, int]:
        """Each sign → the first that no part of the pattern tells from it: in a text the one takes as many steps."""
        parts = {str(part): part for part in self._parts(self.tree.data, self.flags)}.values()
        first = dict[tuple[object, ...], int]()
        return {
            ord(char): first.setdefault(tuple(self._told(part, char, flags) for part, flags in parts), ord(char))
            for char in chars
        }

    def _parts(self, nodes: list[Any], flags: int) -> Iterator[tuple[tuple[Any, Any], int]]:
        """What of the pattern looks at a sign, with the flags that hold there."""
        for kind, given in nodes:
            if kind in ONE or kind in (op.AT, op.GROUPREF):
                yield (kind, given), flags
            elif kind is op.SUBPATTERN:
                _, added, taken, inner = given
                yield from self._parts(inner.data, (flags | added) & ~taken)
            else:
                several = given[1] if kind is op.BRANCH else given if isinstance(given, tuple) else [given]
                for inner in (one for one in several if isinstance(one, parser.SubPattern)):
                    yield from self._parts(inner.data, flags)

    def _told(self, part: tuple[Any, Any], char: str, flags: int) -> object:
        """What a part of the pattern sees of a sign."""
        if part[0] is op.GROUPREF:
            return char
        return (
            (char == "\n", CATEGORIES[op.CATEGORY_WORD](char)) if part[0] is op.AT else self._holds(part, char, flags)
        )

    def _step(self, number: int = 1) -> None:
        self.steps += number
        if self.steps > self.most:
            raise TooManyError

    def _run(self, nodes: list[Any], n: int, at: int, flags: int) -> Iterator[int]:
        while n < len(nodes) and nodes[n][0] in ONE:  # the usual case, without a generator for each
            self._step()
            if not self._is(nodes[n], at, flags):
                return
            n, at = n + 1, at + 1
        if n == len(nodes):
            yield at
            return
        for end in self._node(nodes[n], at, flags):
            yield from self._run(nodes, n + 1, end, flags)

    def _node(self, node: tuple[Any, Any], at: int, flags: int) -> Iterator[int]:
        kind, given = node
        if kind is op.SUBPATTERN:
            number, added, taken, inner = given
            before = self.groups.get(number)
            for end in self._run(inner.data, 0, at, (flags | added) & ~taken):
                if number is not None:
                    self.groups[number] = (at, end)
                yield end
            if before:
                self.groups[number] = before
            else:
                self.groups.pop(number, None)
        elif kind is op.BRANCH:
            for inner in given[1]:
                yield from self._run(inner.data, 0, at, flags)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = given
            ends = self._repeat(inner.data, least, most, at, flags, kind is op.MIN_REPEAT)
            if kind is op.POSSESSIVE_REPEAT:
                ends = iter([end] if (end := next(ends, None)) is not None else [])
            yield from ends
        elif kind is op.ATOMIC_GROUP:
            if (end := next(self._run(given.data, 0, at, flags), None)) is not None:
                yield end
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            direction, inner = given
            start = at - inner.getwidth()[0] if direction < 0 else at
            holds = start >= 0 and any(direction > 0 or e == at for e in self._run(inner.data, 0, start, flags))
            if holds == (kind is op.ASSERT):
                yield at
        elif kind is op.AT:
            self._step()
            if self._at(given, at, flags):
                yield at
        elif kind is op.GROUPREF:
            words = self.text[slice(*self.groups[given])] if given in self.groups else None
            self._step()
            if words is not None and self.text.startswith(words, at):
                yield at + len(words)
        elif kind is op.GROUPREF_EXISTS:
            number, then, otherwise = given
            inner = then if number in self.groups else otherwise
            yield from self._run(inner.data if inner else [], 0, at, flags)
        else:
            raise NotImplementedError(kind)

    def _repeat(self, inner: list[Any], least: int, most: int, at: int, flags: int, lazy: bool) -> Iterator[int]:
        if len(inner) == 1 and inner[0][0] in ONE:
            end = at
            if lazy:
                while True:
                    if end - at >= least:
                        yield end
                    self._step()
                    if end - at >= most or not self._is(inner[0], end, flags):
                        return
                    end += 1
            while end - at < most and self._is(inner[0], end, flags):
                self._step()
                end += 1
            self._step()
            for back in range(end, at + least - 1, -1):
                self._step()
                yield back
            return
        yield from self._several(inner, least, most, at, flags, lazy)

    def _several(self, inner: list[Any], least: int, most: int, at: int, flags: int, lazy: bool) -> Iterator[int]:
        self._step()
        if lazy and least <= 0:
            yield at
        if most > 0:
            for end in self._run(inner, 0, at, flags):
                if end > at or least > 0:
                    yield from self._several(inner, least - 1, most - 1, end, flags, lazy)
        if not lazy and least <= 0:
            yield at

    def _is(self, node: tuple[Any, Any], at: int, flags: int) -> bool:
        if not 0 <= at < len(self.text):
            return False
        key = id(node), self.text[at], flags & (re.IGNORECASE | re.DOTALL)
        if key not in self.fits:
            self.fits[key] = self._holds(node, self.text[at], flags)
        return self.fits[key]

    def _holds(self, node: tuple[Any, Any], char: str, flags: int) -> bool:
        kind, given = node
        forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
        if kind is op.ANY:
            return bool(flags & re.DOTALL) or char != "\n"
        if kind is op.LITERAL:
            return any(ord(form) == given for form in forms if len(form) == 1)
        if kind is op.NOT_LITERAL:
            return all(ord(form) != given for form in forms if len(form) == 1)
        negated = given[0][0] is op.NEGATE
        return any(self._one_of(form, given[negated:]) for form in forms if len(form) == 1) != negated

    def _one_of(self, char: str, members: list[Any]) -> bool:
        for kind, given in members:
            if kind is op.LITERAL and ord(char) == given:
                return True
            if kind is op.RANGE and given[0] <= ord(char) <= given[1]:
                return True
            if kind is op.CATEGORY and self._of_category(char, given):
                return True
        return False

    def _of_category(self, char: str, category: Any) -> bool:
        if category in NEGATED:
            return not CATEGORIES[NEGATED[category]](char)
        return bool(CATEGORIES[category](char))

    def _at(self, place: Any, at: int, flags: int) -> bool:
        text = self.text
        if place is op.AT_BEGINNING:
            return at == 0 or bool(flags & re.MULTILINE and text[at - 1] == "\n")
        if place is op.AT_BEGINNING_STRING:
            return at == 0
        if place is op.AT_END:
            return text[at:] in ("", "\n") or bool(flags & re.MULTILINE and text[at] == "\n")
        if place is op.AT_END_STRING:
            return at == len(text)
        word = CATEGORIES[op.CATEGORY_WORD]
        is_edge = (at > 0 and word(text[at - 1])) != (at < len(text) and word(text[at]))
        return is_edge == (place is op.AT_BOUNDARY)
