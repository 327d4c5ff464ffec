"""The words of a list looked up in a text: one of their words first, the exact pattern only where that one stands."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from overkalix_data.base.codelist import Row
from overkalix_data.base.wording import expression, fold, pattern, variants

_TOKEN = re.compile(r"\w+")
SHORT = 1_000
"""Characters of a text whose words are kept: many lists are looked for in the same line, one after the other."""
_OPEN = "*…"
"""Signs of a pattern that stand for any characters: a word beside `*` may go on there."""
_SIGNS = re.compile(f"[{_OPEN}]")


class Hit(NamedTuple):
    """A row of a list, and the place in a text that its words match."""

    row: Row
    match: re.Match[str]


class Terms:
    """A list whose column `words` is looked for in texts (`wording.pattern`), by the verbs of `re`.

    Where several rows match, the first of the list counts.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._parts: dict[str, dict[str, Terms]] = {}

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self.rows)

    def near(self, text: str) -> Iterator[tuple[re.Pattern[str], Row]]:
        """The rows whose words may stand in the text, each with its pattern, in the list's order."""
        index, (folded, tokens) = self._index, _parsed(text) if len(text) <= SHORT else _parsed.__wrapped__(text)
        places = [place for part, place in index.within if part in folded]
        if not index.words.isdisjoint(tokens):
            for word in index.words & tokens:
                places += [place for place, whole in index.whole[word] if whole <= tokens]
        if not places:
            return iter(())
        return ((pattern(self.rows[place]["words"]), self.rows[place]) for place in sorted({*places}))

    def fullmatch(self, text: str) -> Hit | None:
        """The first row whose words are the whole text."""
        return next((Hit(row, m) for form, row in self._opening(text) if (m := form.fullmatch(text))), None)

    def match(self, text: str) -> Hit | None:
        """The first row whose words the text begins with."""
        return next((Hit(row, m) for form, row in self._opening(text) if (m := form.match(text))), None)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first row whose words stand in the text (or that part of it), and the first place where they do."""
        return next(self.each(text, start, end), None)

    def each(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Every row whose words stand in the text (or that part of it), with its first place, in the list's order."""
        stop = len(text) if end is None else end
        return (Hit(row, m) for form, row in self.near(text[start:stop]) if (m := form.search(text, start, stop)))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Every place of every row's words in the text (or that part of it), row by row."""
        stop = len(text) if end is None else end
        return (Hit(row, m) for form, row in self.near(text[start:stop]) for m in form.finditer(text, start, stop))

    def _opening(self, text: str, place: int = 0) -> Iterator[tuple[re.Pattern[str], Row]]:
        """The rows whose words may begin at that place of the text, each with its pattern, in the list's order."""
        if not (rows := self._index.beginning(self.first_word(text, place))):
            return iter(())
        # A long text is asked at many places: its words are not gathered anew for each.
        tokens = _parsed(text)[1] if len(text) <= SHORT else None
        fitting = (n for n, whole in rows if tokens is None or whole <= tokens)
        return ((pattern(self.rows[n]["words"]), self.rows[n]) for n in fitting)

    def first_word(self, text: str, place: int = 0) -> str:
        """The word at that place of the text, where words of the list begin with it; else empty."""
        token = _TOKEN.match(text, place)
        word = token[0].casefold() if token else ""
        return word if word in self._index.first else ""

    def beginning(self, word: str) -> list[Row]:
        """The rows whose words may begin with that word (`first_word`), in the list's order."""
        return [self.rows[n] for n in dict(self._index.beginning(word))]

    def at(self, text: str, place: int = 0) -> Hit | None:
        """The first row that begins at that place of the text, where its words begin with a letter or a figure."""
        rows = self._opening(text, place) if _TOKEN.match(text, place) else iter(())
        return next((Hit(row, m) for form, row in rows if (m := form.match(text, place))), None)

    def leftmost(self, text: str) -> Hit | None:
        """The row whose words begin first in the text; of several there the first of the list."""
        return next((hit for token in _TOKEN.finditer(text) if (hit := self.at(text, token.start()))), None)

    def same(self, text: str) -> Row | None:
        """The first row whose words are the text but for case, white space and final stops: no sign is a wildcard."""
        return self._by_fold.get(fold(text))

    def contained(self, text: str | Collection[str]) -> Row | None:
        """The first row whose words, letter for letter, stand in a text, or are one of several words."""
        return next((row for row in self.rows if row["words"] in text), None)

    def by(self, column: str) -> Mapping[str, "Terms"]:
        """The list parted by what stands in a column; a part without a row is there too, and matches nothing."""
        if column not in self._parts:
            parts = self._parts[column] = _Parts()
            for value in dict.fromkeys(row[column] for row in self.rows):
                parts[value] = Terms(row for row in self.rows if row[column] == value)
        return self._parts[column]

    @cached_property
    def longest_first(self) -> "Terms":
        """The same list, longest words first: a longer phrase is not taken for the one it begins with."""
        return Terms(sorted(self.rows, key=lambda row: -len(row["words"])))

    @cached_property
    def any_of(self) -> str:
        """One expression for all words, the longest first, to build into a pattern; of no words, none."""
        return "|".join(f"(?:{expression(row['words'])})" for row in self.longest_first.rows) or r"(?!)"

    @cached_property
    def _by_fold(self) -> dict[str, Row]:
        return {fold(row["words"]): row for row in reversed(self.rows)}


