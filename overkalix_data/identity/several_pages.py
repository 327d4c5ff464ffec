"""One project on several pages: recognised by its name and what the pages share, linked, and never guessed.

The rule, in full: the same name and at least `ENOUGH` points, or nearly the same text and as many. In doubt the
projects stay apart; that two of them share a title is then a finding of its own. What a person has decided in
`same_projects.csv` comes first.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import DASHES, code_named, fold, pattern
from overkalix_data.curation.addition import Addition, put_addition
from overkalix_data.identity.recognition import LIKE, Wording, likeness
from overkalix_data.identity.shingles import Shingles
from overkalix_data.schema.curated_files import LINE, curated_rows
from overkalix_data.schema.records import Records, Row, number_of

Municipality = tuple[str, re.Pattern[str], str]
"""Full name folded, its short name as a pattern, SCB code."""

SAME_PROJECT = "same_project"
DECISIONS = "same_projects"
ENOUGH, ENOUGH_ONE_WORD = 2, 3
"""Points that two projects of one name must have; a name of one word (`Laddinfrastruktur`) is anybody's."""
SAME_TEXT, SHORTEST = 90, 80
"""Likeness of 100, and characters, at which a text alone is as good as a name."""
FAR = 1
"""Years between two starts beyond which the projects are two, whatever they are called."""


@dataclass(frozen=True)
class SeenProject:
    """What a page tells of a project that another page may tell too."""

    project_id: str
    source_id: str
    publisher: str
    names: tuple[str, ...]
    """Its title folded, and the part before a dash or colon."""
    wording: Wording
    start: str
    end: str
    funders: frozenset[str]
    """Funders other than the publisher itself."""
    is_own: bool
    """Whether the publisher itself funds it."""
    municipalities: frozenset[str]
    """SCB codes of those that the text, the funders or the partners name."""
    contacts: frozenset[str]
    references: frozenset[str]


def put_same_projects(records: Records, folder: Path) -> None:
    """Links each project to the first on another page that it is the same as (`duplicate_of`, `project_links`).

    Raises InputError where `same_projects.csv` cannot be read.
    """
    decided = _decisions(records, folder)
    if len(records.rows["sources"]) < 2 and not decided:
        return
    put_first(records, seen_projects(records), decided)


def put_first(
    records: Records, seen: Sequence[SeenProject], decided: Mapping[frozenset[str], bool] | None = None
) -> None:
    """The links from each project to the first that is the same."""
    first = first_of(seen, decided or {})
    for project_id, of in sorted(first.items()):
        records.rows["projects"][(project_id,)]["duplicate_of"] = of
        records.put("project_links", project_id=project_id, relation_code=SAME_PROJECT, target=of)


def first_of(seen: Sequence[SeenProject], decided: Mapping[frozenset[str], bool]) -> dict[str, str]:
    """project_id → the first project, in the order of the sources, that is the same."""
    first: dict[str, str] = {}
    by_id = {one.project_id: one for one in seen}
    order = {one.project_id: n for n, one in enumerate(seen)}
    named: dict[str, list[SeenProject]] = defaultdict(list)
    for pair in (sorted(p, key=lambda i: order[i]) for p, is_same in decided.items() if is_same):
        first[pair[1]] = first.get(pair[0], pair[0])
    shingles, texts = Shingles(), dict[int, str]()
    for n, one in enumerate(seen):
        if one.project_id not in first:
            near = [by_id[o.project_id] for name in one.names for o in named[name]] + _alike(one, seen, texts, shingles)
            twin = next((o for o in near if _are_same(one, o, decided)), None)
            if twin:
                first[one.project_id] = first.get(twin.project_id, twin.project_id)
        for name in one.names:
            named[name].append(one)
        shingles.add(one.wording.words)
        texts[n] = one.wording.words
    return first


def _alike(
    one: SeenProject, seen: Sequence[SeenProject], texts: Mapping[int, str], shingles: Shingles
) -> list[SeenProject]:
    """The projects before this one, of other sources, whose text is nearly the same; of each the most alike first."""
    text = one.wording.words
    if len(text) < SHORTEST:
        return []
    others = {
        n: texts[n] for n in shingles.holding(text) if len(texts[n]) >= SHORTEST and seen[n].source_id != one.source_id
    }
    alike = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=SAME_TEXT, limit=None)
    return sorted((seen[n] for _, _, n in alike), key=lambda other: other.source_id)


def _are_same(one: SeenProject, other: SeenProject, decided: Mapping[frozenset[str], bool]) -> bool:
    if one.source_id == other.source_id:
        return False  # a text that stands twice on a page is two projects (contract §4, rule 9)
    pair = frozenset((one.project_id, other.project_id))
    if pair in decided:
        return decided[pair]
    shared = set(one.names) & set(other.names)
    one_word = bool(shared) and all(" " not in name for name in shared)
    return not _far_apart(one, other) and _points(one, other) >= (ENOUGH_ONE_WORD if one_word else ENOUGH)


