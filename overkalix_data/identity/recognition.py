"""Which project is which when a page has been edited: two lists of wordings → matches, and the doubts said aloud.

The rule, in full: the same words are the same project. Else a project is matched where its likeness to one old
project is at least `LIKE` of 100, and at least `CLEAR` above that to any other, seen from both sides. In doubt
nothing is matched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from overkalix_data.base.wording import fold
from overkalix_data.identity.shingles import Shingles

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
    """Old project (its place; None: a new one), how it was found (list `match`), likeness of 100, and the old ones
    in question."""

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
    latest = [wordings[-1] for wordings in old]
    same = _same(new, old)
    matches = {**same, **_alike(new, old, same)}
    by_name = _places_of(wording.name for wording in latest)
    swapped = [_swapped(new[n], latest, by_name, matches.get(n, Match(None, "new"))) for n in range(len(new))]
    return _merged_or_split(new, latest, swapped)


def _places_of(texts: Iterable[str]) -> Mapping[str, list[int]]:
    """Text → where it stands."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[text].append(place)
    return places


def _same(new: Sequence[Wording], old: Sequence[Sequence[Wording]]) -> dict[int, Match]:
    """The same words: by title too, then the latest wording, then any; of texts that stand twice by their order."""
    earlier: dict[str, list[int]] = defaultdict(list)
    for o, wordings in enumerate(old):
        for words in {wording.words for wording in wordings[:-1]}:
            earlier[words].append(o)
    matches: dict[int, Match] = {}
    taken: set[int] = set()
    by_new = _places_of(wording.words for wording in new)
    for by_old in (_places_of(wordings[-1].words for wordings in old), earlier):
        for words, news in by_new.items():
            olds = by_old.get(words, [])
            is_doubtful = len(olds) > 1 and len(olds) != len(news)
            free_new, free_old = [n for n in news if n not in matches], [o for o in olds if o not in taken]
            names = {new[n].name for n in free_new} & {old[o][-1].name for o in free_old} - {""}
            news_of = _places_of(new[n].name if new[n].name in names else "" for n in free_new)
            olds_of = _places_of(old[o][-1].name if old[o][-1].name in names else "" for o in free_old)
            for name, places in news_of.items():
                is_twin = is_doubtful and not name
                for n, o in zip(places, olds_of.get(name, []), strict=False):
                    matches[free_new[n]] = Match(
                        free_old[o], "twin" if is_twin else "same", 100, tuple(olds) if is_twin else ()
                    )
                    taken.add(free_old[o])
    return matches


def _alike(new: Sequence[Wording], old: Sequence[Sequence[Wording]], same: Mapping[int, Match]) -> dict[int, Match]:
    """Likeness, among those left: matched where both sides agree and no other comes near."""
    taken = {match.old for match in same.values()}
    of_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    of_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    news, olds = [n for n in range(len(new)) if n not in same], [o for o in range(len(old)) if o not in taken]
    for (n, o), score in _scores(new, old, news, olds).items():
        of_new[n].append((score, o))
        of_old[o].append((score, n))
    by_words = _places_of(wordings[-1].words for wordings in old)
    matches = {}
    for n, scores in of_new.items():
        best, o = max(scores)
        rivals = [p for score, p in scores if p != o and best - score < CLEAR]
        twins = by_words[old[o][-1].words]
        if rivals or any(m != n and best - score < CLEAR for score, m in of_old[o]):
            matches[n] = Match(None, "ambiguous", round(best), tuple(sorted([o, *rivals])))
        elif len(twins) > 1:
            matches[n] = Match(o, "twin", round(best), tuple(twins))
        else:
            matches[n] = Match(o, "reworded", round(best))
    return matches


def _scores(
    new: Sequence[Wording], old: Sequence[Sequence[Wording]], news: Iterable[int], olds: Sequence[int]
) -> dict[tuple[int, int], float]:
    """The likeness of each pair that reaches `LIKE`, by the old project's most alike wording."""
    olds_of, wordings = [o for o in olds for _ in old[o]], [wording for o in olds for wording in old[o]]
    by_name = _places_of(wording.name for wording in wordings)
    in_order, in_any = [w.words for w in wordings], [w.sorted_words for w in wordings]
    shingles = Shingles(in_order)
    scores: dict[tuple[int, int], float] = {}
    for n in news if olds else ():
        near = [(100.0, place) for place in by_name.get(new[n].name, [])] if new[n].name else []
        places = shingles.alike(new[n].words)
        for text, texts in ((new[n].words, in_order), (new[n].sorted_words, in_any)):
            # A scorer of the library's own, never a function of ours: it stops counting at the threshold.
            alike = process.extract(text, [texts[p] for p in places], scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
            near += [(score, places[nth]) for _, score, nth in alike]
        for score, place in near:
            pair = (n, olds_of[place])
            scores[pair] = max(score, scores.get(pair, 0.0))
    return scores


def _swapped(wording: Wording, latest: Sequence[Wording], by_name: Mapping[str, list[int]], match: Match) -> Match:
    """The text says one old project and the title another: matched by its text, and told."""
    if match.old is None or not wording.name or wording.name == latest[match.old].name:
        return match
    others = by_name.get(wording.name, [])
    return replace(match, code="swapped", candidates=(match.old, *others)) if others else match


def _merged_or_split(new: Sequence[Wording], latest: Sequence[Wording], matches: list[Match]) -> list[Match]:
    """An old text that is gone but stands inside a new one, or a new one that stood inside an old: told."""
    unsure = [n for n, match in enumerate(matches) if match.code != "same"]
    kept = sorted({match.old for match in matches if match.old is not None})
    gone = sorted(set(range(len(latest))).difference(kept))
    inside = _held([latest[o].words for o in gone], [new[n].words for n in unsure])
    fresh = [n for n in unsure if matches[n].code == "new"]
    around = _held([new[n].words for n in fresh], [latest[o].words for o in kept])
    parts: dict[int, list[int]] = defaultdict(list)
    wholes: dict[int, list[int]] = defaultdict(list)
    for part, whole in inside:
        parts[unsure[whole]].append(gone[part])
    for part, whole in around:
        wholes[fresh[part]].append(kept[whole])
    return [_retold(match, parts[n], wholes[n]) for n, match in enumerate(matches)]


def _retold(match: Match, parts: Sequence[int], wholes: Sequence[int]) -> Match:
    """The match with the old projects that stand in its text, or whose texts it stood in."""
    parts = [o for o in parts if o not in match.candidates]
    if len(parts) > (match.old is None):
        return replace(
            match, code="merged", candidates=tuple(sorted([*parts, *([] if match.old is None else [match.old])]))
        )
    if match.code != "new":
        return match
    return replace(match, code="split" if wholes else "new", candidates=tuple(wholes or parts))


def _held(parts: Sequence[str], wholes: Sequence[str]) -> list[tuple[int, int]]:
    """Which part is held in which whole, by their places."""
    if not (parts and wholes):  # without an earlier list there is nothing to be held
        return []
    shingles = Shingles(wholes)
    return [
        (place, whole)
        for place, part in enumerate(parts)
        if len(part) >= SHORTEST_HELD
        for whole in shingles.holding(part)
        if len(part) < len(wholes[whole]) and fuzz.partial_ratio(part, wholes[whole], score_cutoff=HELD)
    ]
