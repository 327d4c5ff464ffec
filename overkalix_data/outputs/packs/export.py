"""`overkalix export`: the packs of one funder or of all, in both editions, under names that every system takes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from overkalix_data.analyse.one_per_project import joined
from overkalix_data.analyse.origins import Origins
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.outputs.packs.book import pack_book
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables

LONGEST_NAME = 60
"""Characters of a funder's id in a file's name: a path of Windows has 260 in all."""


def write_packs(
    tables: Tables, funder_ids: Sequence[str], folder: Path, *, as_of: str, lang: str = "sv", org_number: str = ""
) -> list[Path]:
    """Writes a pack a funder and edition under `folder/<edition>` and gives the files.

    A project that stands on several pages has one card. `org_number` is the publishing municipality's own. A funder
    whose key tells a person is another in the public edition, in its pack as in the file's name.
    """
    written = []
    for edition, shown in editions_of(with_own_number(tables, org_number)).items():
        (folder / edition).mkdir(exist_ok=True)
        called = dict(zip(tables["funders"]["funder_id"], shown["funders"]["funder_id"], strict=True))
        shown = joined(shown)
        origins = Origins(shown)
        for funder_id in (called.get(asked, asked) for asked in funder_ids):
            book = pack_book(shown, funder_id, as_of=as_of, lang=lang, edition=edition, origins=origins)
            written.append(write_book(book, folder / edition / pack_name(funder_id), as_of=as_of, lang=lang))
    return written


def with_own_number(tables: Tables, org_number: str) -> Tables:
    """The tables with the organisation number of the municipality that publishes them, where it is the only one."""
    funding, funders = tables["project_funders"], tables["funders"]
    own = funders["funder_id"].isin(funding.loc[funding["role_code"] == "own", "funder_id"])
    if not org_number or own.sum() != 1:
        return tables
    return tables | {"funders": funders.assign(org_number=funders["org_number"].mask(own, org_number))}


def pack_name(funder_id: str) -> str:
    """The file's name. A funder's id is a slug; a long one is cut and told apart by a checksum."""
    if len(funder_id) > LONGEST_NAME:
        funder_id = f"{funder_id[:LONGEST_NAME]}-{hashlib.sha256(funder_id.encode()).hexdigest()[:8]}"
    return f"underlag-{funder_id}.xlsx"
