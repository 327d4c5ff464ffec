"""The ledger: which id belongs to which words, kept in `data/curated/ledger.csv` so that ids outlive every edit.

A row is a wording of a project. Rows are only added: an old wording still finds its project.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from overkalix_data.base.codelist import codes
from overkalix_data.base.errors import InputError
from overkalix_data.identity.ids import new_ids
from overkalix_data.identity.recognition import SURE, Wording, match
from overkalix_data.identity.told_project import ToldProject
from overkalix_data.schema.curated_files import LINE, csv_bytes, curated_rows
from overkalix_data.values.person import Person

_NUMBER = re.compile(r"[0-9]{1,6}")
LEDGER = "ledger"
LEDGER_FILE = f"{LEDGER}.csv"


@dataclass(frozen=True)
class Entry:
    """A wording of a project: when it was first seen, and how it was told to be that project's."""

    project_id: str
    version: int
    match_code: str
    likeness: int
    candidates: str
    page: str
    source_id: str
    retrieved_on: str
    title: str
    text: str

    @property
    def wording(self) -> Wording:
        """What is compared."""
        return Wording(self.title, self.text)


@dataclass(frozen=True)
class Identity:
    """A project's id, how it was found (list `match`), the likeness of 100, and the other ids in question."""

    project_id: str
    match_code: str
    likeness: int = 100
    candidates: tuple[str, ...] = ()


def read_ledger(folder: Path) -> list[Entry]:
    """The ledger's rows. Raises InputError where a row has no id, or a code that is none."""
    rows = curated_rows(folder, LEDGER)
    for row in rows:
        if (
            row["match_code"] not in codes("match")
            or not _NUMBER.fullmatch(row["version"])
            or not _NUMBER.fullmatch(row["likeness"] or "0")
        ):
            raise InputError(
                "ledger_row", file=str(folder / LEDGER_FILE), line=row[LINE], codes=", ".join(codes("match"))
            )
    return [
        Entry(**{k: v for k, v in row.items() if k in Entry.__dataclass_fields__ and k not in ("version", "likeness")},
              version=int(row["version"]), likeness=int(row["likeness"] or 0))
        for row in rows
    ]  # fmt: skip


def ledger_bytes(entries: Iterable[Entry]) -> bytes:
    """The file's bytes, sorted by project and version: two people's new rows seldom touch the same lines."""
    return csv_bytes(LEDGER, [vars(e) for e in sorted(entries, key=lambda e: (e.project_id, e.version, e.text))])


def recognise(
    texts: Sequence[ToldProject], entries: Sequence[Entry], people: Iterable[Person] = ()
) -> tuple[list[Identity], list[Entry]]:
    """(identities in the texts' order, the ledger with what is new). Its ids are never given to another project.

    A page is held against the projects that were seen on it, and on pages that are no longer read.
    """
    wordings, pages = [text.wording for text in texts], defaultdict[str, list[int]](list)
    for n, text in enumerate(texts):
        pages[text.page].append(n)
    identities: dict[int, Identity] = {}
    of_id = _wordings(entries)
    homes = {project: next((e.page for e in reversed(rows) if e.page in pages), "") for project, rows in of_id.items()}
    for page, places in pages.items():
        taken = {identity.project_id for identity in identities.values()}
        ids = [project for project, home in homes.items() if home == page or (not home and project not in taken)]
        matches = match([wordings[n] for n in places], [[e.wording for e in of_id[i]] for i in ids])
        never_seen = all(m.old is None and m.code == "new" for m in matches)
        for n, m in zip(places, matches, strict=True):
            old = "" if m.old is None else ids[m.old]
            doubts = tuple(ids[c] for c in m.candidates)
            identities[n] = Identity(old, "first" if never_seen else m.code, m.likeness, doubts)
    fresh = [n for n in range(len(texts)) if not identities[n].project_id]
    same_words = {wordings[n].words: texts[n].fingerprint for n in fresh}
    given = {
        project: next((same_words[e.wording.words] for e in rows if e.wording.words in same_words), "")
        for project, rows in of_id.items()
    }
    for n, project_id in zip(fresh, new_ids([texts[n] for n in fresh], people, given), strict=True):
        identities[n] = replace(identities[n], project_id=project_id)
    settled = [_told(text, identities[n], of_id[identities[n].project_id]) for n, text in enumerate(texts)]
    return settled, [entry for rows in of_id.values() for entry in rows]


def _told(text: ToldProject, identity: Identity, mine: list[Entry]) -> Identity:
    """The identity as the ledger tells it, its wording entered where new: a doubt stays until a person settles it."""
    words = text.wording
    entry = next((e for e in mine if e.wording.words == words.words and e.wording.name == words.name), None)
    if entry is None:
        code = "reworded" if identity.match_code == "same" else identity.match_code
        version, candidates = 1 + max((e.version for e in mine), default=0), "; ".join(identity.candidates)
        entry = Entry(
            identity.project_id, version, code, identity.likeness, candidates, text.page, text.source_id,
            text.retrieved_on, words.title, words.text,
        )  # fmt: skip
        mine.append(entry)
    if identity.match_code in SURE:
        return Identity(
            identity.project_id, entry.match_code, entry.likeness, tuple(filter(None, entry.candidates.split("; ")))
        )
    return Identity(identity.project_id, "confirmed", entry.likeness) if entry.match_code == "confirmed" else identity


def _wordings(entries: Iterable[Entry]) -> defaultdict[str, list[Entry]]:
    """project_id → its wordings, the latest last."""
    of_id = defaultdict[str, list[Entry]](list)
    for entry in sorted(entries, key=lambda e: (e.project_id, e.version)):
        of_id[entry.project_id].append(entry)
    return of_id
