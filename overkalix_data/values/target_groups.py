"""A target-group field → the groups it names, each with its category (contract §4, rule 7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.spans import joined, overlapping
from overkalix_data.base.wording import DASHES, REMEMBERED, squeeze

PREPOSITIONS = frozenset(["i", "på", "inom", "från", "utanför", "med", "för", "av", "som", "till", "bland"])
_JOINT = re.compile(r"[,;•]|(?:\r?\n[ \t\u00a0]*){2,}|\.(?=\s|$)|(?<=\s)(?:och|samt|&)(?=\s)")
_BRACKETS = re.compile(r"\([^()]*\)")
_AGES = re.compile(r"mellan\s+\d+\s+och\s+\d+")
_NEXT_WORD = re.compile(r"\s+\w")


@dataclass(frozen=True)
class Group:
    """A group as named. `name` has the head carried over where the field leaves it out; empty category = unknown."""

    name: str
    category_code: str
    start: int
    end: int


@dataclass
class _Piece:
    start: int
    end: int
    soft: bool
    """Joined to the piece before by `och` or `samt`, not by a comma or a stop."""

    def of(self, text: str) -> str:
        return squeeze(text[self.start : self.end])


@lru_cache(maxsize=REMEMBERED)
def split_target_groups(text: str, lists: Lists) -> Sequence[Group]:
    """The groups of a field in its order; offsets count characters of `text`.

    Adjectives joined by `och` are one group with their noun, words in brackets specify the group before them, and
    `och` inside a group's own description does not split it.
    """
    groups: list[Group] = []
    for piece in _joined(text, _pieces(text), lists):
        if re.search(r"\w", name := piece.of(text)):
            name = _with_head(name, groups[-1].name) if groups and _first(name) in PREPOSITIONS else name
            groups.append(Group(name[:1].upper() + name[1:], category(name, lists), piece.start, piece.end))
    return tuple(groups)


@lru_cache(maxsize=REMEMBERED)
def category(name: str, lists: Lists) -> str:
    """The category of the first word of the codelist that a group's name holds; empty where it holds none."""
    adjectives = _adjectives(lists)
    ranked = [
        (m.start(), -len(m[0]), row["category_code"])
        for row, m in lists.target_group_words.finditer(name)
        if m[0].casefold() not in adjectives or not _NEXT_WORD.match(name, m.end())
    ]
    return min(ranked)[2] if ranked else ""


LONGEST = 300
"""Characters of a group that joints have cut: what is longer is no name, and was looked at anew at each joint."""


def _pieces(text: str) -> list[_Piece]:
    inside = joined(m.span() for form in (_BRACKETS, _AGES) for m in form.finditer(text))
    pieces, at, soft = [], 0, False
    for joint in _JOINT.finditer(text):
        if overlapping(inside, joint.start(), joint.end()):
            continue
        pieces.append(_trimmed(text, at, joint.start(), soft))
        at, soft = joint.end(), joint[0].isalpha() or joint[0] == "&"
    pieces.append(_trimmed(text, at, len(text), soft))
    return [p for p in pieces if p.end > p.start]


def _joined(text: str, pieces: list[_Piece], lists: Lists) -> list[_Piece]:
    """Puts back together what a joint cut inside one group."""
    adjectives = _adjectives(lists)
    kept: list[_Piece] = []
    for piece in reversed(pieces):
        name, after = piece.of(text), kept[-1] if kept else None
        if (
            after
            and after.end - piece.start <= LONGEST
            and (name.endswith(tuple(DASHES)) or _describes(name, after.of(text), adjectives))
        ):
            kept[-1] = _Piece(piece.start, after.end, piece.soft)
        else:
            kept.append(piece)
    groups: list[_Piece] = []
    for piece in reversed(kept):
        name, before = piece.of(text), groups[-1].of(text) if groups else ""
        elliptic = _first(name) in PREPOSITIONS and not _has_word(before, _first(name))
        goes_on = piece.soft and not category(name, lists) and category(before, lists) and _describing(before)
        if groups and piece.end - groups[-1].start <= LONGEST and (elliptic or goes_on):
            groups[-1] = _Piece(groups[-1].start, piece.end, groups[-1].soft)
        else:
            groups.append(piece)
    return groups


def _describing(name: str) -> bool:
    """Whether a name has a preposition: `Anställda inom vård` may go on with `och omsorg`, `Restauranger` not."""
    return not PREPOSITIONS.isdisjoint(name.casefold().split())


def _describes(name: str, after: str, adjectives: frozenset[str]) -> bool:
    """`lokala`, `anställda i små` before `regionala aktörer`: an adjective last, and the next is one with its noun."""
    following = after.casefold().split()
    return (
        name.casefold().split()[-1] in adjectives
        and len(following) > 1
        and following[0] in adjectives
        and following[-1] not in adjectives
    )


def _with_head(name: str, before: str) -> str:
    """`i privata företag` after `Anställda i Överkalix kommun`: the head `Anställda` serves both."""
    head, preposition, _ = before.partition(f" {_first(name)} ")
    return f"{head} {name}" if preposition else name


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text.casefold()} "


def _first(name: str) -> str:
    return next(iter(name.casefold().split()), "")


def _trimmed(text: str, start: int, end: int, soft: bool) -> _Piece:
    piece = text[start:end]
    return _Piece(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), soft)


@cache
def _adjectives(lists: Lists) -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in lists.adjectives)
