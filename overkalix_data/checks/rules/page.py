"""Rules about the source itself: is it whole, unchanged, dated, and read to the last character?"""

from overkalix_data.base.lists import lists_for
from overkalix_data.checks.rules.catalogue import Verdict, linked, where
from overkalix_data.documents.register_header import explains
from overkalix_data.schema.frames import Tables


def project_none(tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "sources", "projects", "source_id"), tables["sources"]["path"])


def text_unplaced(tables: Tables, as_of: str) -> Verdict:
    return Verdict((tables["evidence"]["rule_id"] != "unplaced").astype("boolean"))


def label_unknown(tables: Tables, as_of: str) -> Verdict:
    labels = tables["evidence"]["rule_id"].isin(["label", "own_label", "unknown_label"])
    return Verdict(where(labels, tables["evidence"]["rule_id"] != "unknown_label"))


def reading_uncertain(tables: Tables, as_of: str) -> Verdict:
    """Where another reading of the page, nearly as good, begins a project (`reading.layouts`)."""
    rules = tables["evidence"]["rule_id"]
    return Verdict(where(rules.isin(["other_layout", "title_line", "title_heading"]), rules != "other_layout"))


def source_byte(tables: Tables, as_of: str) -> Verdict:
    """A character whose byte is not of the file's encoding (`documents.decoding`); the rest is read as it is."""
    rules, used = tables["evidence"]["rule_id"], tables["evidence"]["use_code"]
    return Verdict(where(rules.eq("wrong_byte") | used.eq("heading"), rules != "wrong_byte"))


def value_unread(tables: Tables, as_of: str) -> Verdict:
    """A date behind a label that is in no calendar, or could be two things: it stays in words."""
    rules, columns = tables["evidence"]["rule_id"], tables["evidence"]["column"].fillna("")
    return Verdict(where(columns.isin(["start", "end", "period_text"]), rules != "unread_date"))


def sheet_unread(tables: Tables, as_of: str) -> Verdict:
    """Sheets whose names say that they explain the workbook are passed over (`codelists/other_sheets.csv`)."""
    sources, cells = tables["sources"], tables["cells"]
    unread = tables["evidence"].loc[tables["evidence"]["rule_id"] == "other_sheet", ["source_id", "start"]]
    named = unread.merge(cells[["source_id", "start", "sheet"]], on=["source_id", "start"], how="left", validate="m:1")
    sheets: dict[str, dict[str, None]] = {}
    for source, sheet in zip(named["source_id"], named["sheet"].fillna(""), strict=True):
        if not explains(sheet, lists_for()):
            sheets.setdefault(source, {})[sheet] = None
    names = {source: ", ".join(filter(None, titles)) for source, titles in sheets.items()}
    applies = sources["source_id"].isin(cells["source_id"]) | sources["source_id"].isin(list(names))
    return Verdict(
        where(applies, ~sources["source_id"].isin(list(names))), sources["source_id"].map(names).astype("string")
    )


def source_changed(tables: Tables, as_of: str) -> Verdict:
    sources = tables["sources"]
    declared = sources["declared_sha256"].notna()
    return Verdict(where(declared, sources["sha256"] == sources["declared_sha256"].fillna("")), sources["path"])
