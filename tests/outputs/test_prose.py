"""The report's sentences: every figure is counted from the tables, and none, one and many are right Swedish."""

import re

import pandas as pd
import pytest

from overkalix_data.base.codelist import codelist
from overkalix_data.outputs.charts import report_charts
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.facts import Facts
from overkalix_data.schema.frames import Tables
from tests.made.pages import page, tables_of

EVERY = (
    prose.how_many,
    prose.who_pays,
    prose.what_changed,
    prose.what_is_unknown,
    prose.findings,
    prose.summary,
    prose.by_funder,
    prose.by_theme,
    prose.economy,
)


def told(tables: Tables, lang: str = "sv") -> str:
    f = Facts(tables, lang)
    return " ".join(sentence for sentences in EVERY for sentence in sentences(f, lang))


def numbers(text: str) -> set[int]:
    return {int(n.replace("\u00a0", "")) for n in re.findall(r"\d[\d\u00a0]*", text)}


@pytest.mark.parametrize(("funders", "sentences"), [
    ((), ["Sidan listar inga projekt.", "Inga finansiärer är kända."]),
    (("Almi",), ["Sidan listar 1 projekt: 1 pågående (antaget: sidan säger det inte).", "Almi är med i 1 av 1 projekt, mer än någon annan utom kommunen.", "Inga belopp är kända (0 av 1 projekt).",
                 "En kontakt finns för alla projekt (1 av 1).", "En finansiär är med."]),
    (("Almi", "Almi, Tillväxtverket"), ["Sidan listar 2 projekt: 2 pågående (antaget: sidan säger det inte).", "Almi är med i 2 av 2 projekt", "2 finansiärer är med"]),
    (("Almi", "Tillväxtverket"), ["Almi och Tillväxtverket är med i 1 av 2 projekt var"]),
])  # fmt: skip
def test_none_one_and_many(funders: tuple[str, ...], sentences: list[str]) -> None:
    text = told(tables_of(page(*funders) or "Text.\n"))
    for sentence in sentences:
        assert sentence in text


def test_finished_projects_bend_too() -> None:
    for n, words in ((1, "1 avslutat."), (2, "2 avslutade.")):
        assert words in told(tables_of(page(*["Almi"] * n, heading="Avslutade projekt")))
    assert prose.of_status(Facts(tables_of(page("Almi"))), "completed") == ["Inga projekt är avslutade (0 av 1)."]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_figures_are_those_of_the_tables(tables: Tables, lang: str) -> None:
    projects, funding = tables["projects"], tables["project_funders"]
    text = told(tables, lang)
    assert str(len(projects)) in text
    for count in (
        (projects["status_code"] == "ongoing").sum(), (projects["status_code"] == "completed").sum(), projects["duplicate_of"].notna().sum(),
        funding.loc[funding["role_code"] == "own", "project_id"].nunique(), funding.loc[funding["role_code"] == "fund", "project_id"].nunique(),
        funding[funding["role_code"] != "own"].groupby("funder_id")["project_id"].nunique().max(), len(tables["funders"]),
        tables["project_contacts"]["project_id"].nunique(), projects["start"].notna().sum(), projects["title"].notna().sum(),
        tables["project_themes"].groupby("theme_code")["project_id"].nunique().max(),
        *(tables["checks"].query("failed > 0")["severity"].value_counts()),
    ):  # fmt: skip
        assert int(count) in numbers(text), count


def test_observations_are_those_of_the_workbook(tables: Tables) -> None:
    (text,) = prose.findings(Facts(tables))
    for severity, words in (("warning", "varning"), ("info", "upplysning")):
        checks = int(tables["checks"].query("failed > 0")["severity"].eq(severity).sum())
        found = int(tables["findings"]["severity"].eq(severity).sum())
        assert f"{checks} kontroller gav {words} ({found} iakttagelser)" in text


def test_a_period_that_has_run_out_is_told(tables: Tables) -> None:
    sentence = "Ett pågående projekt har passerat sitt slutdatum."
    f = Facts(tables)
    assert sentence in prose.how_many(f)
    assert sentence in prose.of_status(f, "ongoing")
    assert sentence not in prose.of_status(f, "completed")
    none = tables | {"findings": tables["findings"].iloc[:0]}
    assert "gått ut" not in told(none)


def test_what_the_heading_says_of_all_one_or_some() -> None:
    assert "För inget av dem säger rubriken något om status" in " ".join(
        prose.of_status(Facts(tables_of(page("Almi", "Almi"))), "ongoing")
    )
    assert "Rubriken säger inget om status" in " ".join(prose.of_status(Facts(tables_of(page("Almi"))), "ongoing"))


def test_why_money_is_out_of_fewer_is_told_once(tables: Tables) -> None:
    f = Facts(tables)
    text = " ".join([*prose.by_funder(f), *prose.economy(f)])
    assert text.count("Pengar räknas en gång") == 1
    assert {f.parts, f.granted.of, f.projects, f.cost.of} <= numbers(text)
    assert "Pengar räknas" not in told(tables_of(page("Almi")))


def test_a_changed_table_changes_the_text(tables: Tables) -> None:
    before = told(tables)
    projects, funding = tables["projects"].copy(), tables["project_funders"].copy()
    own = funding.index[funding["role_code"] == "own"][:2]
    funding.loc[own, "granted_sek"] = [100_000, 50_500]
    projects.loc[projects.index[0], "total_cost_sek"] = 1_234_567
    after = told(tables | {"projects": projects, "project_funders": funding})
    assert "Kommunens kända medfinansiering är 150\u00a0500\u00a0kr (känt för 2 av" in after
    assert "Projektens kända kostnader är 1\u00a0234\u00a0567\u00a0kr (känt för 1 av" in after
    assert "Inga belopp är kända" in before
    assert "Inga belopp är kända" not in after


def test_unknown_is_told_and_never_nought(tables: Tables) -> None:
    text = " ".join(prose.economy(Facts(tables)))
    assert "inte känt" in text
    assert "0\u00a0kr" not in text


def test_changes_are_told_by_kind(tables: Tables) -> None:
    snapshots = tables["snapshots"].copy()
    snapshots["previous_id"] = pd.array(["förra"] * len(snapshots), dtype="string")
    assert prose.what_changed(Facts(tables | {"snapshots": snapshots})) == ["Inget har ändrats."]
    ids = tables["projects"]["project_id"][:3].tolist()
    changes = pd.DataFrame({"project_id": ids, "change_code": ["added", "added", "finished"]}).reindex(
        columns=tables["changes"].columns
    )
    text = prose.what_changed(Facts(tables | {"snapshots": snapshots, "changes": changes}))
    assert text == ["3 projekt har ändrats sedan förra hämtningen: nytt projekt (2) och avslutat (1)."]


def test_the_summary_is_eight_lines_at_most(tables: Tables) -> None:
    assert 5 <= len(prose.summary(Facts(tables))) <= 8


@pytest.mark.parametrize(
    ("lang", "quoted"),
    [("sv", "”Företag” och ”Invånare och allmänhet”"), ("en", "“Companies” and “Residents and the public”")],
)
def test_quotation_marks_are_those_of_the_language(tables: Tables, lang: str, quoted: str) -> None:
    (chart,) = [c for c in report_charts(tables, lang) if c.stem == "malgrupper"]
    assert quoted in chart.title
    words = [row["en"] for row in codelist("words")] + [
        text for row in codelist("rules") for key, text in row.items() if key.endswith("_en")
    ]
    assert not [text for text in words if re.search(r"(^|[\s(])”", text)], "English opens with “"
