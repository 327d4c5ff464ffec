"""Which project is which when a page has been edited: two lists of wordings → matches, and the doubts said aloud.

The rule, in full: the same words are the same project. Else a project is matched where its likeness to one old project is at
least `LIKE` of 100, and at least `CLEAR` above that to any other, seen from both sides. In doubt nothing is matched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from overkalix_data.base.wording import fold

LIKE = 70
"""Of 100. On the real page two different projects reach 61 at most; a sentence with a few words changed keeps 70."""
CLEAR = 10
HELD = 90
"""The likeness of a text to the best part of another at which it is held in it: two projects merged, or one split."""
SHORTEST_HELD = 20
"""Characters: shorter texts are found in anything."""
SURE = frozenset({"same", "reworded", "first", "confirmed"})
"""The matches that leave no question to a person; the other codes of the list `match` each give a finding."""


@dataclass(frozen=True)
class Wording:
    """What tells a project: its title where it has one, and its text without funders, groups and contacts."""

    title: str
    text: str

    @cached_property
    def words(self) -> str:
        """The words alone, folded: white space, case and punctuation do not count."""
        return " ".join(re.findall(r"\w+", fold(self.text))) or self.name

    @cached_property
    def sorted_words(self) -> str:
        """The same words in the alphabet's order: what is alike when sentences have changed places."""
        return " ".join(sorted(self.words.split()))

    @cached_property
    def name(self) -> str:
        """The title folded."""
        return fold(self.title)


@dataclass(frozen=True)
class Match:
    """Old project (its place; None: a new one), how it was found (list `match`), likeness of 100, and the old ones in question."""

    old: int | None
    code: str
    likeness: int = 0
    candidates: tuple[int, ...] = ()


def likeness(one: Wording, other: Wording) -> float:
    """0–100: the same title counts as 100, else the words in their order, or in any order, whichever are more alike."""
    if one.name and one.name == other.name:
        return 100.0
    return max(fuzz.ratio(one.words, other.words), fuzz.ratio(one.sorted_words, other.sorted_words))


def match(new: Sequence[Wording], old: Sequence[Sequence[Wording]]) -> list[Match]:
    """For each new wording its old project; an old project has one or more wordings, the latest last."""
    found: dict[int, Match] = {}
    _match_same(new, old, found)
    _match_alike(new, old, found)
    matches = [found.get(n, Match(None, "new")) for n in range(len(new))]
    matches = [_swapped(new[n], old, m) for n, m in enumerate(matches)]
    return _merged_or_split(new, old, matches)


