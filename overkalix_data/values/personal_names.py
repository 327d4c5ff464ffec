"""Persons' names in a text, in every spelling: `Ekgren, Britta`, `B. Ekgren`, `britta-ekgren`, `Ekgrens`."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from overkalix_data.base.lists import lists_for
from overkalix_data.base.spans import Span
from overkalix_data.values.disguise import readable

Word = tuple[str, int, int]
"""A folded word and where it stands."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"(?:[^\w<>@?!]|_){1,5}")
"""What may stand between the words of one name: two signs as in `Ek, E.`, a line break, the brackets of a nickname."""
_WITHIN = re.compile(r"-\n? ?")
"""Parts a word that does not fit on its line."""
_PARTED = re.compile(rf"(?<![^\W_])([^\W_]++){_WITHIN.pattern}(?=([^\W_]++))")
"""Two words so parted, which may be one."""
_DIGITS = "0123456789"
"""Behind a name in an address: `britta.ekgren2`."""
_SPELT_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_-]{1,2}){3,60}[^\W\d_](?![^\W_])")
"""Every letter on its own."""
_MARKS = "@/_=~#"
"""Before a word of an address, or a name on a site, where a surname has no capital."""
_SPELLINGS = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "Å": "Aa", "Ä": "Ae", "Ö": "Oe", "ø": "oe", "æ": "ae"})
_SMALL = 3
"""Letters of a word that is no name of its own: `de`, `van`, an initial."""
_HANDLE = 6
"""Letters of an initial and a surname written together that are no other word (`sek`)."""


@dataclass(frozen=True)
class Name:
    """A person's name, folded: `given` may be empty; `alone`: its surname tells the person without it."""

    given: str
    surname: tuple[str, ...]
    alone: bool = True


