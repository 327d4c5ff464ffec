"""Who is who: readable ids for projects, opaque ids for contacts, one contact per person, the same text seen twice."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from overkalix_data.base.wording import fold, slug, squeeze
from overkalix_data.identity.told_project import ToldProject
from overkalix_data.values.person import Person

ID_WORDS, MOST_ID_WORDS = 5, 50
"""Words of an id, and of one that has more so as to differ from others."""


def new_ids(
    texts: Sequence[ToldProject], people: Iterable[Person] = (), taken: Mapping[str, str] | None = None
) -> list[str]:
    """One id a block, in order: the title's words, or the first telling words of its text; no personal data.

    `taken` are the ids that are given, each with the fingerprint of its text. Blocks with one and the same text
    get `-2`, `-3` …; blocks that only begin alike get more words.
    """
    private = {w for p in people if p.name for w in slug(p.name[0]).split("-")}
    given, ids = dict(taken or {}), []
    numbers_of: dict[str, count[int]] = {}
    for text in texts:
        words, print_ = [w for w in text.telling if not private & set(w.split("-"))], text.fingerprint
        most = min(len(words), MOST_ID_WORDS)
        names = ["-".join(words[:n]) for n in range(min(ID_WORDS, most), most + 1)]
        name = next((n or "projekt" for n in names if given.get(n, print_) == print_), names[-1] or "projekt")
        if name in given:
            numbers = numbers_of.setdefault(name, count(2))
            name = next(numbered for n in numbers if (numbered := f"{name}-{n}") not in given)
        ids.append(name)
        given[ids[-1]] = print_
    return ids


def duplicates(texts: Sequence[ToldProject]) -> dict[str, str]:
    """Project of a page → the first of its projects with the same text."""
    first: dict[str, str] = {}
    return {t.key: first[t.fingerprint] for t in texts if first.setdefault(t.fingerprint, t.key) != t.key}


def same_people(people: Sequence[Person]) -> list[list[int]]:
    """Which persons are one: the same e-mail, the same number and surname, or the same name (contract §4, rule 6).

    Gives groups of positions, in the page's order. A number that two surnames share is a switchboard, no person.
    """
    group = list(range(len(people)))

    def root(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    seen: dict[tuple[str, str], int] = {}
    for n, person in enumerate(people):
        for key in _identity(person):
            a, b = root(n), root(seen.setdefault(key, n))
            group[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(people)):
        groups[root(n)].append(n)
    return list(groups.values())


def contact_id(person: Sequence[Person]) -> str:
    """An id that tells nothing of the person and does not change with the order of the page."""
    keys = sorted({key for p in person for key in _identity(p)}, key=lambda k: (_RANK[k[0]], k[1]))
    told = "|".join(keys[0]) if keys else "|".join(sorted(squeeze(p.organisation[0]) for p in person if p.organisation))
    return "k-" + hashlib.sha256(told.encode()).hexdigest()[:8]


def usual(spots: Iterable[str]) -> list[str]:
    """The forms in use, the most used first, ties by the alphabet."""
    counted = Counter(spots)
    return sorted(counted, key=lambda s: (-counted[s], s))


_RANK = {"email": 0, "name": 1, "phone": 2}


def _identity(person: Person) -> list[tuple[str, str]]:
    surname = fold(person.name[0]).split()[-1] if person.name else ""
    keys = [("email", p.value or "") for p in person.points if p.kind == "email" and p.value]
    keys += [("phone", f"{p.value} {surname}") for p in person.points if p.kind == "phone" and p.value]
    if person.name:
        keys.append(("name", fold(person.name[0])))
    return keys