def _points(one: SeenProject, other: SeenProject) -> int:
    """How much the pages share: two for what only one project has, one for what many may have in common."""
    named = (
        one.publisher in other.municipalities or other.publisher in one.municipalities
    ) and one.publisher != other.publisher
    certain = (
        named,
        bool(one.contacts & other.contacts),
        bool(one.references & other.references),
        bool(one.publisher) and one.publisher == other.publisher,
        bool(one.wording.text and other.wording.text)
        and likeness(Wording("", one.wording.text), Wording("", other.wording.text)) >= LIKE,
    )
    usual = (bool(one.funders & other.funders), bool(one.start and other.start) and agree(one.start, other.start))
    apart = one.is_own and other.is_own and one.publisher != other.publisher and not named
    return 2 * sum(certain) + sum(usual) - apart


def agree(one: str, other: str) -> bool:
    """Whether two EDTF dates say the same, as far as both go: 2023 and 2023-09 do."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _far_apart(one: SeenProject, other: SeenProject) -> bool:
    """Whether one had ended before the other began, or they began years apart."""
    if not (one.start and other.start):
        return False
    earlier, later = sorted((one, other), key=lambda o: o.start)
    ended = bool(earlier.end) and earlier.end[:4] < later.start[:4]
    return ended or int(later.start[:4]) - int(earlier.start[:4]) > FAR


def seen_projects(records: Records) -> list[SeenProject]:
    """The projects in the order of their sources and lines."""
    tables = ("project_funders", "project_places", "project_contacts", "project_details")
    links = {name: records.by_project(name) for name in tables}
    towns = [
        (fold(row["full_name"]), pattern(row["name"]), row["municipality_code"]) for row in codelist("municipalities")
    ]
    names = {full_name: code for full_name, _, code in towns}
    places = {key[0]: str(row.get("municipality_code", "")) for key, row in records.rows["places"].items()}
    funders = {key[0]: names.get(fold(str(row["name"])), "") for key, row in records.rows["funders"].items()}
    rows = sorted(
        records.rows["projects"].values(), key=lambda r: (str(r["source_id"]), number_of(r.get("first_line")))
    )
    return [
        _of(row, {name: table[str(row["project_id"])] for name, table in links.items()}, places, funders, towns)
        for row in rows
    ]


def _of(
    row: Row,
    links: Mapping[str, list[Row]],
    places: Mapping[str, str],
    funders: Mapping[str, str],
    towns: Sequence[Municipality],
) -> SeenProject:
    funding = links["project_funders"]
    named = {places.get(str(r["place_id"]), "") for r in links["project_places"]} | {
        funders.get(str(r["funder_id"]), "") for r in funding
    }
    partners = " ".join(str(r.get("value", "")) for r in links["project_details"])
    named |= {code for _, name, code in towns if partners and name.search(partners)}
    text = "\n\n".join(str(row[c]) for c in ("goal", "purpose", "description") if row.get(c))
    return SeenProject(
        str(row["project_id"]),
        str(row["source_id"]),
        str(row.get("publisher_code") or ""),
        tuple(_names(str(row.get("title") or ""))),
        Wording("", text),
        str(row.get("start") or ""),
        str(row.get("end") or ""),
        frozenset(str(r["funder_id"]) for r in funding if r["role_code"] != "own"),
        any(r["role_code"] == "own" for r in funding),
        frozenset(named - {""}),
        frozenset(str(r["contact_id"]) for r in links["project_contacts"]),
        frozenset(str(r["reference_number"]) for r in funding if r.get("reference_number")),
    )


def _names(title: str) -> Iterator[str]:
    """`Projekt Move on Up – rekrytering`: `move on up-rekrytering`, and `move on up`."""
    for part in (title, *(title.split(sep)[0] for sep in (*(f" {dash} " for dash in DASHES), ": ") if sep in title)):
        if name := _LEAD.sub("", fold(part)).strip("\"'”“»« "):
            yield name


_LEAD = re.compile(r"^(?:(?:förstudie|projekt)(?:et|en)?[\s:-]+)+")
"""Words before a name that are no part of it: `Projekt – Move on Up`."""


def _decisions(records: Records, folder: Path) -> dict[frozenset[str], bool]:
    """Pairs of projects → whether a person says that they are one; each row is told in `additions`, used or not."""
    decided: dict[frozenset[str], bool] = {}
    for row in curated_rows(folder, DECISIONS):
        pair, answer = frozenset((row["project_id"], row["other_id"])), code_named("yes_no", row["is_same"])
        if any((project_id,) not in records.rows["projects"] for project_id in pair):
            outcome = "no_project"
        elif not answer or len(pair) < 2:
            outcome = "bad_value"
        else:
            outcome = "applied" if decided.setdefault(pair, answer == "yes") == (answer == "yes") else "conflict"
        put_addition(records, Addition(
            f"{DECISIONS}.csv", row[LINE], row["project_id"], SAME_PROJECT, row["other_id"], row["is_same"],
            source=row["source"], who=row["who"], date=row["date"], note=row["note"], outcome=outcome,
        ))  # fmt: skip
    return decided
