"""The scripted week: each figure in each product is what the published tables alone give, and the same in all of them."""

import html
import json
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from lxml import html as html_tree

from tests.conftest import ROOT
from tests.made.shared import once
from tests.made.week import FETCHED, SHARED, TODAY, TWICE, VOLUNTARY, Week, scripted_week, week_in
from tests.made.workbooks import by_libreoffice, rows
from tests.outputs import recomputed
from tests.outputs.recomputed import by_funder, figures, levels, money, published
from tests.outputs.said_figures import SAID

BOTH = pytest.mark.parametrize("lang", ["sv", "en"])
Rows = set[tuple[str, ...]]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words_of(path: Path) -> str:
    """A product's words as a person reads them."""
    if path.suffix == ".docx":
        return " ".join(
            "".join(t.itertext()) for t in docx.Document(str(path)).element.body.iter() if t.tag.endswith("}p")
        )
    if path.suffix == ".html":
        shown = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", " ", shown))
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    cells = (
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    return " \n".join(cells)


@pytest.fixture(scope="session")
def week(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Week:
    def saved(form: Path) -> None:
        if shutil.which("soffice"):
            shutil.move(by_libreoffice(form, form.parent / "saved"), form)

    return week_in(once(tmp_path_factory, "week", lambda folder: scripted_week(folder, saved)))


@pytest.fixture(scope="session")
def tables(week: Week) -> dict[str, pd.DataFrame]:
    return published(week.clean)


@pytest.fixture(scope="session")
def all_products(week: Week) -> dict[str, dict[tuple[str, str], str]]:
    """Language → (edition, product) → its words."""
    told: dict[str, dict[tuple[str, str], str]] = {}
    for lang, reports in (("sv", week.reports), ("en", week.english)):
        files = [p for p in reports.glob("*/*") if p.suffix in (".docx", ".html", ".xlsx")]
        told[lang] = {(p.parent.name, p.stem): plain(words_of(p)) for p in files}
        told[lang]["internal", "terminal"] = plain(week.said)
    return told


@pytest.fixture
def products(all_products: dict[str, dict[tuple[str, str], str]]) -> dict[tuple[str, str], str]:
    """The Swedish products: (edition, product) → its words."""
    return all_products["sv"]


def numbers(found: str | tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(re.sub(r"[ ,]", "", part)) for part in ([found] if isinstance(found, str) else found))


@BOTH
def test_each_figure_is_the_same_in_every_product(
    lang: str, tables: dict[str, pd.DataFrame], all_products: dict[str, dict[tuple[str, str], str]]
) -> None:
    expected, wrong, products = figures(tables, TODAY), [], all_products[lang]
    for figure, pattern, places in SAID[lang]:
        said = {place: {numbers(m) for m in re.findall(pattern, text)} for place, text in products.items()}
        wrong += [(figure, place, got, expected[figure]) for place, got in said.items() if got - {expected[figure]}]
        missing = {name for name in places.split() if not any(got for (_, at), got in said.items() if at == name)}
        wrong += [(figure, name, "missing") for name in missing]
    assert wrong == []


def test_a_share_beside_the_fund_counts_and_an_equal_amount_counts_once(tables: dict[str, pd.DataFrame]) -> None:
    parts = money(tables).groupby("project_id")["sek"].sum()
    assert (parts[SHARED], parts[TWICE]) == (400_000, 400_003)
    told = tables["findings"].query("rule_id == 'amount-told-twice'")
    assert len(told) == 1


def test_each_funder_has_the_same_kronor_in_page_attachment_and_workbook(
    week: Week, tables: dict[str, pd.DataFrame], products: dict[tuple[str, str], str]
) -> None:
    expected = {name: said for name, said in by_funder(tables).items() if said[1]}
    for edition in ("internal", "public"):
        for name, (sek, known, of) in expected.items():
            amount = f"{sek:,}".replace(",", " ")
            assert f"{name} {amount} kr, känt för {known} av {of}" in products[edition, "rapport"], name
            assert f"{amount} (känt för {known} av {of})" in products[edition, "bilaga-1"], name
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        funding = rows(book, "Finansiering")
        counted = funding[funding["Räknas i summor"] == "Ja"].assign(
            sek=lambda t: pd.to_numeric(t["Beviljat (kr)"], errors="coerce")
        )
        sums = counted.groupby("Finansiär")["sek"].sum()
        assert {name: int(sums[name]) for name in expected} == {name: said[0] for name, said in expected.items()}


def test_the_workbooks_key_figures(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    expected = figures(tables, TODAY)
    for edition in ("internal", "public"):
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        found = {row[0]: row[1:4] for row in book["Översikt"].iter_rows(values_only=True) if row[0]}
        assert found["Beviljat av alla finansiärer (kr)"] == expected["granted"]
        assert found["Total kostnad (kr)"] == expected["cost"]
        keys = ("Projekt", "Pågående", "Avslutade", "Olika projekttexter", "Finansiärer", "Finansieringar")
        told = [*expected["status"], *expected["texts"], *expected["fundings"]]
        assert [found[key][0] for key in keys] == told


def read_tables(path: Path) -> list[Rows]:
    """The tables of a page, or of a document, as sets of rows: words without what stands in brackets after a name."""
    if path.suffix == ".html":
        tables = [
            [[c.text_content() for c in row] for row in t.iter("tr")] for t in html_tree.parse(path).iter("table")
        ]
    else:
        tables = [[[c.text for c in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]
    return [
        {(re.sub(r" \((?:kommunen|the muni).*", "", plain(row[0])), *map(plain, row[1:])) for row in t} for t in tables
    ]


@BOTH
def test_each_chart_says_what_the_tables_do_in_its_picture_and_in_the_table_under_it(
    lang: str, week: Week, tables: dict[str, pd.DataFrame]
) -> None:
    reports, unknown = (week.reports, "Uppgift saknas") if lang == "sv" else (week.english, "Not stated")
    for edition in ("internal", "public"):
        under = read_tables(reports / edition / "rapport.html")
        for stem, expected in recomputed.charts(tables, lang).items():
            told = {tuple(cell.replace("?", unknown) for cell in row) for row in expected}
            assert [rows for rows in under if rows >= told and len(rows) == len(told) + 1], (stem, "and its heading")
            svg = (reports / "public" / f"{stem}.svg").read_text(encoding="utf-8")
            desc = plain(html.unescape(re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)[1]))  # type: ignore[index]
            pieces = {picture_words(stem, row, lang) for row in told}
            assert (
                set(
                    re.split(
                        r"(?:(?<=[\d%])|(?<=saknas)|(?<=stated)), (?!känt|known)",
                        desc.partition(": ")[2].removesuffix("."),
                    )
                )
                == pieces
            ), stem


def picture_words(stem: str, row: tuple[str, ...], lang: str) -> str:
    """A row as the words for who does not see the picture tell it."""
    *names, last = row
    if stem == "beviljat-per-finansiar":
        name, sek = names
        return f"{name} {sek} kr, känt för {last}" if lang == "sv" else f"{name} SEK {sek}, known for {last}"
    if stem == "tidslinje":
        label, status, start = names
        start, last = (end if end[0].isdigit() else end.lower() for end in (start, last))
        return f"{label} ({status.lower()}) {start} – {last}"
    return f"{' – '.join(names)} {last}"


@BOTH
def test_themes_and_funders_in_the_attachment(lang: str, week: Week, tables: dict[str, pd.DataFrame]) -> None:
    for edition in ("internal", "public"):
        folder = week.reports if lang == "sv" else week.english
        found = [{row[:2] for row in t} for t in read_tables(folder / edition / "bilaga-1.docx")]
        for expected in (recomputed.per_theme(tables, lang), recomputed.per_funder(tables)):
            told = {(name, str(n)) for name, n in expected.items()}
            assert [rows for rows in found if rows >= told and len(rows) == len(told) + 1], (edition, told)


def test_each_projects_kronor_are_the_same_on_its_card_and_in_the_attachment(
    week: Week, tables: dict[str, pd.DataFrame]
) -> None:
    of, projects = recomputed.of_projects(tables), tables["projects"]
    funding = tables["project_funders"].astype({"position": int}).sort_values(["project_id", "position"])
    expected = {
        (row.label, f"{written(sek)} (känt för {known} av {parts})" if known else "Uppgift saknas")
        for row in projects.itertuples()
        for sek, known, parts in [of[row.project_id]]
    }
    for edition in ("internal", "public"):
        document = docx.Document(str(week.reports / edition / "bilaga-1.docx"))
        listed = [t for t in document.tables if t.rows[0].cells[-1].text == "Total kostnad (kr)"]
        rows_ = [[plain(cell.text) for cell in row.cells] for table in listed for row in table.rows[1:]]
        assert {(label, told) for label, *_, told, _ in rows_} == expected
        costs = sorted(cost for *_, cost in rows_ if cost != "Uppgift saknas")
        assert costs == sorted(written(int(cost)) for cost in projects["total_cost_sek"].dropna())
        page = html_tree.parse(week.reports / edition / "rapport.html")
        for project_id, parts in funding.groupby("project_id"):
            (told,) = page.xpath(f"//article[@id='{project_id}']//dt[.='Finansiärer']/following-sibling::dd[1]")
            said = re.findall(r"(\d[\d ]*) kr\)", plain(told.text_content()))
            assert said == [written(int(sek)) for sek in parts["granted_sek"].dropna()], project_id


def written(number: int) -> str:
    return recomputed.written(number, "sv")


def test_a_pack_adds_up_each_project_as_the_tables_do(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    expected = money(tables).groupby("project_id")["sek"].sum().to_dict()
    for path in sorted(week.reports.glob("*/underlag-*.xlsx")):
        parts = rows(openpyxl.load_workbook(path, data_only=True), "Finansiering")
        counted = parts[parts["Räknas i totalen"] == "Ja"]
        sums = pd.to_numeric(counted["Belopp (kr)"], errors="coerce").groupby(counted["Projekt-id"]).sum().to_dict()
        assert sums == {project: expected[project] for project in sums}, path.name
        for row in rows(openpyxl.load_workbook(path, data_only=True), "Finansiering", 1).itertuples(index=False):
            project, _, cost, sek, known, of, difference = row
            assert (sek if known else None, known, of) == recomputed.of_projects(tables)[project], path.name
            whole = tables["projects"].set_index("project_id").loc[project, "total_cost_sek"]
            assert cost == ("Uppgift saknas" if pd.isna(whole) else int(whole)), path.name
            assert difference == (cost - sek if known and not pd.isna(whole) else "Uppgift saknas"), path.name


def test_a_decision_has_its_number_in_the_pack_of_the_fund_and_of_who_passes_it_on(week: Week) -> None:
    for funder in ("ejflu", "leader-polaris"):
        book = openpyxl.load_workbook(week.reports / "internal" / f"underlag-{funder}.xlsx", data_only=True)
        asked = rows(book, "Projekt").set_index("Projekt-id").filter(like="ournalnummer")
        assert asked.loc[VOLUNTARY].tolist() == ["2021-0417"], funder
        assert set(asked.drop(VOLUNTARY).iloc[:, 0]) == {"Uppgift saknas"}, funder


@BOTH
def test_no_amount_has_its_unit_twice(lang: str, all_products: dict[str, dict[tuple[str, str], str]]) -> None:
    twice = re.compile(r"\((?:kr|SEK)\):? (?:SEK \d|\d[\d ]* kr\b)")
    assert [place for place, text in all_products[lang].items() if twice.search(text)] == []


def test_the_day_of_the_page_is_the_same_everywhere(products: dict[tuple[str, str], str]) -> None:
    for place, text in products.items():
        assert set(re.findall(r"[Hh]ämtad:? (\d{4}-\d\d-\d\d)", text)) <= {FETCHED}, place


def test_themes_groups_pairs_and_levels_in_the_workbook(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    level = recomputed.in_words("level", "sv")
    for edition in ("internal", "public"):
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        overview = {n: dict(rows(book, "Översikt", n).itertuples(index=False)) for n in (1, 2)}
        assert overview == {1: recomputed.per_funder(tables), 2: recomputed.per_theme(tables)}
        themes, groups = (rows(book, "Teman och målgrupper", n) for n in (0, 1))
        assert themes.groupby("Tema")["Projekt-id"].nunique().to_dict() == recomputed.per_theme(tables)
        assert groups.groupby("Kategori")["Projekt-id"].nunique().to_dict() == recomputed.per_group(tables)
        matrix = rows(book, "Finansieringsmatris", 1).set_index("Tema").drop(columns="Antal projekt").stack()
        told = {(*pair, str(n)) for pair, n in matrix[matrix > 0].items()}
        assert told == recomputed.charts(tables)["teman-och-finansiarer"]
        pairs = rows(book, "Finansiärer", 1)[["Finansiär", "Tillsammans med", "Antal projekt"]]
        assert {(a, b): n for a, b, n in pairs.itertuples(index=False)}.items() <= recomputed.pairs(tables).items()
        shares = rows(book, "Finansiärer", 2).set_index("Nivå")
        told = {name: round(100 * share, 1) for name, share in shares["Andel"].items()}
        assert told == {level[code]: share for code, share in levels(tables).items()}
        parts = money(tables)
        by_level = parts[parts["counts"]].groupby(recomputed.level_of_money(parts, tables))["sek"].sum()
        assert shares["Beviljat (kr)"].to_dict() == {level[code]: int(sek) for code, sek in by_level.items()}


def test_the_pages_data_for_machines_has_the_same_money_once(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    names, projects = tables["funders"].set_index("funder_id")["name"], tables["projects"].set_index("project_id")
    for edition in ("internal", "public"):
        page = html_tree.parse(week.reports / edition / "projektsida.html")
        graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        said = {node["identifier"]: node for node in graph}
        assert set(said) == set(projects.index)
        amounts = {
            (key, g["funder"]["name"]): g["amount"]["value"]
            for key in said
            for g in said[key]["funding"]
            if "amount" in g
        }
        parts = money(tables).query("counts").dropna(subset=["sek"])
        assert amounts == {(row.project_id, names[row.funder_id]): row.sek for row in parts.itertuples()}
        for key, node in said.items():
            dates = (node.get("foundingDate", ""), node.get("dissolutionDate", ""))
            assert dates == tuple(projects.loc[key, ["start", "end"]].fillna("")), key


def test_a_correction_and_an_accepted_title_hold_in_every_product(
    tables: dict[str, pd.DataFrame], all_products: dict[str, dict[tuple[str, str], str]]
) -> None:
    purpose = tables["projects"].set_index("project_id").loc["kunna-erbjuda-olika-typer-aktiviteter", "purpose"]
    additions = tables["additions"].assign(was=lambda rows: rows["replaced_text"])
    correction = additions.set_index("file").loc["corrections.csv", ["was", "value", "outcome_code"]]
    assert correction.tolist() == ["Dansbansveckan", "Dansbandsveckan", "applied"]
    assert "Dansbandsveckan" in purpose
    assert "Dansbansveckan" not in purpose, "the page's own spelling"
    accepted = additions.query("who == 'Eva Exempel' and value == 'Alla ska med'")
    assert accepted["outcome_code"].tolist() == ["applied"]
    for products in all_products.values():
        for edition in ("internal", "public"):
            for place in ("bilaga-1", "rapport", "overkalix-projekt", "projektsida"):
                assert "Alla ska med" in products[edition, place], (edition, place)
            assert "delta på Dansbandsveckan" in products[edition, "projektsida"]
            assert "Dansbansveckan" not in products[edition, "projektsida"]


def test_a_changed_project_has_the_name_that_it_has_elsewhere(
    tables: dict[str, pd.DataFrame], products: dict[tuple[str, str], str]
) -> None:
    """A title given after the fetch before is the name that the paper, its attachment, the workbook and the page use."""
    names = tables["projects"].set_index("project_id")["label"]
    changed = tables["changes"].set_index("project_id")["label"]
    here = changed[changed.index.isin(names.index)]
    assert here.to_dict() == names[here.index].to_dict()
    assert changed.drop(here.index).notna().all(), "one that is gone keeps its name"
    assert f"{names[TWICE]} – ny text: Mål" in products["public", "radsrapport"]
    for place in ("bilaga-1", "overkalix-projekt", "forandringar"):
        assert changed[TWICE] in products["public", place], place
        assert "Skapa förutsättningar för att göra leden mellan …" not in products["public", place], place


def test_the_levels_shares_are_per_cent_and_the_figure_stands_with_its_table(week: Week) -> None:
    for edition in ("internal", "public"):
        sheet = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx")["Finansiärer"]
        (share,) = [c for row in sheet.iter_rows() for c in row if c.value == "Andel"]
        assert sheet.cell(share.row + 1, share.column).number_format == "0.0%"
        paragraphs = docx.Document(str(week.reports / edition / "bilaga-1.docx")).paragraphs
        said = [p.text or "figure" * ("pic:pic" in p._p.xml) for p in paragraphs]
        at = [said.index(words) for words in ("Projekt per finansiär", "figure", "Projekt per tema")]
        assert at == sorted(at)
        assert not [words for words in said if " …" in words], "an ellipsis that may begin a line"


def test_quality_over_time_has_a_line_per_fetch(week: Week, tables: dict[str, pd.DataFrame]) -> None:
    names = ["retrieved_on", "projects", "titles", "periods", "amounts", "contacts", "label_text"]
    fetched = tables["snapshots"].sort_values("retrieved_on", ascending=False)[names]
    assert fetched["titles"].tolist() == ["1", "1"], "what the page itself says, whatever has been filled in"
    told = {tuple(row) for row in fetched.fillna("okänt datum").to_numpy()}
    assert len(told) == 2
    for edition in ("internal", "public"):
        for page in ("kvalitet", "forandringar"):
            assert any(told <= rows for rows in read_tables(week.reports / edition / f"{page}.html")), page
        book = openpyxl.load_workbook(week.reports / edition / "overkalix-projekt.xlsx", data_only=True)
        sheet = rows(book, "Förändringar, källor och ord", 3)
        assert sheet[["Antal projekt", "Med titel", "Med kontakt"]].to_numpy().tolist() == [[25, 1, 20], [25, 1, 20]]


@pytest.fixture(scope="module")
def notebooks(week: Week, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every notebook on the published tables leaves, each run in this process from the top."""
    reports = tmp_path_factory.mktemp("notebooks")
    with pytest.MonkeyPatch.context() as patch:
        for name, folder in {"clean": week.clean, "raw": week.clean.parent / "raw", "reports": reports}.items():
            patch.setenv(f"OVERKALIX_{name.upper()}", str(folder))
        for book in sorted((ROOT / "notebooks").glob("0[1-5]*.ipynb")):
            cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
            code = (("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code")
            exec("\n".join(code), {"__name__": book.stem})
    return reports / "public" / "notebooks"


def test_the_notebooks_say_the_same(notebooks: Path, tables: dict[str, pd.DataFrame]) -> None:
    def frame(stem: str, sheet: str) -> pd.DataFrame:
        return rows(openpyxl.load_workbook(notebooks / f"{stem}.xlsx", data_only=True), sheet)

    level, known = recomputed.in_words("level", "sv"), by_funder(tables)
    mix = frame("02_finansieringsmix", "Finansiärer").set_index("Namn")
    assert mix["Antal projekt"].to_dict() == recomputed.per_funder(tables)
    assert {
        name: (int(row["Beviljat (kr)"]), row["Känt för"], row["Av"]) for name, row in mix.iterrows() if row["Känt för"]
    } == {name: told for name, told in known.items() if told[1]}
    shares = frame("02_finansieringsmix", "Nivåer").set_index("Nivå")["Andel"]
    assert {name: round(100 * share, 1) for name, share in shares.items()} == {
        level[code]: share for code, share in levels(tables).items()
    }
    pairs = frame("02_finansieringsmix", "Par")
    assert {(a, b): n for a, b, n in pairs.iloc[:, :3].itertuples(index=False)} == recomputed.pairs(tables)
    themes = frame("03_teman_och_malgrupper", "Teman")
    assert dict(themes.iloc[:, :2].itertuples(index=False)) == recomputed.per_theme(tables)
    groups = frame("03_teman_och_malgrupper", "Målgrupper").set_index("Kategori")["Antal projekt"]
    assert groups.to_dict() == recomputed.per_group(tables)
    sek, of_known, of = figures(tables, TODAY)["granted"]
    book = openpyxl.load_workbook(notebooks / "02_finansieringsmix.xlsx", data_only=True)
    told = plain(" ".join(str(cell.value) for row in book["Slutsatser"] for cell in row if cell.value))
    assert f"Beviljat är {recomputed.written(sek, 'sv')} kr, känt för {of_known} av {of} delar" in told
    eu, total, agencies = figures(tables, TODAY)["eu_projects"]
    assert f"{eu + agencies} av {total} projekt har EU-pengar" in told
