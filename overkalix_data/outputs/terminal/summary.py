"""What a command did, for the terminal: read, found, written, and the worst of what there is to mend."""

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from overkalix_data.analyse import known_counts
from overkalix_data.analyse.one_per_project import copies, joined
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.page_names import source_labels
from overkalix_data.base.words import decimal, say
from overkalix_data.checks.rules import catalogue
from overkalix_data.outputs.result import Result
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of

WIDTH = 100
FEW = 6
WORST = 5
"""Rules told after a report; `overkalix check` tells all."""


def summary(result: Result, lang: str = "sv") -> list[str]:
    """The lines after `build` and `report`."""
    return [
        *_read(result, lang),
        *_found(result, lang),
        *_written(result.written, lang),
        *worst_findings(result, lang, WORST),
    ]


def check_lines(result: Result, lang: str = "sv", *, every: bool = False) -> list[str]:
    """The lines of `overkalix check`: every failed rule with its findings, then the rules that passed.

    A rule with more than `FEW` findings tells their lines only; `every` tells them all.
    """
    checks, findings = _worst_first(result.tables["checks"]), result.tables["findings"]
    pages = source_labels(rows_of(result.tables["sources"])) if len(result.tables["sources"]) > 1 else {}
    lines = [say("check.failed", lang), ""]
    for rule in _rows(checks[checks["failed"] > 0]):
        share = say(
            "check.share", lang, failed=decimal(rule["failed"], lang), applicable=decimal(rule["applicable"], lang)
        )
        lines.append(f"{code_label('severity', rule['severity'], lang)}: {rule['title']} – {share} [{rule['rule_id']}]")
        lines += _wrapped(rule["why"])
        found = _rows(findings[findings["rule_id"] == rule["rule_id"]].sort_values("line"))
        if len(found) > FEW and not every:
            counts = {"failed": decimal(rule["failed"], lang), "applicable": decimal(rule["applicable"], lang)}
            lines += _wrapped(f"• {catalogue()[rule['rule_id']][f'several_{lang}'].format(**counts)} {rule['remedy']}")
            lines += _wrapped(
                "  "
                + say(
                    "check.lines",
                    lang,
                    lines=", ".join(f"{f['line']} {pages.get(f['source_id'], '')}".strip() for f in found),
                    rule_id=rule["rule_id"],
                )
            )
        else:
            lines += [line for finding in found for line in _wrapped(f"• {finding['message']}")]
        lines.append("")
    passed = checks[(checks["failed"] == 0) & (checks["applicable"] > 0)]
    idle = checks[(checks["failed"] == 0) & (checks["applicable"] == 0)]
    lines += [say("check.passed", lang), ""]
    lines += [f"{rule['title']} ({decimal(rule['applicable'], lang)}) [{rule['rule_id']}]" for rule in _rows(passed)]
    lines += ["", say("quality.idle", lang), "", *(f"{rule['title']} [{rule['rule_id']}]" for rule in _rows(idle))]
    return lines


def only(result: Result, rule_id: str = "", severity: str = "") -> Result:
    """The same result with the findings and checks of one rule or one severity alone."""
    tables = dict(result.tables)
    for name in ("findings", "checks"):
        frame = tables[name]
        wanted = (frame["rule_id"] == rule_id if rule_id else frame["rule_id"].notna()) & (
            frame["severity"] == severity if severity else frame["severity"].notna()
        )
        tables[name] = frame[wanted]
    return Result(result.reading, tables, result.written)


def explained(rule_id: str, lang: str = "sv") -> list[str]:
    """A rule in words: what it tests, how bad a failure is, who can mend it, why it matters, and what to do."""
    rule = catalogue()[rule_id]
    labels = [code_label(name, rule[name], lang) for name in ("severity", "dimension", "mended_by")]
    told = [
        rule[f"title_{lang}"],
        f"{rule_id} · {' · '.join(labels)}",
        rule[f"why_{lang}"],
        f"{say('quality.remedy', lang)} {rule[f'remedy_{lang}']}",
    ]
    return [line for words in told for line in _wrapped(words, "")]