@lru_cache(maxsize=2**12)
def _parsed(text: str) -> tuple[str, frozenset[str]]:
    """The text without difference of case, and its words."""
    folded = text.casefold()
    return folded, frozenset(_TOKEN.findall(folded))


class _Parts(dict[str, Terms]):
    def __missing__(self, value: str) -> Terms:
        return Terms(())


class _Index:
    """By what a text must hold, the places of the rows that may match it; made when a list is first asked."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.whole: dict[str, list[tuple[int, frozenset[str]]]] = {}
        """A word that a text must hold → the rows that ask for it, each with all its whole words."""
        self.within: list[tuple[str, int]] = []
        """Characters that a text must hold somewhere → the row."""
        self.first: dict[str, list[tuple[int, frozenset[str]]]] = {}
        """The word that a match begins with → the rows, each with its whole words; under an empty one those that any
        may begin."""
        self._begun: dict[str, list[tuple[int, frozenset[str]]]] = {}
        written = ((place, words) for place, row in enumerate(rows) for words in variants(row["words"]))
        for place, words in written:
            whole, within, first = _keys(words)
            if whole:
                self.whole.setdefault(max(whole, key=len), []).append((place, whole))
            else:
                self.within.append((within, place))
            self.first.setdefault(first, []).append((place, whole))
        self.words = frozenset(self.whole)

    def beginning(self, word: str) -> list[tuple[int, frozenset[str]]]:
        """The rows that a text may begin with that begins with that word of `first`, or with none of them."""
        if word not in self._begun:
            rows = self.first.get(word, []) + (self.first.get("", []) if word else [])
            self._begun[word] = sorted(rows, key=itemgetter(0))
        return self._begun[word]


@cache
def _keys(words: str) -> tuple[frozenset[str], str, str]:
    """Of what matches: the words it holds whole, the longest part it holds, its first word; empty: none."""
    if not _SIGNS.search(words):  # as most are: nothing but words, each of them whole
        runs = [(word, True) for word in _TOKEN.findall(words.casefold())]
    else:
        runs = [(m[0].casefold(), _is_closed(words, m)) for m in _TOKEN.finditer(words)]
    whole = frozenset(run for run, closed in runs if closed)
    within = max((run for run, _ in runs), key=len, default="")
    return whole, within, runs[0][0] if runs and runs[0][1] and words[0].isalnum() else ""


def _is_closed(words: str, run: re.Match[str]) -> bool:
    """Whether a word of a pattern is a whole word of what matches: no open sign stands against it."""
    before, after = words[max(run.start() - 1, 0) : run.start()], words[run.end() : run.end() + 1]
    return not {before, after} & set(_OPEN)
