"""The checks as a person acts on them: grouped by who can mend, worst first, and what to ask whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from overkalix_data.codelists import code_label, codelist, codes
from overkalix_data.rules import RULES, catalogue
from overkalix_data.tables import Tables

Mask = Callable[[str], str]


@dataclass(frozen=True)
class RuleReport:
    """A rule and its findings: `findings` are dicts of line, label, message, value, suggestion and accepted_text."""

    rule_id: str
    title: str
    severity_code: str
    severity: str
    dimension: str
    applicable: int
    failed: int
    why: str
    remedy: str
    findings: list[dict[str, Any]]


@dataclass(frozen=True)
class Ask:
    """What to ask about one project; `questions` are noun phrases."""

    label: str
    line: int
    questions: list[str]


def failed_by_mender(tables: Tables, lang: str = "sv", mask: Mask = str) -> dict[str, list[RuleReport]]:
    """Who can mend (words) → the rules that failed, worst first. `mask` takes personal data out of every text."""
    reports = [r for r in _reports(tables, lang, mask) if r.failed]
    menders = {code: code_label("mended_by", code, lang) for code in codes("mended_by")}
    grouped = {words: [r for r in reports if catalogue()[r.rule_id]["mended_by"] == code] for code, words in menders.items()}
    return {words: rules for words, rules in grouped.items() if rules}


def passed(tables: Tables, lang: str = "sv") -> tuple[list[RuleReport], list[RuleReport]]:
    """The rules that passed, and those that applied to nothing."""
    reports = [r for r in _reports(tables, lang, str) if not r.failed]
    return [r for r in reports if r.applicable], [r for r in reports if not r.applicable]


def ask_list(tables: Tables, as_of: str, lang: str = "sv") -> dict[str, list[Ask]]:
    """Contact's name, or the unit where a project has no contact → what to ask of which project.

    The questions are those of `codelists/asks.csv`; they are asked per project even where the list is told of once.
    """
    asks = {row["rule_id"]: row[lang] for row in codelist("asks", "rule_id", "sv", "en") if row["rule_id"] in RULES}
    projects = tables["projects"].set_index("project_id")
    open_questions: dict[str, list[str]] = {}
    for rule_id, words in asks.items():
        table = tables[catalogue()[rule_id]["table"]]
        failed = RULES[rule_id](tables, as_of).ok.fillna(True).astype(bool)
        for project_id in table.loc[~failed, "project_id"].drop_duplicates():
            open_questions.setdefault(str(project_id), []).append(words)
    names = tables["contacts"].set_index("contact_id")["name"].fillna("")
    asked: dict[str, list[Ask]] = {}
    for project_id, row in projects.sort_values("first_line").iterrows():
        of_project = tables["project_contacts"].query("project_id == @project_id").sort_values("position")["contact_id"]
        whom = [str(names[c]) for c in of_project] or ["" if pd.isna(row["unit"]) else str(row["unit"])]
        if questions := open_questions.get(str(project_id)):
            asked.setdefault(whom[0], []).append(Ask(str(row["label"]), int(row["first_line"]), questions))
    return dict(sorted(asked.items(), key=lambda item: (-len(item[1]), item[0])))


def in_common(projects: list[Ask]) -> list[str]:
    """The questions that are asked of every one of several projects: told once, not a time a project."""
    if len(projects) < 2:
        return []
    return [q for q in projects[0].questions if all(q in ask.questions for ask in projects)]


def _reports(tables: Tables, lang: str, mask: Mask) -> list[RuleReport]:
    rank = {code: n for n, code in enumerate(codes("severity"))}
    checks = tables["checks"].assign(rank=tables["checks"]["severity"].map(rank))
    of_rule = dict(list(tables["findings"].sort_values("line").groupby("rule_id")))
    reports = []
    for row in checks.sort_values(["rank", "failed", "rule_id"], ascending=[True, False, True]).to_dict("records"):
        found = of_rule[row["rule_id"]].to_dict("records") if row["rule_id"] in of_rule else []
        severity, dimension = (code_label(c, row[c], lang) for c in ("severity", "dimension"))
        counts = int(row["applicable"]), int(row["failed"])
        findings = [_finding(f, row["remedy"], mask) for f in found]
        reports.append(
            RuleReport(row["rule_id"], row["title"], row["severity"], severity, dimension, *counts, row["why"], row["remedy"], findings)
        )
    return reports


def _finding(row: Mapping[Any, Any], remedy: str, mask: Mask) -> dict[str, Any]:
    """A finding's columns, unknown as None; its message without the remedy, which the rule tells once."""
    told = {str(k): None if pd.isna(v) else v for k, v in row.items()}
    told["message"] = str(told["message"]).removesuffix(remedy).rstrip()
    return {k: mask(v) if isinstance(v, str) else v for k, v in told.items()}