def _match_same(new: Sequence[Wording], old: Sequence[Sequence[Wording]], found: dict[int, Match]) -> None:
    """The same words: by the title too, then the latest wording, then any. Of texts that stand twice the order decides."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for o, wordings in enumerate(old):
        by_words[wordings[-1].words].append(o)
    earlier: dict[str, list[int]] = defaultdict(list)
    for o, wordings in enumerate(old):
        for words in {w.words for w in wordings[:-1]}:
            earlier[words].append(o)
    by_new: dict[str, list[int]] = defaultdict(list)
    for n, wording in enumerate(new):
        by_new[wording.words].append(n)
    taken: set[int] = set()
    for pool in (by_words, earlier):
        for words, news in by_new.items():
            olds = pool.get(words, [])
            doubt = len(olds) > 1 and len(olds) != len(news)
            free = [o for o in olds if o not in taken]
            open_ = [n for n in news if n not in found]
            named = [(n, o) for n in open_ for o in free if new[n].name and new[n].name == old[o][-1].name]
            rest = ([n for n in open_ if n not in dict(named)], [o for o in free if o not in {o for _, o in named}])
            for n, o in [*named, *zip(*rest, strict=False)]:
                if n in found or o in taken:
                    continue
                code = "twin" if doubt and (n, o) not in named else "same"
                found[n] = Match(o, code, 100, tuple(olds) if code == "twin" else ())
                taken.add(o)


def _match_alike(new: Sequence[Wording], old: Sequence[Sequence[Wording]], found: dict[int, Match]) -> None:
    """Likeness, among those left: matched where both sides agree and no other comes near."""
    taken = {m.old for m in found.values()}
    news, olds = [n for n in range(len(new)) if n not in found], [o for o in range(len(old)) if o not in taken]
    scores = _scores(new, old, news, olds)
    of_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    of_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (n, o), score in scores.items():
        of_new[n].append((score, o))
        of_old[o].append((score, n))
    for n, candidates in of_new.items():
        best, o = max(candidates)
        rivals = [p for s, p in candidates if p != o and best - s < CLEAR]
        if rivals or any(m != n and best - s < CLEAR for s, m in of_old[o]):
            found[n] = Match(None, "ambiguous", round(best), tuple(sorted([o, *rivals])))
        else:
            twins = [p for p in range(len(old)) if p != o and old[p][-1].words == old[o][-1].words]
            found[n] = Match(
                o, "twin" if twins else "reworded", round(best), tuple(sorted([o, *twins])) if twins else ()
            )


def _scores(
    new: Sequence[Wording], old: Sequence[Sequence[Wording]], news: Iterable[int], olds: Sequence[int]
) -> dict[tuple[int, int], float]:
    """The likeness of each pair that reaches `LIKE`, by the old project's most alike wording."""
    keys = [(o, wording) for o in olds for wording in old[o]]
    in_order, in_any = [w.words for _, w in keys], [w.sorted_words for _, w in keys]
    named: dict[str, list[int]] = defaultdict(list)
    for place, (_, wording) in enumerate(keys):
        if wording.name:
            named[wording.name].append(place)
    scores: dict[tuple[int, int], float] = {}
    for n in news:
        near = [(100.0, place) for place in named[new[n].name]] if new[n].name else []
        for words, choices in ((new[n].words, in_order), (new[n].sorted_words, in_any)):
            # A scorer of the library's own, never a function of ours: it stops counting at the threshold, a hundred times sooner.
            found = process.extract(words, choices, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
            near += [(score, place) for _, score, place in found]
        for score, place in near:
            pair = (n, keys[place][0])
            scores[pair] = max(score, scores.get(pair, 0.0))
    return scores


def _swapped(wording: Wording, old: Sequence[Sequence[Wording]], found: Match) -> Match:
    """The text says one old project and the title another: matched by its text, and told."""
    if found.old is None or not wording.name or wording.name == old[found.old][-1].name:
        return found
    others = [o for o, wordings in enumerate(old) if o != found.old and wordings[-1].name == wording.name]
    return replace(found, code="swapped", candidates=(found.old, *others)) if others else found


def _merged_or_split(new: Sequence[Wording], old: Sequence[Sequence[Wording]], matches: list[Match]) -> list[Match]:
    """An old text that is gone but stands inside a new one, or a new one that stood inside an old: told, never silent."""
    told = list(matches)
    gone = [o for o in range(len(old)) if o not in {m.old for m in matches}]
    for n, found in enumerate(matches):
        if found.code == "same":
            continue
        whole = new[n].words
        inside = [o for o in gone if o not in found.candidates and _held(old[o][-1].words, whole)]
        around = [
            o
            for o in range(len(old))
            if o != found.old and o not in gone and found.old is None and _held(whole, old[o][-1].words)
        ]
        if len(inside) > (found.old is None):
            told[n] = replace(
                found,
                code="merged",
                candidates=tuple(sorted({*inside, *([found.old] if found.old is not None else [])})),
            )
        elif around and found.code == "new":
            told[n] = replace(found, code="split", candidates=tuple(around))
        elif inside and found.code == "new":
            told[n] = replace(found, candidates=tuple(inside))
    return told


def _held(part: str, whole: str) -> bool:
    return SHORTEST_HELD <= len(part) < len(whole) and fuzz.partial_ratio(part, whole) >= HELD
