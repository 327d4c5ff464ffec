"""The words of a list looked up in a text: a cheap test of one of their words first, the exact pattern only where it passes."""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from overkalix_data.base.wording import pattern, squeeze

Of = TypeVar("Of")
"""What the words stand for."""
_TOKEN = re.compile(r"\w+")
_OPEN = "*…"
"""Signs of a pattern that stand for any characters: a word beside `*` may go on there."""


class Phrases(Generic[Of]):
    """Words as a codelist writes them (`pattern`), each with what it stands for, in the order of the list."""

    def __init__(self, rows: Iterable[tuple[str, Of]]) -> None:
        self._rows = tuple(rows)
        self._whole: dict[str, list[int]] = {}
        """A word that a text must hold → the places of the rows that ask for it."""
        self._within: list[tuple[str, int]] = []
        """Characters that a text must hold somewhere → the place of the row."""
        self._first: dict[str, list[int]] = {}
        """The word that a match begins with → the places of the rows."""
        for place, (words, _) in enumerate(self._rows):
            whole, within, first = _keys(squeeze(words))
            if whole:
                self._whole.setdefault(whole, []).append(place)
            else:
                self._within.append((within, place))
            self._first.setdefault(first, []).append(place)

    def near(self, text: str) -> Iterator[tuple[re.Pattern[str], Of]]:
        """The patterns that may stand in the text, in the list's order."""
        folded = text.casefold()
        places = [place for part, place in self._within if part in folded]
        for word in self._whole.keys() & set(_TOKEN.findall(folded)):
            places += self._whole[word]
        for place in sorted(places):
            words, value = self._rows[place]
            yield pattern(words), value

    def within(self, text: str) -> tuple[re.Match[str], Of] | None:
        """The first row of the list that stands somewhere in the text."""
        return next(((m, value) for form, value in self.near(text) if (m := form.search(text))), None)

    def naming(self, text: str) -> Of | None:
        """What the text stands for where all of it is the words of a row, the first of the list; else None."""
        return next((value for form, value in self.near(text) if form.fullmatch(text)), None)

    def at(self, text: str, place: int = 0) -> re.Match[str] | None:
        """The first row of the list that begins at that place of the text. Its words must begin with a letter or a figure."""
        token = _TOKEN.match(text, place)
        rows = sorted(self._first.get(token[0].casefold(), []) + self._first.get("", [])) if token else ()
        return next((m for n in rows if (m := pattern(self._rows[n][0]).match(text, place))), None)

    def leftmost(self, text: str) -> re.Match[str] | None:
        """The match that begins first in the text; of several there the first of the list."""
        return next((m for token in _TOKEN.finditer(text) if (m := self.at(text, token.start()))), None)


def _keys(words: str) -> tuple[str, str, str]:
    """Of what matches: the longest word that it holds whole, the longest part that it holds, and the word that it begins with; empty: none."""
    runs = [(m[0].casefold(), _is_closed(words, m)) for m in _TOKEN.finditer(words)]
    whole = max((run for run, closed in runs if closed), key=len, default="")
    within = max((run for run, _ in runs), key=len, default="")
    return whole, within, runs[0][0] if runs and runs[0][1] and words[0].isalnum() else ""


def _is_closed(words: str, run: re.Match[str]) -> bool:
    """Whether a word of a pattern is a whole word of what matches: no open sign stands against it."""
    before, after = words[max(run.start() - 1, 0) : run.start()], words[run.end() : run.end() + 1]
    return not {before, after} & set(_OPEN)
