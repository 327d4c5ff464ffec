"""The sheets of how it is known: changes, findings, checks, sources, and how the book is read."""

from collections.abc import Sequence

import pandas as pd

from overkalix_data.analyse import known_counts
from overkalix_data.analyse.changes import project_changes
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.page_names import source_labels
from overkalix_data.base.words import decimal, say
from overkalix_data.curation.form_sheets import field_label, value_label
from overkalix_data.outputs.workbook.parts import columns_of, label_column, of, own, plain_block, table_sheet
from overkalix_data.outputs.workbook.sheet import Link, Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

TERMS = ("unknown", "none", "label", "own", "intermediary", "counted", "amount_counted", "basis", "readers")
"""What the book explains of its own words, in order."""


def changes_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a change since the last fetch, in the words of the page of changes: no codes, no names of columns."""
    rows = [
        [project.label, c.what, c.before or None, c.after or None, project.lines or None, project.project_id]
        for project in project_changes(rows_of(tables["changes"]), lang)
        for c in project.changes
    ]
    headings = (("changes.what", 26), ("changes.before", 60), ("changes.after", 60), ("changes.where", 22))
    columns = [
        label_column(lang),
        *(SheetColumn(h, say(h, lang), width=w, none_applies=True) for h, w in headings),
        of("changes", "project_id", lang),
    ]
    title = TABLES["changes"].title(lang)
    fetched = tables["snapshots"]["previous_id"].notna().any()
    subtitle = say("book.subtitle", lang, about=TABLES["changes"].description(lang), count=decimal(len(rows), lang))
    nothing = say("changes.none" if fetched else "changes.first", lang)
    return Sheet(title, title, subtitle, [plain_block("changes", columns, rows, nothing=nothing)], printed=5)


def findings_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a finding, the worst first."""
    titles = tables["checks"].set_index("rule_id")["title"]
    frame = tables["findings"].assign(rank=_rank(tables["findings"]), title=tables["findings"]["rule_id"].map(titles))
    frame = frame.sort_values(["rank", "rule_id", "line"])
    several = len(tables["sources"]) > 1
    pages = [of("findings", "source_id", lang, 22)] if several else []
    if several:
        # A line alone does not say which page it is of.
        frame["source_id"] = frame["source_id"].map(source_labels(rows_of(tables["sources"])))
    columns = [
        of("findings", "severity", lang), of("checks", "title", lang, 38),
        of("findings", "message", lang, personal=False), *pages,
        *columns_of("findings", lang, "line", "value", "suggestion", "accepted_text", "rule_id", personal=False),
    ]  # fmt: skip
    named = {"name": say("book.quality", lang), "nothing": say("summary.none", lang)}
    return table_sheet("findings", frame, columns, lang, printed=5 + several, **named)


def checks_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a rule and how it went, those that failed first."""
    frame = tables["checks"].assign(rank=_rank(tables["checks"]), passed=tables["checks"]["failed"] == 0)
    frame = frame.sort_values(["passed", "rank", "failed"], ascending=[True, True, False])
    counts = ("failed", "applicable", "not_applicable")
    names = ("title", "severity", "dimension", *counts, "why", "remedy", "rule_id")
    return table_sheet("checks", frame, columns_of("checks", lang, *names, tones=()), lang, printed=8)


def sources_sheet(tables: Tables, lang: str) -> Sheet:
    """The files that were read, and what people added with where they have it from."""
    counts = tables["snapshots"][["source_id", "projects"]]
    sources = tables["sources"].merge(counts, on="source_id", how="left", validate="1:1")
    urls = [None if pd.isna(u) else Link(str(u), url=str(u)) for u in sources["url"]]
    sources = sources.assign(url=pd.Series(urls, dtype=object))
    columns = [
        *columns_of("sources", lang, "path", "url", "retrieved_on"), own("projects", lang, 12, "int"),
        *columns_of("sources", lang, "licence", "media_type", "encoding", "sha256", "source_id"),
    ]  # fmt: skip
    read = table_sheet("sources", sources, columns, lang)
    labels = dict(zip(tables["projects"]["project_id"], tables["projects"]["label"], strict=True))
    rows = [
        [labels.get(r["project_id"], r["project_id"]), field_label(str(r["field"]), lang),
         value_label(str(r["field"]), str(r["value"] or ""), lang), code_label("outcome", str(r["outcome_code"]), lang),
         *(r[name] for name in ("source", "who", "date", "note")), f"{r['file']}, {r['place']}"]
        for r in rows_of(tables["additions"])
    ]  # fmt: skip
    given = [
        own("project", lang, 44), of("additions", "field", lang), of("additions", "value", lang, personal=False),
        *columns_of("additions", lang, "outcome_code", "source", "who", "date"),
        of("additions", "note", lang, personal=False, none_applies=True), own("stands_in", lang, 30),
    ]  # fmt: skip
    nothing = say("book.nothing.additions", lang)
    first = plain_block("sources", columns, list(read.blocks[0].rows()), TABLES["sources"].title(lang))
    second = plain_block("additions", given, rows, TABLES["additions"].title(lang), nothing=nothing)
    return Sheet(read.name, read.title, say("book.sources.about", lang), [first, second], printed=7)


def about_sheet(tables: Tables, source: str, lang: str) -> Sheet:
    """How the book is read: what is known, and what its words mean."""
    counts = known_counts(tables) | {"funders": len(tables["funders"]), "links": len(tables["project_funders"])}
    numbers = {name: decimal(count, lang) for name, count in counts.items()}
    notes = [say(f"book.about.{key}", lang, **numbers, source=source) for key in ("what", "known", "edit")]
    columns = [own("term", lang, 34), own("meaning", lang, 110)]
    rows = [[say(f"book.term.{key}", lang), say(f"book.term.{key}.about", lang)] for key in TERMS]
    title = say("book.about", lang)
    return Sheet(title, title, say("book.about.subtitle", lang), [plain_block("terms", columns, rows)], notes)


def contents(sheets: Sequence[Sheet]) -> list[list[Link | int]]:
    """A row a sheet: its name, leading there, and how many rows it has."""
    return [[Link(s.name, sheet=s.name), sum(len(b.frame) for b in s.blocks)] for s in sheets]


def _rank(frame: pd.DataFrame) -> pd.Series:
    """The place of each row's severity, the worst first."""
    return frame["severity"].map({code: n for n, code in enumerate(codes("severity"))})
