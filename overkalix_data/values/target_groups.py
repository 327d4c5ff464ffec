"""A target-group field → the groups it names, each with its category (contract §4, rule 7)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.codelist import codelist
from overkalix_data.base.phrases import Phrases
from overkalix_data.base.wording import DASHES, REMEMBERED, squeeze

PREPOSITIONS = frozenset(["i", "på", "inom", "från", "utanför", "med", "för", "av", "som", "till", "bland"])
_JOINT = re.compile(r"[,;•]|(?:\r?\n[ \t\u00a0]*){2,}|\.(?=\s|$)|(?<=\s)(?:och|samt|&)(?=\s)")
_BRACKETS = re.compile(r"\([^()]*\)")
_AGES = re.compile(r"mellan\s+\d+\s+och\s+\d+")


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


def split_target_groups(text: str) -> list[Group]:
    """The groups of a field in its order; offsets count characters of `text`.

    Adjectives joined by `och` are one group with their noun, words in brackets specify the group before them, and
    `och` inside a group's own description does not split it.
    """
    groups: list[Group] = []
    for piece in _joined(text, _pieces(text)):
        words = squeeze(text[piece.start : piece.end])
        if words:
            name = _with_head(words, groups[-1].name) if groups and _first(words) in PREPOSITIONS else words
            groups.append(Group(name[:1].upper() + name[1:], category(name), piece.start, piece.end))
    return groups


@lru_cache(maxsize=REMEMBERED)
def category(words: str) -> str:
    """The category of the first word of the codelist that a group's name holds; empty where it holds none."""
    best: tuple[int, int, str] | None = None
    for form, code in _categories().near(words):
        for m in form.finditer(words):
            if m[0].casefold() in _adjectives() and re.match(r"\s+\w", words[m.end() :]):
                continue
            rank = (m.start(), -len(m[0]), code)
            best = min(best, rank) if best else rank
    return best[2] if best else ""


def _pieces(text: str) -> list[_Piece]:
    inside = [m.span() for form in (_BRACKETS, _AGES) for m in form.finditer(text)]
    pieces, at, soft = [], 0, False
    for joint in _JOINT.finditer(text):
        if any(a < joint.start() < b for a, b in inside):
            continue
        pieces.append(_trimmed(text, at, joint.start(), soft))
        at, soft = joint.end(), joint[0].isalpha() or joint[0] == "&"
    pieces.append(_trimmed(text, at, len(text), soft))
    return [p for p in pieces if p.end > p.start]


def _joined(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Puts back together what a joint cut inside one group."""
    kept: list[_Piece] = []
    for piece in reversed(pieces):
        words, after = squeeze(text[piece.start : piece.end]), kept[-1] if kept else None
        if after and (words.endswith(tuple(DASHES)) or _describes(words, squeeze(text[after.start : after.end]))):
            kept[-1] = _Piece(piece.start, after.end, piece.soft)
        else:
            kept.append(piece)
    groups: list[_Piece] = []
    for piece in reversed(kept):
        words = squeeze(text[piece.start : piece.end])
        before = squeeze(text[groups[-1].start : groups[-1].end]) if groups else ""
        elliptic = _first(words) in PREPOSITIONS
        if groups and (
            (elliptic and not _has_word(before, _first(words)))
            or (piece.soft and not category(words) and category(before) and _describing(before))
        ):
            groups[-1] = _Piece(groups[-1].start, piece.end, groups[-1].soft)
        else:
            groups.append(piece)
    return groups


def _describing(words: str) -> bool:
    """Whether a group's name has a preposition: `Anställda inom vård` may go on with `och omsorg`, `Restauranger` not."""
    return any(w in PREPOSITIONS for w in words.casefold().split())


def _describes(words: str, after: str) -> bool:
    """`lokala` before `regionala aktörer`: nothing but adjectives, and the next piece is an adjective with its noun."""
    adjectives = _adjectives()
    only = all(w.casefold() in adjectives for w in words.split())
    following = after.casefold().split()
    return only and len(following) > 1 and following[0] in adjectives and following[-1] not in adjectives


def _with_head(words: str, before: str) -> str:
    """`i privata företag` after `Anställda i Överkalix kommun`: the head `Anställda` serves both."""
    head, found, _ = before.partition(f" {_first(words)} ")
    return f"{head} {words}" if found else words


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text.casefold()} "


def _first(words: str) -> str:
    return words.split()[0].casefold() if words.split() else ""


def _trimmed(text: str, start: int, end: int, soft: bool) -> _Piece:
    piece = text[start:end]
    return _Piece(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), soft)


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in codelist("adjectives"))


@cache
def _categories() -> Phrases[str]:
    rows = codelist("target_group_words", "words", "category_code")
    return Phrases((row["words"], row["category_code"]) for row in rows)