class KnownNames:
    """The names to look for. `others`, of organisations and places, stay readable where they hold a surname."""

    def __init__(self, names: Collection[str], others: Collection[str]) -> None:
        people = list(dict.fromkeys(name for text in names for name in _names(text)))
        self._by_surname: dict[str, list[Name]] = {}
        self._initials: dict[str, set[str]] = {}
        self._surnames: dict[str, set[str]] = {}
        for name in people:
            self._by_surname.setdefault(name.surname[0], []).append(name)
            self._initials.setdefault(name.given, set()).add(name.surname[0][0])
            self._surnames.setdefault(name.given, set()).update(_nearly("".join(name.surname)))
        whole = [(name.given, "".join(name.surname)) for name in people if name.given]
        self._handles = {handle for given, surname in whole for handle in (given + surname, surname + given)}
        self._short = {given[0] + surname for given, surname in whole}
        self._marked = {given + surname[0] for given, surname in whole}
        self._spelt = {*self._handles, *(surname for _, surname in whole)}
        begin = {*self._by_surname, *filter(None, self._initials), *self._handles, *self._short, *self._marked}
        self._first = begin | {f"{word}s" for word in begin}
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
        yield from (m.span() for m in _SPELT_OUT.finditer(folded) if self._is_spelt(m[0]))
        seen = {*_WORD.findall(folded), *(a + b for a, b in _PARTED.findall(folded))}
        asked = {word for word in seen if word in self._first or word.rstrip(_DIGITS) in self._first}
        words = self._words(folded) if asked else []
        for at, (word, start, end) in enumerate(words):
            if word not in asked:
                continue
            if self._is_handle(word.rstrip(_DIGITS), start, text):
                yield start, end
            if self._initials.get(word) and (last := self._initial_after(at, words, text)):
                yield start, last
            for name in (*self._by_surname.get(word, ()), *self._by_surname.get(_stem(word), ())):
                if (span := self._of(name, at, words, text)) and not self._is_in_other(at, words):
                    yield span

    def _words(self, folded: str) -> list[Word]:
        """The words of a text; a surname that is parted at a line's end is one."""
        words: list[Word] = []
        for m in _WORD.finditer(folded):
            if words and folded[words[-1][2]] == "-" and _WITHIN.fullmatch(folded, words[-1][2], m.start()):
                before, start, _ = words[-1]
                if before + m[0] in self._by_surname or _stem(before + m[0]) in self._by_surname:
                    words[-1] = (before + m[0], start, m.end())
                    continue
            words.append((m[0], *m.span()))
        return words

    def _is_spelt(self, letters: str) -> bool:
        word = "".join(_WORD.findall(letters)).replace("_", "")
        return word in self._spelt or _stem(word) in self._spelt

    def _is_handle(self, word: str, start: int, text: str) -> bool:
        if word in self._handles or _stem(word) in self._handles:
            return True
        is_marked = start > 0 and text[start - 1] in _MARKS
        if is_marked and word in self._marked:
            return True
        return word in self._short and (is_marked or len(word) >= _HANDLE) and word not in self._places

    def _initial_after(self, at: int, words: list[Word], text: str) -> int | None:
        """Where `Britta E` ends: a given name, and of the surname its first letter; or one that is nearly it."""
        word, start, end = words[at + 1] if at + 1 < len(words) else ("", 0, 0)
        given, gap = words[at][0], text[words[at][2] : start]
        if gap not in (" ", "_") or not text[start].isupper() or not text[words[at][1]].isupper():
            return None
        is_initial = len(word) == 1 and not re.match(r"-|\w| \d", text[end : end + 2]) and word in self._initials[given]
        return end if is_initial or not self._surnames[given].isdisjoint(_nearly(word)) else None

    def _of(self, name: Name, at: int, words: list[Word], text: str) -> Span | None:
        """The span of a name whose surname begins at a word: with given name or initial, or alone with a capital."""
        last = at + len(name.surname) - 1
        if last >= len(words) or not all(
            w == s or (n == len(name.surname) - 1 and _stem(w) == s)
            for n, (s, (w, _, _)) in enumerate(zip(name.surname, words[at : last + 1], strict=True))
        ):
            return None
        start, end = words[at][1], words[last][2]
        before = _before(name.given, at, words, text) if name.given else None
        after = _after(name.given, last, words, text) if name.given else None
        if before is not None or after is not None:
            return words[at if before is None else before][1], words[last if after is None else after][2]
        is_alone = name.alone and (len(name.surname) > 1 or words[at][0] not in self._places)
        marked = start > 0 and text[start - 1] in _MARKS
        return (
            (start, end)
            if is_alone and (text[words[last][1]].isupper() or marked or _is_apart(text, start, end))
            else None
        )

    def _is_in_other(self, at: int, words: list[Word]) -> bool:
        """Whether the word stands in the name of an organisation or a place of several words, or begins the end of one:
        `Ekgrens minne` is Stiftelsen Ekgrens minne."""
        for other in self._in_others.get(words[at][0], ()):
            for n in (n for n, word in enumerate(other) if word == words[at][0]):
                behind = tuple(w for w, _, _ in words[at : at + len(other) - n]) == other[n:]
                before = tuple(w for w, _, _ in words[max(at - n, 0) : at]) == other[:n]
                if behind and (before or n < len(other) - 1):
                    return True
        return False


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether nothing but the name stands there: alone, or in a list."""
    before, after = text[max(start - 3, 0) : start].rstrip(" ")[-1:], text[end : end + 3].lstrip(" ")[:1]
    return (before in ";·:|\n" if before else start <= 2) and after in ("", *".;·|\n")


def is_person(name: str) -> bool:
    """Whether a contact's name is a person's; an office, an association and a company are none."""
    lists = lists_for()
    offices = lists.contact_words.by("kind")["organisation"]
    return bool(name.strip()) and not (offices.search(name) or lists.organisation_forms.search(name))


def is_first_name(name: str) -> bool:
    """Whether the first of the words is a first name in use."""
    return name.split()[0].rstrip(".").casefold() in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in lists_for().first_names)


def _names(text: str) -> Iterator[Name]:
    """`Jan van der Berg` → given `jan`, surname `van der berg`; with its given name also `berg`; one word is a surname.

    Å, ä and ö are written `aa`, `ae` and `oe` too.
    """
    if not is_person(text):
        return
    seen = readable(text).text
    for spelt in dict.fromkeys((seen, seen.translate(_SPELLINGS))):
        words = [parts for word in spelt.split() if (parts := _WORD.findall(_folded(word)))]
        if not words:
            continue
        small = next((n for n in range(1, len(words) - 1) if _is_small(text.split(), n)), len(words) - 1)
        given, surname = words[0][0] if len(words) > 1 else "", tuple(part for word in words[small:] for part in word)
        yield Name(given, surname)
        if given and len(surname) > 1:
            yield Name(given, ("".join(surname),))
            yield from (Name(given, (part,), alone=False) for part in surname if len(part) > _SMALL)


def _is_small(words: list[str], at: int) -> bool:
    return at < len(words) and words[at].islower() and len(words[at]) <= _SMALL


def _before(given: str, at: int, words: list[Word], text: str) -> int | None:
    """The word at which a name begins whose surname is at a word: the given name, or an initial of it; three other
    names may be between."""
    first, only_small = None, True
    for n in range(at - 1, max(at - 5, -1), -1):
        word, start, end = words[n]
        if not _GAP.fullmatch(text, end, words[n + 1][1]):
            break
        if word == given:
            return n
        if only_small and _is_initial(given, word, text[start].isupper(), text[end : words[n + 1][1]]):
            first = n
        only_small &= len(word) <= _SMALL
        if not (text[start].isupper() or len(word) <= _SMALL or n == at - 1):
            break
    return first


def _after(given: str, last: int, words: list[Word], text: str) -> int | None:
    """The word at which a name ends whose surname ends at a word: the given name or an initial, and initials more."""
    last_word = None
    for n in range(last + 1, min(last + 4, len(words))):
        (word, start, end), gap = words[n], text[words[n - 1][2] : words[n][1]]
        if not _GAP.fullmatch(gap):
            break
        is_upper = text[start].isupper()
        if last_word is None:
            is_told = "," in gap or " " not in gap or text.startswith(".", end)
            if not (_stem(word) == given or word == given or (is_told and _is_initial(given, word, is_upper, gap))):
                break
        elif not (is_upper and len(word) == 1):
            break
        last_word = n
    return last_word


def _is_initial(given: str, word: str, is_upper: bool, gap: str) -> bool:
    """Whether a word is the beginning of a given name or an initial: `B`, `Br`, `BM`, and in addresses `b`."""
    return len(word) <= _SMALL and word[0] == given[0] and (is_upper or (len(word) == 1 and gap in ("-", "_", ".")))


def _nearly(word: str) -> set[str]:
    """A word, and what is left of it without one letter: two that share one differ in a letter, `Eckgren` and Ekgren,
    or in two that have changed places. None of a short word, which is nearly too many."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))} if len(word) >= _HANDLE - 1 else set()


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
_FIGURES = str.maketrans("0134578€®$", "oieastbers")
_FIGURE_IN_WORD = re.compile(r"(?<=[^\W\d_])[0134578€®$](?=[^\W\d_])|(?<![^\W_])[013458](?=[^\W\d_]{2})")


def _folded(text: str) -> str:
    """Lower case without accents, a letter for each figure that stands for one in a word; as many characters."""
    return _FIGURE_IN_WORD.sub(lambda m: m[0].translate(_FIGURES), text.translate(_LETTERS))
