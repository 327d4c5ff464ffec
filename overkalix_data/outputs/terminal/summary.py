"""What a command did, for the terminal: read, found, written, and the worst of what there is to mend."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from overkalix_data.analyse import known_counts
from overkalix_data.analyse.one_per_project import copies, joined
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.page_names import labels_beside
from overkalix_data.base.words import counts, decimal, say
from overkalix_data.checks.rules.catalogue import catalogue, share_told
from overkalix_data.checks.to_do import worst_first
from overkalix_data.curation.addition import SETTLED
from overkalix_data.curation.apply_lists import ACTIONS
from overkalix_data.curation.form_fields import fields
from overkalix_data.curation.form_sheets import field_label
from overkalix_data.outputs.result import Result
from overkalix_data.outputs.terminal.lines import wrapped
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of
from overkalix_data.schema.records import Row

FEW = 6
LISTED = {"groups": "target_groups", "contacts": "contacts", "themes": "themes"}
WORST = 5
"""Rules told after a report; `overkalix check` tells all."""


def summary(result: Result, lang: str = "sv") -> list[str]:
    """The lines after `build` and `report`."""
    lines = [*not_taken(result.tables["additions"], lang), *_read(result, lang), *_counted(result, lang)]
    lines += _written(result.written, lang)
    return [*lines, *worst_findings(result, lang, WORST)]


def not_taken(additions: pd.DataFrame, lang: str = "sv") -> list[str]:
    """What people filled in and could not be used: where it stands, why, and of a value the forms that are taken."""
    rows = rows_of(additions[~additions["outcome_code"].isin(SETTLED)])
    lines = [say("summary.not_taken", lang, count=decimal(len(rows), lang))] if rows else []
    for row in rows:
        place = say("show.line", lang, line=row["place"]) if row["place"].isdigit() else row["place"]
        where = f"{row['file']}, {place}: {field_label(row['field'] or '', lang)}"
        value = say("quoted", lang, text=row["value"]) if row["value"] else ""
        why = f"{code_label('outcome', row['outcome_code'], lang)}. {_accepted(row, lang)}"
        lines += wrapped(f"{' '.join(filter(None, (where, value)))}. {why}".rstrip(), "  ", whole_words=True)
    return [*lines, ""] if rows else []


def _accepted(row: Row, lang: str) -> str:
    """The forms in which a value that could not be read is taken: of its type, or the labels of its codelist."""
    field = fields().get(str(row["field"]))
    if row["outcome_code"] != "bad_value" or field is None or not field.table:
        return ""
    if listed := field.declared.codelist or ACTIONS.get(str(row["field"])):
        labels = [code_label(listed, code, lang) for code in codes(listed)]
        return say("accepted.code", lang, labels=", ".join(labels))
    return say(f"accepted.{field.declared.type}", lang)


def check_lines(result: Result, lang: str = "sv", *, every: bool = False) -> list[str]:
    """The lines of `overkalix check`: every failed rule with its findings, then the rules that passed.

    A rule with more than `FEW` findings tells their lines only; `every` tells them all.
    """
    checks, findings = worst_first(result.tables["checks"]), result.tables["findings"]
    pages = labels_beside(rows_of(result.tables["sources"]))
    lines = [say("check.failed", lang), ""]
    for rule in rows_of(checks[checks["failed"] > 0]):
        share = say(
            "check.share", lang, count=decimal(rule["failed"], lang), applicable=decimal(rule["applicable"], lang)
        )
        lines.append(f"{code_label('severity', rule['severity'], lang)}: {rule['title']} – {share} [{rule['rule_id']}]")
        lines += wrapped(rule["why"])
        rows = rows_of(findings[findings["rule_id"] == rule["rule_id"]].sort_values("line", kind="stable"))
        if len(rows) > FEW and not every:
            lines += wrapped(f"• {_several(rule, lang)}")
            places = ", ".join(f"{_place(row)} {pages.get(row['source_id'], '')}".strip() for row in rows)
            lines += wrapped("  " + say("check.lines", lang, lines=places, rule_id=rule["rule_id"]))
        else:
            lines += [line for row in rows for line in wrapped(f"• {row['message']}")]
        lines.append("")
    passed = rows_of(checks[(checks["failed"] == 0) & (checks["applicable"] > 0)])
    idle = rows_of(checks[(checks["failed"] == 0) & (checks["applicable"] == 0)])
    lines += [say("check.passed", lang), ""]
    lines += [f"{rule['title']} ({decimal(rule['applicable'], lang)}) [{rule['rule_id']}]" for rule in passed]
    return [*lines, "", say("quality.idle", lang), "", *(f"{rule['title']} [{rule['rule_id']}]" for rule in idle)]


def _place(row: Row) -> str:
    """The line of the page; what is on none of its lines is told by its row: `komplettering.xlsx Projekt!D7`."""
    return str(row["line"] or row["row_id"]).replace("|", " ")


def only(result: Result, rule_id: str = "", severity: str = "") -> Result:
    """The same result with the findings and checks of one rule or one severity alone."""
    tables = dict(result.tables)
    for column, value in (("rule_id", rule_id), ("severity", severity)):
        for name in ("findings", "checks") if value else ():
            tables[name] = tables[name][tables[name][column] == value]
    return Result(result.reading, tables, result.written)


def explained(rule_id: str, lang: str = "sv") -> list[str]:
    """A rule in words: what it tests, how bad a failure is, who can mend it, why it matters, and what to do."""
    rule = catalogue()[rule_id]
    labels = [code_label(name, rule[name], lang) for name in ("severity", "dimension", "mended_by")]
    remedy = f"{say('quality.remedy', lang)} {rule[f'remedy_{lang}']}"
    texts = (rule[f"title_{lang}"], f"{rule_id} · {' · '.join(labels)}", rule[f"why_{lang}"], remedy)
    return [line for text in texts for line in wrapped(text, "")]


def check_json(result: Result) -> str:
    """Findings and checks for a program: unknown is null."""
    tables = {name: result.tables[name].to_json(orient="records", force_ascii=False) for name in ("findings", "checks")}
    return json.dumps({name: json.loads(rows) for name, rows in tables.items()}, ensure_ascii=False, indent=2)


def worst_findings(result: Result, lang: str, most: int) -> list[str]:
    """The worst rules that failed, each with its first finding."""
    checks, findings = worst_first(result.tables["checks"]), result.tables["findings"]
    failed = checks[checks["failed"] > 0]
    if failed.empty:
        return ["", say("summary.none", lang)]
    lines = ["", say("summary.findings", lang, **counts(lang, findings=len(findings)))]
    for rule in rows_of(failed.head(most)):
        severity = code_label("severity", rule["severity"], lang)
        first = findings.loc[findings["rule_id"] == rule["rule_id"], "message"].iloc[0]
        lines += wrapped(f"{severity}: {_several(rule, lang) if rule['failed'] > 1 else first}", "  ")
    if len(failed) > most:
        lines.append("  " + say("summary.more", lang, count=len(failed) - most))
    if result.critical:
        lines += ["", say("summary.critical", lang)]
    return lines


def _several(rule: Mapping[str, Any], lang: str) -> str:
    """What a rule with several findings says of them all, and what to do."""
    return f"{share_told(rule['rule_id'], rule['failed'], rule['applicable'], lang)} {rule['remedy']}"


def _read(result: Result, lang: str) -> list[str]:
    projects = result.tables["projects"]["source_id"].value_counts()
    lines = [say("summary.read", lang)]
    for source in result.reading.sources:
        count, date = int(projects.get(source.source_id, 0)), source.retrieved_on or say("summary.undated", lang)
        numbers = counts(lang, rows=source.lines, projects=count)
        lines.append("  " + say("summary.source", lang, path=source.path, date=date, **numbers))
    return lines


def _counted(result: Result, lang: str) -> list[str]:
    tables = joined(result.tables)
    status, funding = tables["projects"]["status_code"].value_counts(), tables["project_funders"]
    outcomes = tables["additions"]["outcome_code"]
    known = known_counts(tables)
    several, changes = len(set(copies(result.tables).values())), len(tables["changes"])
    alone = {
        "assumed": int((tables["projects"]["status_basis"] == "assumed").sum()),
        "several": several,
        "count": changes,
        **{code: int((outcomes == code).sum()) for code in ("applied", "noted")},
        **{name: known[name] for name in ("titles", "periods", "amounts")},
    }
    numbers = {name: decimal(count, lang) for name, count in alone.items()} | counts(
        lang,
        projects=known["projects"],
        texts=known["texts"],
        **{code: int(status.get(code, 0)) for code in ("ongoing", "completed")},
        funders=funding["funder_id"].nunique(),
        links=len(funding),
        chains=int(funding["via_funder_id"].notna().sum()),
        **{name: len(tables[table]) for name, table in LISTED.items()},
    )
    asked = {"projects": True, "several": several, "funding": True, "people": True, "known": True,
             "curated": len(outcomes), "changes": changes}  # fmt: skip
    lines = ("  " + say(f"summary.{key}", lang, **numbers) for key, is_asked in asked.items() if is_asked)
    return ["", say("summary.found", lang), *lines]


def _written(files: Sequence[Path], lang: str) -> list[str]:
    tables = [f for f in files if f.stem in TABLES and f.suffix == ".csv"]
    lines = ["", say("summary.written", lang)]
    if tables:
        lines.append("  " + say("summary.tables", lang, folder=tables[0].parent, count=len(tables)))
    suites = [f for f in files if f.suffix == ".json"]
    lines += [f"  {f}" for f in files if f not in (*tables, *suites)]
    if suites:
        lines.append(
            "  "
            + say("summary.suites", lang, folder=suites[0].parent, count=len([f for f in suites if f.stem in TABLES]))
        )
    if any(f.suffix == ".docx" for f in files) and not any(f.suffix == ".pdf" for f in files):
        lines.append("  " + say("summary.no_pdf", lang))
    return lines
