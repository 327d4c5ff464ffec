"""The council's products once amounts are filled in: each figure is computed anew here, from the tables' own rows."""

import shutil
import subprocess
from pathlib import Path

import pytest

from overkalix_data.analyse.kronor import ENOUGH, counted_amounts, tells_shares
from overkalix_data.base.words import decimal
from overkalix_data.outputs.charts import report_charts
from overkalix_data.outputs.charts.style import Chart, drawn, save
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.attachment import attachment
from overkalix_data.outputs.council.document import Items, LetterHeading, LetterTable
from overkalix_data.outputs.council.facts import Facts, Material, materials
from overkalix_data.outputs.council.letter import council_letter
from overkalix_data.outputs.council.pdf import PdfWriter
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF
from tests.made.workbooks import libreoffice

pytestmark = pytest.mark.whole

FEW = 2


def paid(tables: Tables, projects: float = 1.0) -> Tables:
    """The tables with an amount for every part of that many of the projects: 1 000 kr, 2 000 kr … in the rows' order.

    The intermediaries have none: the fund's row has the chain's money.
    """
    funding = tables["project_funders"].copy()
    once = tables["projects"].loc[tables["projects"]["duplicate_of"].isna(), "project_id"].sort_values()
    filled = funding["project_id"].isin(once[: round(projects * len(once))]) & (funding["role_code"] != "intermediary")
    funding.loc[filled, "granted_sek"] = range(1_000, 1_000 * filled.sum() + 1, 1_000)
    return tables | {"project_funders": funding}


def series(tables: Tables, lang: str = "sv") -> dict[str, Chart]:
    return {chart.stem: chart for chart in report_charts(tables, lang)}


def kr(amount: int) -> str:
    return f"{decimal(amount)}\u00a0kr"


@pytest.mark.parametrize("share", [FEW / 24, 1.0])
def test_the_first_screen_and_the_summary_begin_with_the_kronor(tables: Tables, share: float) -> None:
    made = paid(tables, share)
    funding = made["project_funders"]
    known = funding.dropna(subset=["granted_sek"])
    total, own = int(known["granted_sek"].sum()), known[known["role_code"] == "own"]
    f = Facts(made)
    first, most, own_words, eu_words, shares, *_ = prose.who_pays(f)
    assert first.startswith(f"Finansiärerna har beviljat {kr(total)} (känt för {len(known)} av ")
    names = made["funders"].set_index("funder_id")["name"]
    by_funder = known.groupby("funder_id")["granted_sek"].sum().sort_values(ascending=False)
    assert f"Mest kommer från {names[by_funder.index[0]]} ({decimal(by_funder.iloc[0])}\u00a0kr)" in most
    assert kr(int(own["granted_sek"].sum())) in own_words
    eu = known[(known["role_code"] == "fund") | (known["funder_id"] == "esf-radet")]["granted_sek"]
    parts = [f"{decimal(100 * own['granted_sek'].sum() / total)}\u00a0% kommunens egna pengar"]
    parts += [f"{decimal(100 * eu.sum() / total)}\u00a0% EU-medel"] if len(eu) else []
    assert shares == f"Av det kända är {' och '.join(parts)}."
    assert (kr(int(eu.sum())) in eu_words) if len(eu) else "inte känt" in eu_words
    lines = prose.summary(f)
    assert lines[1].startswith(first)
    assert len(lines) <= 8


def test_before_any_amount_is_known_the_counts_come_first(tables: Tables) -> None:
    f = Facts(tables)
    assert prose.money(f) == []
    assert prose.who_pays(f)[0].startswith("Tillväxtverket är med i 14 av 25 projekt")
    assert not {"beviljat-per-finansiar", "kronor-per-niva"} & set(series(tables))


def test_a_chart_of_kronor_by_funder_comes_with_the_first_amount(tables: Tables, tmp_path: Path) -> None:
    made = paid(tables, FEW / 24)
    chart = series(made)["beviljat-per-finansiar"]
    parts, names = counted_amounts(made), made["funders"].set_index("funder_id")["name"]
    for name, sek, known in chart.numbers[1:]:
        rows = parts[parts["funder_id"] == names[names == name].index[0]]["granted_sek"]
        assert (sek, known.split(" av ")[0]) == (decimal(int(rows.sum())), str(rows.count()))
    of = len(made["project_funders"]) - (made["project_funders"]["role_code"] == "intermediary").sum()
    assert f"kända för {parts['granted_sek'].count()} av {of} finansieringar" in chart.foot
    svg, _ = save(drawn(chart), tmp_path / chart.stem, chart.title, chart.alt)
    assert f"{chart.numbers[1][1]}\u00a0kr, känt för {chart.numbers[1][2]}" in svg.read_text(encoding="utf-8")


