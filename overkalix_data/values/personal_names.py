"""Persons' names in a text, in every spelling: `Ekgren, Britta`, `B. Ekgren`, `britta-ekgren`, `Ekgrens`."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span
from overkalix_data.values.disguise import readable

Word = tuple[str, int, int]
"""A folded word and where it stands."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \n,.+_'’-]{1,3}")
"""What may stand between the words of one name; two of them, as in `Ek, E.`, and a line break."""
_ADDRESS_MARK = re.compile(r"[@/._-]")

FEW = 100
"""So many surnames are looked for as they are before a text is taken apart into words."""


@dataclass(frozen=True)
class Name:
    """A person's name, folded: `given` may be empty."""

    given: str
    surname: tuple[str, ...]


class KnownNames:
    """The names to look for. `others`, of organisations and places, stay readable where they hold a surname."""

    def __init__(self, names: Collection[str], others: Collection[str]) -> None:
        people = [name for text in names if (name := _name(text))]
        self._by_surname: dict[str, list[Name]] = {}
        for name in people:
            self._by_surname.setdefault(name.surname[0], []).append(name)
        self._handles = {start + "".join(n.surname) for n in people if n.given for start in (n.given, n.given[0])}
        self._others = {_folded(text) for text in others}
        words = [tuple(_WORD.findall(text)) for text in self._others]
        self._places = {word for one in words if len(one) == 1 for word in one}
        self._in_others: dict[str, list[tuple[str, ...]]] = {}
        for several in words:
            for word in several if len(several) > 1 else ():
                self._in_others.setdefault(word, []).append(several)

    def is_other(self, name: str) -> bool:
        """Whether a name is that of one of the organisations and places."""
        return _folded(name) in self._others

    def spans(self, text: str) -> Iterator[Span]:
        """Where the names stand in a readable text; two spellings of one place may overlap."""
        if not self._by_surname:
            return
        folded = _folded(text)
        if len(self._by_surname) < FEW and not any(surname in folded for surname in self._by_surname):
            return
        words = [(m[0], *m.span()) for m in _WORD.finditer(folded)]
        for at, (word, start, end) in enumerate(words):
            if _stem(word) in self._handles or word in self._handles:
                yield start, end
            for name in (*self._by_surname.get(word, ()), *self._by_surname.get(_stem(word), ())):
                if (span := self._of(name, at, words, text)) and not self._is_in_other(at, words):
                    yield span

    def _of(self, name: Name, at: int, words: list[Word], text: str) -> Span | None:
        """The span of a name whose surname begins at a word: with given name or initial, or alone with a capital."""
        last = at + len(name.surname) - 1
        if last >= len(words) or not all(
            w == s or (n == len(name.surname) - 1 and _stem(w) == s)
            for n, (s, (w, _, _)) in enumerate(zip(name.surname, words[at : last + 1], strict=True))
        ):
            return None
        start, end = words[at][1], words[last][2]
        before = _before(name.given, at, words, text)
        after = last + 1 if last + 1 < len(words) and _is_given(name.given, words, last + 1, text, end) else None
        if before is not None:
            return words[before][1], end
        if after is not None:
            return start, words[after][2]
        is_alone = len(name.surname) > 1 or words[at][0] not in self._places
        marked = start > 0 and _ADDRESS_MARK.match(text[start - 1]) and not text[start - 1 :].startswith(("-", "."))
        return (start, end) if is_alone and (text[start].isupper() or marked) else None

    def _is_in_other(self, at: int, words: list[Word]) -> bool:
        """Whether the word stands in the name of an organisation or a place of several words."""
        for other in self._in_others.get(words[at][0], ()):
            for first in range(max(at - len(other) + 1, 0), at + 1):
                if tuple(w for w, _, _ in words[first : first + len(other)]) == other:
                    return True
        return False


def is_person(name: str) -> bool:
    """Whether a contact's name is a person's; an office, an association and a company are none."""
    lists = lists_for()
    offices = lists.contact_words.by("kind")["organisation"]
    return bool(name.strip()) and not (offices.search(name) or lists.organisation_forms.search(name))


def _name(text: str) -> Name | None:
    """`Jan van der Berg` → given `jan`, surname `van der berg`; one word is a surname."""
    words = [m[0] for m in _WORD.finditer(_folded(readable(text).text))]
    if not words or not is_person(text):
        return None
    spaced = [[m[0] for m in _WORD.finditer(w)] for w in _folded(readable(text).text).split()]
    spaced = [w for w in spaced if w]
    small = next((n for n in range(1, len(spaced) - 1) if _is_small(text.split(), n)), len(spaced) - 1)
    return Name(spaced[0][0] if len(spaced) > 1 else "", tuple(word for w in spaced[small:] for word in w))


def _is_small(words: list[str], at: int) -> bool:
    return at < len(words) and words[at].islower() and len(words[at]) <= 3


def _before(given: str, at: int, words: list[Word], text: str) -> int | None:
    """The word at which the name begins, a given name or an initial before the surname; one word may be between."""
    for back in (1, 2):
        first = at - back
        if first < 0 or not _GAP.fullmatch(text, words[first][2], words[first + 1][1]):
            return None
        if given and words[first][0] == given:
            return first
        if back == 1 and given and words[first][0] == given[0] and text[words[first][1]].isupper():
            return first
    return None


def _is_given(given: str, words: list[Word], at: int, text: str, end: int) -> bool:
    word, start, _ = words[at]
    gap = text[end:start]
    if not given or not _GAP.fullmatch(gap):
        return False
    return _stem(word) == given or word == given or (word == given[0] and "," in gap and text[start].isupper())


def _stem(word: str) -> str:
    """A word without the s of its genitive."""
    return word[:-1] if word.endswith("s") else word


class _Letters(dict[int, str]):
    """Code point → the letter without case and accent; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = plain if len(plain) == 1 else chr(code)
        return self[code]


_LETTERS = _Letters()


def _folded(text: str) -> str:
    """Lower case without accents, character for character."""
    return text.translate(_LETTERS)