def check_json(result: Result) -> str:
    """Findings and checks for a program: unknown is null."""
    told = {
        name: json.loads(result.tables[name].to_json(orient="records", force_ascii=False))
        for name in ("findings", "checks")
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def worst_findings(result: Result, lang: str, most: int) -> list[str]:
    """The worst rules that failed, each with its first finding."""
    checks, findings = _worst_first(result.tables["checks"]), result.tables["findings"]
    failed = checks[checks["failed"] > 0]
    if failed.empty:
        return ["", say("summary.none", lang)]
    lines = ["", say("summary.findings", lang, total=decimal(len(findings), lang))]
    for rule in _rows(failed.head(most)):
        severity = code_label("severity", rule["severity"], lang)
        told = findings.loc[findings["rule_id"] == rule["rule_id"], "message"].iloc[0]
        if rule["failed"] > 1:
            share = {"failed": decimal(rule["failed"], lang), "applicable": decimal(rule["applicable"], lang)}
            told = f"{catalogue()[rule['rule_id']][f'several_{lang}'].format(**share)} {rule['remedy']}"
        lines += _wrapped(f"{severity}: {told}", "  ")
    if len(failed) > most:
        lines.append("  " + say("summary.more", lang, count=len(failed) - most))
    if result.critical:
        lines += ["", say("summary.critical", lang)]
    return lines


def _read(result: Result, lang: str) -> list[str]:
    projects = result.tables["projects"]["source_id"].value_counts()
    lines = [say("summary.read", lang)]
    for source in result.reading.sources:
        told = {
            "path": source.path,
            "lines": decimal(len(source.lines), lang),
            "projects": int(projects.get(source.source_id, 0)),
        }
        lines.append(
            "  " + say("summary.source", lang, date=source.retrieved_on or say("summary.undated", lang), **told)
        )
    return lines


def _found(result: Result, lang: str) -> list[str]:
    tables = joined(result.tables)
    known, several = known_counts(tables), len(set(copies(result.tables).values()))
    status = tables["projects"]["status_code"].value_counts()
    numbers = {
        "ongoing": int(status.get("ongoing", 0)),
        "completed": int(status.get("completed", 0)),
        "funders": tables["project_funders"]["funder_id"].nunique(),
        "links": len(tables["project_funders"]),
        "chains": int(tables["project_funders"]["via_funder_id"].notna().sum()),
        "groups": len(tables["target_groups"]),
        "contacts": len(tables["contacts"]),
        "themes": len(tables["themes"]),
    } | known
    told = {name: decimal(number, lang) for name, number in numbers.items()}
    keys = ["summary.projects", "summary.funding", "summary.people", "summary.known"]
    if several:
        keys.insert(1, "summary.several")
        told["several"] = decimal(several, lang)
    outcomes = tables["additions"]["outcome_code"]
    if len(outcomes):
        keys.append("summary.curated")
        told |= {code: decimal(int((outcomes == code).sum()), lang) for code in ("applied", "noted")}
    if len(tables["changes"]):
        keys.append("summary.changes")
        told["count"] = decimal(len(tables["changes"]), lang)
    return ["", say("summary.found", lang), *("  " + say(key, lang, **told) for key in keys)]


def _written(files: Sequence[Path], lang: str) -> list[str]:
    tables = [f for f in files if f.stem in TABLES and f.suffix == ".csv"]
    lines = ["", say("summary.written", lang)]
    if tables:
        lines.append("  " + say("summary.tables", lang, folder=tables[0].parent, count=len(tables)))
    suites = [f for f in files if f.suffix == ".json"]
    lines += [f"  {f}" for f in files if f not in (*tables, *suites)]
    if suites:
        lines.append("  " + say("summary.suites", lang, folder=suites[0].parent, count=len(suites)))
    if any(f.suffix == ".docx" for f in files) and not any(f.suffix == ".pdf" for f in files):
        lines.append("  " + say("summary.no_pdf", lang))
    return lines


def _worst_first(checks: pd.DataFrame) -> pd.DataFrame:
    rank = {code: n for n, code in enumerate(codes("severity"))}
    order = checks["severity"].map(rank)
    return (
        checks.assign(rank=order)
        .sort_values(["rank", "failed", "rule_id"], ascending=[True, False, True])
        .drop(columns="rank")
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _wrapped(text: str, indent: str = "    ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
