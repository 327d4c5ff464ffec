"""`overkalix template`: what was filled in moves into the CSV files, and a fresh form is made of all that is known."""

from collections.abc import Sequence
from pathlib import Path

from overkalix_data.base.codelist import code_label
from overkalix_data.base.commit import atomic, refuse_open
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import files_like
from overkalix_data.base.words import decimal, say
from overkalix_data.curation.addition import FORM_FILES, SETTLED, Correction, FilledIn
from overkalix_data.curation.corrections import CORRECTIONS, given_corrections, settled
from overkalix_data.curation.form_read import filled_in
from overkalix_data.curation.form_sheets import form_sheets
from overkalix_data.curation.form_xlsx import form_bytes
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.schema.curated_files import LINE, csv_bytes, curated_rows
from overkalix_data.schema.records import Row

FORM = "komplettering.xlsx"
VALUES = "values"
MOST_ROWS = 25_000
"""Of the whole form, which takes some 20 KB of memory a row while it is made: 1,300 projects of ten fields."""
SET_ASIDE = "inlast-"
"""Before the name of a copy that has been read: it is kept, and read no more."""


def write_template(raw: str, curated: Path, *, as_of: str, lang: str = "sv") -> tuple[Path, int, list[Path]]:
    """Makes or renews the form; gives its path, how many values moved, and the copies that were set aside.

    Raises InputError where something filled in cannot be used yet: nothing is moved.
    """
    with atomic() as commit:
        stage = commit.folder(curated, keeps_copies=True)
        forms = files_like(curated, FORM_FILES)
        for path in forms:
            refuse_open(path)
        records = read_projects(raw, curated).records
        additions = records.table("additions")
        _refuse_unsettled(additions, curated, lang)
        form = filled_in(curated)
        files, moved = _settled_files(additions, form, curated)
        corrections = settled([*given_corrections(curated), *form.corrections])
        sheets = form_sheets(records, corrections, lang)
        if (count := sum(len(sheet.rows) for sheet in sheets)) > MOST_ROWS:
            raise InputError("form_too_long", file=raw, count=decimal(count, lang), limit=decimal(MOST_ROWS, lang))
        files[FORM] = form_bytes(sheets, title=say("form.title", lang), as_of=as_of, lang=lang)
        aside = [path for path in forms if path.name != FORM]
        for path in aside:
            files[SET_ASIDE + path.name] = path.read_bytes()
            commit.remove(path)
        for name, data in files.items():
            (stage / name).write_bytes(data)
    return curated / FORM, moved, aside


def _refuse_unsettled(additions: Sequence[Row], curated: Path, lang: str) -> None:
    open_ = [row for row in additions if str(row["file"]).endswith(".xlsx") and row["outcome_code"] not in SETTLED]
    if open_:
        outcome, file = code_label("outcome", str(open_[0]["outcome_code"]), lang), str(curated / str(open_[0]["file"]))
        raise InputError("form_unsettled", file=file, place=open_[0]["place"], outcome=outcome, count=len(open_))


def _settled_files(additions: Sequence[Row], form: FilledIn, curated: Path) -> tuple[dict[str, bytes], int]:
    """`values.csv` and `corrections.csv` with what is new in the forms, where anything is; and how many values."""
    files: dict[str, bytes] = {}
    cells = {(row["file"], row["place"]): (row.get("table"), row.get("row_id"), row.get("column")) for row in additions}
    edited = {cells.get((a.file, a.place)): a for a in form.additions}
    if form.additions:
        kept = [r for r in curated_rows(curated, VALUES) if cells.get((f"{VALUES}.csv", r[LINE])) not in edited]
        fresh = [vars(a) for a in edited.values() if a.value or a.field in ("funder", "target_group", "theme")]
        files[f"{VALUES}.csv"] = csv_bytes(VALUES, [*kept, *fresh])
    if form.corrections:
        rows: list[Correction] = settled([*given_corrections(curated), *form.corrections])
        files[f"{CORRECTIONS}.csv"] = csv_bytes(CORRECTIONS, [vars(c) for c in rows])
    return files, len(edited) + len(form.corrections)