def test_the_levels_go_over_to_kronor_at_the_threshold(tables: Tables) -> None:
    below, above = paid(tables, ENOUGH - 0.05), paid(tables, ENOUGH + 0.05)
    assert not tells_shares(below)
    assert "finansiering-per-niva" in series(below)
    assert tells_shares(above)
    assert "finansiering-per-niva" not in series(above)
    chart, parts = series(above)["kronor-per-niva"], above["project_funders"].dropna(subset=["granted_sek"])
    level = above["funders"].set_index("funder_id")["level_code"].to_dict()
    sums = parts.groupby(parts["funder_id"].map(level))["granted_sek"].sum()
    through = decimal(int(parts.loc[parts["funder_id"] == "esf-radet", "granted_sek"].sum()))
    assert f"EU-medel genom Svenska ESF-rådet ({through}\u00a0kr) räknas till nivån för den" in chart.subtitle
    told = {name: (share, sek) for name, share, sek, _ in chart.numbers[1:]}
    for code, name in (("local", "Lokal"), ("national", "Nationell"), ("eu", "EU")):
        assert told[name] == (f"{decimal(100 * sums[code] / sums.sum(), digits=1)}\u00a0%", decimal(int(sums[code])))


def test_the_paper_names_who_has_granted_most_as_soon_as_kronor_are_known(tables: Tables) -> None:
    def payers(made: Tables) -> LetterTable:
        parts = council_letter(materials({"public": made}, as_of=AS_OF)["public"]).parts
        (table,) = (part for part in parts if isinstance(part, LetterTable))
        return table

    before = payers(tables)
    assert list(before.headings) == ["Finansiär", "Antal projekt", "Pågående", "Avslutade"]
    assert [*before.rows[1]] == ["Tillväxtverket", "14", "5", "9"], "until then: who is in most projects"
    made = paid(tables, 1.0)
    table = payers(made)
    sums, names = (
        counted_amounts(made).groupby("funder_id")["granted_sek"].sum(),
        made["funders"].set_index("funder_id")["name"],
    )
    assert list(table.headings) == ["Finansiär", "Antal projekt", "Beviljat (kr)"]
    assert len(table.rows) == 6, "so many that the paper stays on two pages"
    for (name, _, granted), sek in zip(table.rows, sorted(sums, reverse=True), strict=False):
        assert granted.startswith(f"{decimal(int(sek))} (känt för "), name
        assert sums[names[names == name].index[0]] == sek


def changed(tables: Tables) -> Tables:
    """The tables as of a second fetch: a change of ten projects, and of another a contact's alone."""
    rows = (
        tables["projects"][["project_id", "label"]].head(11).assign(change_code="reworded", column="goal", position=1)
    )
    rows.loc[rows.index[-1], ["change_code", "column"]] = ["contact_changed", None]
    return tables | {
        "changes": rows.reindex(columns=tables["changes"].columns).astype(tables["changes"].dtypes),
        "snapshots": tables["snapshots"].assign(previous_id="förra"),
    }


def test_what_changed_is_named_as_far_as_two_pages_allow(tables: Tables, tmp_path: Path) -> None:
    made = changed(tables)
    m = materials({"public": made}, as_of=AS_OF)["public"]
    parts, labels = list(council_letter(m).parts), tables["projects"]["label"].tolist()
    items = parts[parts.index(LetterHeading("Vad som har ändrats")) + 2]
    assert isinstance(items, Items)
    assert items.items[-1] == "och 6 projekt till: se bilaga 1"
    assert [words.partition(" – ny text: Mål")[0] for words in items.items[:-1]] == labels[:4]
    tables_ = attachment(m, series(made)["projekt-per-finansiar"], tmp_path / "x.png").parts
    (table,) = (t for t in tables_ if isinstance(t, LetterTable) and t.caption == "Vad som har ändrats")
    assert sorted(row[0] for row in table.rows) == sorted(labels[:10]), "a contact's change is no matter for the board"


@libreoffice
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed (apt install poppler-utils)")
def test_the_paper_is_two_pages_with_kronor_and_changes_too(tables: Tables, tmp_path: Path) -> None:
    letter = council_letter(materials({"public": changed(paid(tables))}, as_of=AS_OF)["public"])
    path = write_letter(letter, tmp_path / "brev.docx", as_of=AS_OF)
    with PdfWriter({path: letter}, as_of=AS_OF) as pdf:
        (made,) = pdf.finish()
    told = subprocess.run(["pdfinfo", str(made)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in told


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_paper_and_its_attachment_have_the_same_kronor(tables: Tables, tmp_path: Path, lang: str) -> None:
    made = paid(tables)
    m: Material = materials({"public": made}, as_of=AS_OF, lang=lang)["public"]
    total = decimal(int(made["project_funders"]["granted_sek"].sum()), lang)
    letter, chart = council_letter(m), series(made, lang)["projekt-per-finansiar"]
    assert total in " ".join(words for part in letter.parts if isinstance(part, Items) for words in part.items)
    tables_ = [p for p in attachment(m, chart, tmp_path / "x.png").parts if isinstance(p, LetterTable)]
    funders = next(t for t in tables_ if len(t.headings) == 5 and t.headings[1] in ("Antal projekt", "Projects"))
    granted = [int(row[-1].split(" (")[0].replace("\u00a0", "").replace(",", "")) for row in funders.rows
               if "(" in row[-1]]  # fmt: skip
    assert decimal(sum(granted), lang) == total
    own = made["project_funders"].query("project_id == 'move-on-up'")["granted_sek"]
    (row,) = (row for table in tables_ for row in table.rows if row[0] == "Move on Up")
    assert f"{decimal(int(own.sum()), lang)} ({'känt för' if lang == 'sv' else 'known for'} 2 " in row[4]
