"""`overkalix review`: candidates beside the page's text, and a person's answer to one."""

from pathlib import Path

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import code_label
from overkalix_data.base.commit import atomic
from overkalix_data.base.errors import InputError
from overkalix_data.base.wording import squeeze
from overkalix_data.base.words import counted, say
from overkalix_data.curation.candidates import SETS, Review, answer, candidates, exact, reviews
from overkalix_data.curation.form_fields import fields
from overkalix_data.curation.form_sheets import field_label
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.outputs.terminal.lines import unbroken
from overkalix_data.schema.records import Records

MOST_SHOWN = 500
"""Candidates that are shown at a time; the others are counted, and come when these are answered."""


def review_lines(raw: str, curated: Path, lang: str = "sv", *, answered: bool = False) -> list[str]:
    """The open candidates (or all), the worst conflict first. Raises InputError where a page or file cannot be read."""
    records = read_projects(raw, curated).records
    shown = reviews(records, candidates(curated), answered=answered)
    if not shown:
        return [say("review.none", lang)]
    waiting = sum(r.candidate["status_code"] == "open" for r in shown)
    lines = [say("review.head", lang, count=waiting)]
    for review in shown[:MOST_SHOWN]:
        lines += ["", *_lines(records, review, lang)]
    if len(shown) > MOST_SHOWN:
        lines += ["", counted("review.more", len(shown) - MOST_SHOWN, lang)]
    return [*lines, "", say("review.how", lang)] if waiting else lines


def answered(
    raw: str, curated: Path, lang: str, answer_code: str, asked: str, *, who: str, date: str, note: str
) -> str:
    """Enters a person's answer (`accepted`, `rejected`, `exact`: all that can be accepted together) in the files of the
    folder, all or none, and says so. Raises InputError (`no_who`), or where a page or file cannot be read.
    """
    is_exact = answer_code == "exact"
    if not who:
        raise InputError("no_who", value="--accept-exact" if is_exact else asked)
    ids = exact(reviews(read_projects(raw, curated).records, candidates(curated))) if is_exact else [asked]
    status = "rejected" if answer_code == "rejected" else "accepted"
    with atomic() as commit:
        stage, file = commit.folder(curated, keeps_copies=True), curated / "values.csv"
        for name, data in answer(curated, ids, status, who=who, date=date, note=note).items():
            (stage / name).write_bytes(data)
    if is_exact:
        return counted("review.exact", len(ids), lang, file=file)
    return say(f"review.{answer_code}", lang, id=asked, file=file)


def _lines(records: Records, review: Review, lang: str) -> list[str]:
    row, project = review.candidate, records.rows["projects"].get((review.candidate["project_id"],), {})
    place = say("show.lines", lang, first=project["first_line"], last=project["last_line"]) if project else ""
    lines = [
        f"{row['candidate_id']} · {say(f'review.{review.level}', lang)} · {project.get('label') or row['project_id']}"
        + (f" ({place})" if place else "")
    ]
    lines += unbroken(f"{value_line(row, lang)}{_from(row, lang)}")
    if project and fields()[row["field"]].table:
        lines += unbroken(f"{say('review.page', lang)}: {review.on_page or say('review.nothing', lang)}")
    if review.on_page:
        lines += [line for quote in _quotes(records, row, lang) for line in unbroken(quote, "      ")]
    for other in review.others:
        lines += unbroken(f"{say('review.other', lang)}: {other['value']}{_from(other, lang)}")
    if review.more:
        lines.append("    " + counted("review.others", review.more, lang))
    if row["note"]:
        lines += unbroken(row["note"])
    if row["status_code"] != "open":
        lines.append(f"    {code_label('candidate', row['status_code'], lang)}: {row['who']}, {row['date']}")
    return lines


def value_line(row: CodeRow, lang: str) -> str:
    """What a candidate says: the field, whose it is, and the value."""
    item = f" ({row['item']})" if row["item"] else ""
    is_detail = fields()[row["field"]].table == "project_details"
    label = code_label("detail", row["field"], lang) if is_detail else field_label(row["field"], lang)
    return f"{label}{item}: {row['value']}"


def _from(row: CodeRow, lang: str) -> str:
    certainty = code_label("certainty", row["certainty_code"], lang).lower()
    return f" [{', '.join(filter(None, (certainty, row['source'], row['source_date'])))}]"


def _quotes(records: Records, row: CodeRow, lang: str) -> list[str]:
    """Where the page says what it says of that field."""
    table = SETS.get(row["field"], "projects")
    of_project = (e for e in records.of_project("evidence", row["project_id"]) if e.get("table") == table)
    rows = sorted((e for e in of_project if e["use_code"] == "value"), key=lambda e: (e["source_id"], e["start"]))
    if table == "projects":
        rows = [e for e in rows if e.get("column") == row["field"]]
    if table == "project_places":
        rows = [e for e in rows if _is_municipality(records, str(e.get("row_id")))]
    quotes = [(e["line"], say("quoted", lang, text=squeeze(str(e["quote"])))) for e in rows]
    return [f"{say('show.line', lang, line=line)}: {quote}" for line, quote in quotes]


def _is_municipality(records: Records, row_id: str) -> bool:
    return records.rows["places"][(row_id.split("|")[1],)].get("kind_code") == "municipality"
