"""Funder packs: the funder's fields in its words, what is known of each, and nothing that nobody has said."""

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.base.codelist import codelist, codes
from overkalix_data.base.words import say
from overkalix_data.cli import main
from overkalix_data.curation.form_fields import fields
from overkalix_data.curation.form_sheets import form_fields
from overkalix_data.outputs.packs.answers import ASK, DERIVED, FILLED, TEXTS, Answers, is_site_of
from overkalix_data.outputs.packs.book import LONGEST_NAME, pack_book, pack_name, with_own_number
from overkalix_data.outputs.packs.funding import funding_parts
from overkalix_data.outputs.packs.pack import FunderPack, funder_asked, funder_pack
from overkalix_data.outputs.packs.periods import programme_period
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.schema.pack_fields import FORM_SHEET, SOURCES, PackField, pack_of
from tests.conftest import AS_OF, CURATED
from tests.made.desk import BY, Desk, empty_row, fill, heading, row_of
from tests.made.workbooks import libreoffice, recomputed, rows
from tests.outputs.test_workbook import contact_values

pytestmark = pytest.mark.whole
IN_PUBLICATION = say("pack.in_publication")
BRAND, AD, START = (
    "utvecklingsprocessen-ort-finns-faktor-vager",
    "marknadsfora-kommunen-naringslivskommun",
    "personer-starta-foretag",
)
PACKS = ["leader", "tillvaxtverket", "region_norrbotten", "esf_radet", "lansstyrelsen", "general"]


def written(tables: Tables, funder_id: str, path: Path, *, lang: str = "sv", edition: str = "internal") -> Path:
    """The pack of some tables, which are of that edition."""
    return write_book(
        pack_book(tables, funder_id, as_of=AS_OF, lang=lang, edition=edition), path, as_of=AS_OF, lang=lang
    )


@pytest.fixture(scope="module")
def editions(tables: Tables) -> dict[str, Tables]:
    return editions_of(tables)


def ready(pack: FunderPack, project_id: str) -> dict[str, str]:
    (project,) = [p for p in pack.projects if p.project_id == project_id]
    return {a.field.field: a.readiness for a in project.asked}


def value(pack: FunderPack, project_id: str, field: str) -> object:
    (project,) = [p for p in pack.projects if p.project_id == project_id]
    return next(a.value for a in project.answers if a.field.field == field)


@pytest.mark.parametrize(("funder_id", "project_id", "filled", "derived", "fields_"), [
    # Counted by hand on the page (lines 5–16, 91–97 and 99–105), without what people have added.
    ("leader-polaris", BRAND, {"leader_area", "fund", "municipality_code", "purpose", "goal"},
     {"beneficiary", "programme_period", "priority", "support_type", "leader_status", "publicity", "legal_list"}, 32),
    ("tillvaxtverket", AD, {"contact", "goal", "target_group"}, {"beneficiary", "status", "legal_list"}, 29),
    ("region-norrbotten", START, {"contact", "goal", "target_group"}, {"beneficiary", "rus_area", "agenda_2030", "status", "publicity", "legal_list"}, 27),
])  # fmt: skip
def test_readiness_is_what_a_person_counts(
    tables: Tables, funder_id: str, project_id: str, filled: set[str], derived: set[str], fields_: int
) -> None:
    told = ready(funder_pack(tables, funder_id), project_id)
    assert {f for f, r in told.items() if r == FILLED} == filled
    assert {f for f, r in told.items() if r == DERIVED} == derived
    assert len(told) == fields_
    assert sum(r == ASK for r in told.values()) == fields_ - len(filled) - len(derived)


def test_our_own_key_is_no_field_of_the_funders(tables: Tables, tmp_path: Path) -> None:
    pack = funder_pack(tables, "leader-polaris")
    for project in pack.projects:
        assert len(project.asked) == len(project.answers) - 1 == sum(project.count(r) for r in (FILLED, DERIVED, ASK))
    assert (
        rows(load_workbook(written(tables, "leader-polaris", tmp_path / "l.xlsx")), "Läge")["Av"].tolist() == [32] * 8
    )


def test_a_heading_over_numbers_is_plural_and_a_cell_speaks_of_one_field(tables: Tables, tmp_path: Path) -> None:
    book = load_workbook(written(tables, "leader-polaris", tmp_path / "l.xlsx"))
    assert list(rows(book, "Läge").columns)[1:5] == ["Ifyllda", "Kan härledas", "Måste frågas", "Av"]
    assert set(rows(book, "Fältkort")["Läge"]) == {"Ifylld", "Kan härledas", "Måste frågas"}


@pytest.mark.parametrize("name", PACKS)
def test_every_field_comes_from_something_that_exists(tables: Tables, name: str) -> None:
    answers = Answers(tables, "leader-polaris")
    listed = codelist(name, "part", "field", "sv", "en", "comes_from", "source")
    assert all(row["sv"] and row["en"] and row["source"] for row in listed)
    assert len({(row["part"], row["field"]) for row in listed}) == len(listed)
    for row in listed:
        where, _, what = row["comes_from"].partition(".")
        if row["part"] != "project":
            assert not where
            continue
        assert where in {*FORM_SHEET, "linked"}
        assert where != "detail" or what.partition(":")[0] in fields()
        assert where != "derived" or row["field"] in (*codes("detail"), "country", "region", "nuts2")
        assert where not in ("projects", "funding") or TABLES[
            "projects" if where == "projects" else "project_funders"
        ].column(what)
        field = PackField(**{name: row[name] for name in PackField.__dataclass_fields__})
        if (
            where in ("projects", "joined", "funding", "funding_total")
            and field.sheet != SOURCES
            and field.field != "project_id"
        ):
            assert set(what.split()) <= set(form_fields(field.sheet)), (
                "the form has a column for it on the sheet that is named"
            )
    for pack in [pack_of(r["funder_id"]) for r in codelist("packs") if r["pack"] == name]:
        for project_id in tables["projects"]["project_id"]:
            assert len(answers.of(project_id, pack.part("project"))) == len(pack.part("project"))


def test_which_pack_a_funder_gets() -> None:
    assert pack_of("leader-polaris").pack == pack_of("leader-nagot", "leader_area").pack == "leader"
    assert pack_of("lansstyrelsen-vasterbotten", "state_agency").pack == "lansstyrelsen"
    assert pack_of("region-skane", "region").pack == "general"  # Region Norrbotten's strategy and logotype are its own
    assert pack_of("esf").pack == pack_of("esf-radet").pack == "esf_radet"


def test_the_e_service_order_and_words_are_the_funders(tables: Tables, tmp_path: Path) -> None:
    book = load_workbook(written(tables, "esf-radet", tmp_path / "esf.xlsx"))
    headings = list(rows(book, "Projekt").columns)
    assert headings[1:5] == ["Diarienummer", "Projektägare", "Projektägare organisationsnummer", "Namn"]
    labels = [
        "Startdatum",
        "Slutdatum",
        "Total kostnad (kr)",
        "Berörd fond",
        "Programområde",
        "Specifikt mål",
        "Unionens medfinansieringsgrad (%)",
    ]
    assert headings[6:13] == labels
    assert "Lista enligt lag" in headings


@pytest.mark.parametrize(("funds", "words", "start", "period"), [
    (["ejflu"], "Europa investerar i landsbygdsområden", "", "2014–2022"),
    (["ejflu"], "Medfinansieras av Europeiska unionen", "", "2023–2027"),
    (["ejflu"], "", "2024-05", "2023–2027"), (["ejflu"], "", "2016", "2014–2022"), (["ejflu"], "", "", None),
    (["esf"], "", "2021", None), (["esf"], "", "2023-09", "2021–2027"), (["esf"], "", "2019", "2014–2020"), (["esf", "ejflu"], "", "2019", None),
    ([], "Medfinansieras av Europeiska unionen", "2024", None),
])  # fmt: skip
def test_a_period_is_told_by_wording_or_start_and_never_guessed(
    funds: list[str], words: str, start: str, period: str | None
) -> None:
    assert programme_period(funds, words, start).get("period") == period


def test_article_49_is_not_for_the_agricultural_fund(tables: Tables) -> None:
    told = {
        p.project_id: {a.field.field: a.value for a in p.answers}
        for p in funder_pack(tables, "leader-polaris").projects
    }
    assert "gäller inte jordbruksfonden" in str(told[BRAND]["legal_list"])
    dated = tables | {"projects": tables["projects"].assign(start="2023-09")}
    (esf, *_) = funder_pack(dated, "esf").projects
    assert {a.field.field: a.value for a in esf.answers}[
        "legal_list"
    ] == "Lista över insatser enligt artikel 49.3 i förordning (EU) 2021/1060"
    move_on_up = ready(funder_pack(tables, "esf-radet"), "move-on-up")
    assert move_on_up["fund"] == ASK  # the page names the agency and no fund


def test_an_agency_whose_funds_all_answer_the_same_tells_period_list_and_publicity(
    tables: Tables, tmp_path: Path
) -> None:
    """Move on Up: ESF-rådet and a start in September 2023, so that ESF and ESF+ give one answer."""
    told = ready(funder_pack(tables, "esf-radet"), "move-on-up")
    assert {told[f] for f in ("legal_list", "publicity", "programme_cci")} == {DERIVED}
    assert value(funder_pack(tables, "esf-radet"), "move-on-up", "publicity") == "Medfinansieras av Europeiska unionen"
    rules = rows(load_workbook(written(tables, "esf-radet", tmp_path / "e.xlsx")), "Källor", 1)
    assert (
        rules["Fond eller finansiär"].tolist()[0]
        == "Svenska ESF-rådet (förmedlar Europeiska socialfonden, Europeiska socialfonden+)"
    )
    assert "2021SE05SFPR" in rules["Program CCI"].tolist()
    for start in ("2021", None):  # a year when two periods began, and no start at all
        undated = tables | {"projects": tables["projects"].assign(start=start)}
        assert {ready(funder_pack(undated, "esf-radet"), "move-on-up")[f] for f in ("legal_list", "programme_cci")} == {
            ASK
        }
    leader = tables["project_funders"][tables["project_funders"]["role_code"] != "fund"]
    dated = tables | {"projects": tables["projects"].assign(start="2024"), "project_funders": leader}
    found = ready(funder_pack(dated, "leader-polaris"), BRAND)  # three funds, of which one has a list of its own
    assert (found["legal_list"], found["programme_period"]) == (ASK, ASK)


def test_publicity_is_the_whole_line_of_the_rule(tables: Tables) -> None:
    pack = funder_pack(tables, "leader-polaris")
    whole = "Europeiska jordbruksfonden för landsbygdsutveckling: Europa investerar i landsbygdsområden"
    assert value(pack, BRAND, "publicity") == whole
    said = tables["projects"].assign(publicity_text=whole.upper())
    assert ready(funder_pack(tables | {"projects": said}, "leader-polaris"), BRAND)["publicity"] == FILLED


def test_places_are_those_that_a_project_can_be_at(tables: Tables) -> None:
    told = {p: str(value(funder_pack(tables, f), p, "place")) for f in ("almi", "lansstyrelsen-norrbotten", "leader-polaris")
            for p in funder_pack(tables, f).project_ids if any(a.field.field == "place" for a in funder_pack(tables, f).projects[0].answers)}  # fmt: skip
    assert told
    assert not [
        words for words in told.values() if {"Finland", "Norge", "Sverige", "Norrbotten"} & set(words.split(", "))
    ]
    village, place = {"goal": "Butik i byarna utanför tätorten Bränna."}, {"name": "Bränna", "kind_code": "locality"}
    assert not is_site_of(dict.fromkeys(TEXTS) | village, place)
    assert is_site_of(dict.fromkeys(TEXTS) | village | {"purpose": "Mötet är i Bränna."}, place)


def test_the_goals_of_a_projects_themes_are_one_list_in_order(tables: Tables) -> None:
    (project,) = (p for p in funder_pack(tables, "region-norrbotten").projects if p.project_id == "move-on-up")
    assert {answer.field.field: answer.value for answer in project.answers}["agenda_2030"] == "4; 8; 10; 11"


def test_leader_is_told_what_its_own_lists_say(tables: Tables) -> None:
    pack = funder_pack(tables, "leader-polaris")
    status = dict(zip(tables["projects"]["project_id"], tables["projects"]["status_code"], strict=True))
    told = {p.project_id: {a.field.field: a for a in p.answers} for p in pack.projects}
    assert {(status[p], a["leader_status"].value) for p, a in told.items()} == {
        ("ongoing", "Pågående"),
        ("completed", None),
    }
    kind = dict(zip(tables["projects"]["project_id"], tables["projects"]["project_type_code"].fillna(""), strict=True))
    assert {a["support_type"].value for p, a in told.items() if kind[p] == "event"} == {None}
    assert {a["support_type"].readiness for p, a in told.items() if kind[p] == "pre_study"} == {DERIVED}


def test_money_and_work_are_two_rows_and_voluntary_time_stands_outside(tables: Tables) -> None:
    funding = tables["project_funders"].copy()
    mine = funding.index[(funding["project_id"] == START)]
    funding.loc[mine[0], ["granted_sek", "cash_sek", "in_kind_sek", "voluntary_time_sek"]] = [300, 200, 100, 50]
    funding.loc[mine[1], "granted_sek"] = 700
    found = funding_parts(tables | {"project_funders": funding}, [START])
    told = [(p.form_code, p.amount, p.is_counted) for p in found if p.funder_id == funding.loc[mine[0], "funder_id"]]
    assert told == [("cash", 200, True), ("in_kind", 100, True), ("voluntary_time", 50, False)]
    assert sum(p.amount or 0 for p in found if p.is_counted) == 1000
    kinds = {p.funder_id: (p.publicness_code, p.kind_code) for p in found if p.form_code != "voluntary_time"}
    assert kinds["almi"] == ("private", "private")
    assert kinds["region-norrbotten"] == ("public", "region")


def test_the_municipality_owns_what_it_pays_and_tells_its_number_once(tables: Tables, tmp_path: Path) -> None:
    numbered = with_own_number(tables, "2120002668")
    for project in funder_pack(numbered, "leader-polaris").projects:
        told = {a.field.field: (a.value, a.readiness) for a in project.answers}
        assert told["beneficiary"] == ("Överkalix kommun", DERIVED)
        assert told["beneficiary_org_number"] == ("212000-2668", DERIVED)
    asked = rows(load_workbook(written(numbered, "leader-polaris", tmp_path / "l.xlsx")), "Att komplettera")
    assert IN_PUBLICATION not in set(asked["Fylls i på bladet"])
    not_its_own = rows(load_workbook(written(numbered, "esf-radet", tmp_path / "e.xlsx")), "Att komplettera")
    owner = not_its_own[not_its_own["Det här saknas"].str.startswith("Projektägare")]
    assert set(owner["Fylls i på bladet"]) == {"Till finansiärer"}, "Move on Up: who owns it is not guessed"


def test_a_project_that_stands_twice_is_in_the_pack_once(tables: Tables, tmp_path: Path) -> None:
    repeat = tables["projects"].dropna(subset=["duplicate_of"]).iloc[0]
    funders = tables["project_funders"].set_index("project_id")["funder_id"]
    funder_id = sorted(
        {*funders[[repeat["project_id"]]]} & {*funders[[repeat["duplicate_of"]]]} - {"overkalix-kommun"}
    )[0]
    pack = funder_pack(tables, funder_id)
    assert repeat["duplicate_of"] in pack.project_ids
    assert repeat["project_id"] not in pack.project_ids
    assert pack.repeats == 1
    book = load_workbook(written(tables, funder_id, tmp_path / "p.xlsx"))
    assert say("pack.repeats.1") in {c.value for row in book["Om underlaget"].iter_rows() for c in row}


def test_cash_alone_counts_alike_in_pack_and_sums(tmp_path: Path) -> None:
    desk = Desk(tmp_path).with_form()

    def fill_in(book: Workbook) -> None:
        page = book["Finansiering"]
        own = {"Finansiär": "Tillväxtverket"}
        fill(page, row_of(page, AD, **own), **{"Varav kontant (kr)": "200", "Varav annat än pengar (kr)": "100"})

    desk.edit(fill_in)
    assert desk.run("export", "Tillväxtverket", "--reports", str(tmp_path / "reports")) == 0
    assert desk.run("build") == 0
    (row,) = [r for r in desk.table("project_funders") if r["cash_sek"]]
    assert row["granted_sek"] == "300"
    money = rows(load_workbook(tmp_path / "reports/internal/underlag-tillvaxtverket.xlsx"), "Finansiering")
    assert sorted(money.loc[money["Projekt-id"] == AD, "Belopp (kr)"].tolist(), key=str)[:2] == [100, 200]


@libreoffice
def test_the_total_stands_beside_the_sum_of_its_parts(tables: Tables, tmp_path: Path) -> None:
    projects, funding = tables["projects"].copy(), tables["project_funders"].copy()
    projects.loc[projects["project_id"] == START, "total_cost_sek"] = (
        620_211  # as on a page of a neighbour, whose parts make 600 211
    )
    some = funding.index[funding["project_id"] == START][:3]
    funding.loc[some, "granted_sek"] = [324_114, 143_300, 132_797]
    path = written(
        tables | {"projects": projects, "project_funders": funding}, "region-norrbotten", tmp_path / "book.xlsx"
    )
    for book in (recomputed(path, tmp_path), load_workbook(path, data_only=True)):
        totals = rows(book, "Finansiering", 1).set_index("Projekt-id")
        line = totals.loc[
            START, ["Total kostnad (kr)", "Summa av delarna (kr)", "Känt för", "Av", "Skillnad (kr)"]
        ].tolist()
        assert line == [620_211, 600_211, 3, 7, 20_000]
        other = totals.loc["forankra-ta-fram-beslutsunderlag-titta"].tolist()
        assert other[1:3] == ["Uppgift saknas", "Uppgift saknas"]
        assert other[5] == "Uppgift saknas"


def texts(path: Path) -> str:
    archive = zipfile.ZipFile(path)
    return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_what_is_filled_in_the_form_comes_into_the_pack_and_survives_a_new_form(tmp_path: Path) -> None:
    desk, item = Desk(tmp_path).with_form(), "Gäller (kostnadsslag, indikator eller finansiär)"

    def fill_in(book: Workbook) -> None:
        page = book["Till finansiärer"]
        fill(page, row_of(page, AD, Uppgift="Momsredovisningsskyldig"), Värde="Ja")
        row = empty_row(page)
        page.cell(row, heading(page, item)).value = "Resor och logi"
        fill(page, row, **{"Projekt-id": AD, "Uppgift": "Kostnad enligt budget (kr)", "Värde": "12 500 kr"})
        row += 1
        page.cell(row, heading(page, item)).value = "Nystartade företag"
        fill(page, row, **{"Projekt-id": AD, "Uppgift": "Indikatorns mål", "Värde": "3"})
        fill(page, row + 1, **{"Projekt-id": AD, "Uppgift": "Indikatorns mål", "Värde": "3"})  # of which indicator?
        fill(page, row + 2, Uppgift="Problem", Värde="Vet inte")  # of which project?

    desk.edit(fill_in)
    assert desk.run("build") == 0
    outcomes = sorted(desk.outcomes().values())
    assert outcomes == ["applied", "applied", "applied", "half_written", "no_item"]
    told = [(r["detail_code"], r["item"], r["value"], r["basis"]) for r in desk.table("project_details")]
    assert told == [
        ("cost_budget_sek", "travel", "12500", "curated"),
        ("indicator_target", "Nystartade företag", "3", "curated"),
        ("vat_liable", "", "yes", "curated"),
    ]
    desk.edit(lambda book: book["Till finansiärer"].delete_rows(empty_row(book["Till finansiärer"]) - 1, 2))
    assert desk.run("template") == 0
    assert desk.run("build") == 0
    assert [(r["detail_code"], r["item"], r["value"], r["basis"]) for r in desk.table("project_details")] == told
    page = load_workbook(desk.form)["Till finansiärer"]
    assert page.cell(row_of(page, AD, Uppgift="Momsredovisningsskyldig"), heading(page, "Värde")).value == "Ja"
    assert desk.run("export", "Tillväxtverket", "--reports", str(tmp_path / "reports")) == 0
    book = load_workbook(tmp_path / "reports/internal/underlag-tillvaxtverket.xlsx")
    assert rows(book, "Projekt").set_index("Projekt-id").loc[AD, "Momsredovisningsskyldig"] == "Ja"
    costs = rows(book, "Kostnader")
    assert costs[(costs["Projekt-id"] == AD) & (costs["Kostnadsslag"] == "Resor och logi")]["Budget (kr)"].tolist() == [
        12_500
    ]
    assert (costs["Budget (kr)"] == "Uppgift saknas").sum() == len(costs) - 1
    assert rows(book, "Indikatorer")[["Indikator", "Mål", "Projekt-id"]].values.tolist() == [
        ["Nystartade företag", "3", AD]
    ]
    origins = rows(book, "Källor")
    assert ("Momsredovisningsskyldig", BY["Källa"], BY["Av"]) in set(
        origins[["Fält", "Källa", "Av"]].itertuples(index=False, name=None)
    )
    assert BY["Av"] in texts(tmp_path / "reports/internal/underlag-tillvaxtverket.xlsx")
    assert BY["Av"] not in texts(tmp_path / "reports/public/underlag-tillvaxtverket.xlsx")


def test_a_funder_without_projects_gets_a_book_that_says_so(tables: Tables, tmp_path: Path) -> None:
    book = load_workbook(written(tables, "vattenfall", tmp_path / "v.xlsx"))
    assert book.sheetnames == ["Om underlaget", "Källor"]
    assert "Vattenfall finansierar inget projekt på sidan." in " ".join(
        str(c.value) for row in book["Om underlaget"].iter_rows() for c in row
    )


@pytest.mark.parametrize(
    "funder_id",
    ["leader-polaris", "tillvaxtverket", "region-norrbotten", "esf-radet", "lansstyrelsen-norrbotten", "almi"],
)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_sheet_can_be_read_and_no_contact_is_public(
    tables: Tables, editions: dict[str, Tables], tmp_path: Path, funder_id: str, lang: str
) -> None:
    for edition, of_it in editions.items():
        path = written(of_it, funder_id, tmp_path / f"{edition}.xlsx", lang=lang, edition=edition)
        for page in load_workbook(path):
            assert page["A1"].value
            assert not page.merged_cells.ranges
            for table in page.tables.values():
                names = [cell.value for cell in page[table.ref][0]]
                assert all(names), page.title
                assert len(set(names)) == len(names), page.title
    text = texts(path).casefold()
    for value in contact_values(tables):
        assert value.casefold() not in text, value
    assert "Kontaktperson" not in rows(load_workbook(path), "Projects" if lang == "en" else "Projekt")


def test_a_table_of_a_pack_without_rows_says_why_in_one_sentence(tables: Tables, tmp_path: Path) -> None:
    book = load_workbook(written(tables, "almi", tmp_path / "a.xlsx"))
    told = {
        sheet: rows(book, sheet, n).values.tolist()
        for sheet, n in (("Kostnader", 0), ("Indikatorer", 0), ("Källor", 1))
    }
    assert [len(lines) for lines in told.values()] == [1, 1, 1]
    assert told["Kostnader"][0] == ["Finansiärens kostnadsslag är inte kända: beslutet anger dem.", *[None] * 4]
    assert str(told["Källor"][0][0]).startswith("Inga regler: ")
    english = load_workbook(written(tables, "almi", tmp_path / "en.xlsx", lang="en"))
    assert str(english.worksheets[0]["A5"].value).startswith("1 project. Of 22 fields ")


def test_the_ask_list_names_every_unknown_and_where_to_write_it(tables: Tables, tmp_path: Path) -> None:
    pack = funder_pack(tables, "tillvaxtverket")
    book = load_workbook(written(tables, "tillvaxtverket", tmp_path / "t.xlsx"))
    asked = rows(book, "Att komplettera")
    unknown = sum(p.count(ASK) for p in pack.projects)
    amounts = sum(p.amount is None and p.is_counted for p in funding_parts(tables, pack.project_ids))
    assert len(asked) == unknown + amounts - len(pack.projects) + 1, "the municipality's number is asked once"
    assert (asked["Det här saknas"] == "Organisationsnummer").sum() == 1
    sheets = set(asked["Fylls i på bladet"])
    assert sheets <= {
        "Projekt",
        "Finansiering",
        "Målgrupper och teman",
        "Till finansiärer",
        "ska stå på sidan",
        IN_PUBLICATION,
    }
    assert "Bo Häggroth" in set(asked["Fråga"])
    assert "–" not in set(asked["Fråga"]), "nobody is named: that is unknown, not none"
    derived = asked[asked["Det här saknas"].isin(["Publicitetstext", "Lista enligt lag"])]
    assert set(derived["Fylls i på bladet"]) == {"Till finansiärer"}


def test_what_a_rule_cannot_tell_is_filled_in_on_a_row_that_the_form_has(tmp_path: Path) -> None:
    desk = Desk(tmp_path).with_form()

    def fill_in(book: Workbook) -> None:
        page = book["Till finansiärer"]
        for words, told in (
            ("Status hos Leader", "Slutredovisat"),
            ("Publicitetstext", "Egen rad"),
            ("Stödtyp", "Projektstöd"),
        ):
            fill(page, row_of(page, BRAND, Uppgift=words), Värde=told)

    desk.edit(fill_in)
    assert desk.run("export", "Leader Polaris", "--reports", str(tmp_path / "reports")) == 0
    told = (
        rows(load_workbook(tmp_path / "reports/internal/underlag-leader-polaris.xlsx"), "Projekt")
        .set_index("Projekt-id")
        .loc[BRAND]
    )
    assert told[["Status (Pågående eller Slutredovisat)", "Publicitetstext", "Stödtyp"]].tolist() == [
        "Slutredovisat",
        "Egen rad",
        "Projektstöd",
    ]


def test_a_long_text_goes_on_in_the_next_row_and_loses_no_word(tables: Tables, tmp_path: Path) -> None:
    text = "\n".join(f"Stycke {n} " + "ord efter ord " * 30 for n in range(12))
    long = tables | {"projects": tables["projects"].assign(purpose=text)}
    book = load_workbook(written(long, "leader-polaris", tmp_path / "l.xlsx"))
    cards = book["Fältkort"]
    told = rows(book, "Fältkort")
    mine = told[told["Fält"].isin(["Syfte", "Syfte (forts.)"])]
    assert len(mine) > 1
    assert " ".join(" ".join(mine["Uppgift"]).split()) == " ".join(text.split())
    for row in cards.iter_rows(min_col=2, max_col=2):
        if row[0].value and cards.row_dimensions[row[0].row].height:
            assert cards.row_dimensions[row[0].row].height <= 409
            assert len(str(row[0].value)) <= 25 * cards.column_dimensions["B"].width
    for line in book["Läge"].iter_rows(min_row=6, max_col=1):
        place = line[0].hyperlink.location.partition("!")[2]
        assert cards.cell(cards[place].row - 2, 1).value == line[0].value


def test_where_a_field_is_taken_from_is_said_in_words(tables: Tables, tmp_path: Path) -> None:
    for funder_id in ("leader-polaris", "esf-radet", "region-norrbotten"):
        told = rows(load_workbook(written(tables, funder_id, tmp_path / "f.xlsx")), "Källor", 2)
        assert not [words for words in told["Hämtas ur"] if "_" in words or "." in words], funder_id
        assert not told["Fältet läst hos"].str.contains("bladet Källor").any()


def test_cards_are_one_page_each_and_links_lead_to_them(tables: Tables, tmp_path: Path) -> None:
    book = load_workbook(written(tables, "leader-polaris", tmp_path / "l.xlsx"))
    cards = book["Fältkort"]
    assert len(cards.tables) == 8
    assert len(cards.row_breaks.brk) == 7
    assert cards.page_setup.fitToHeight == 0, "a sheet that is to fit in so many pages breaks where it likes"
    assert cards.page_setup.orientation == "portrait"
    for line in book["Läge"].iter_rows(min_row=6, max_col=1):
        place = line[0].hyperlink.location.partition("!")[2]
        assert cards[place].value == "Projekt-id"
        heading = cards.cell(cards[place].row - 2, 1).value
        assert heading == line[0].value


@pytest.mark.parametrize(("words", "funder_id"), [
    ("leader-polaris", "leader-polaris"), ("LEADER POLARIS", "leader-polaris"), ("Leader", "leader-polaris"), ("ESF-rådet", "esf-radet"),
    ("Tillväxtverket", "tillvaxtverket"), ("Länsstyrelsen", "lansstyrelsen-norrbotten"), ("Vattenfall", "vattenfall"), ("esf", "esf"),
])  # fmt: skip
def test_a_funder_is_found_by_id_name_or_alias(tables: Tables, words: str, funder_id: str) -> None:
    assert funder_asked(tables, words) == funder_id


def test_file_names_are_safe_and_differ() -> None:
    long = ["a" * 200, "a" * 199 + "b"]
    names = [pack_name(funder_id) for funder_id in (*long, "con", "almi")]
    assert len(set(names)) == 4
    assert all(len(n) <= LONGEST_NAME + 25 for n in names)
    assert names[2:] == ["underlag-con.xlsx", "underlag-almi.xlsx"]


def test_all_gives_a_pack_a_funder_and_bad_usage_gives_none(
    packs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], tables: Tables
) -> None:
    places = [w for name in ("reports", "clean") for w in (f"--{name}", str(tmp_path / name))]
    folders = [*places, "--curated", str(CURATED), "--as-of", AS_OF]
    assert main(["export", *folders]) == 2
    assert main(["export", "Almi", "--all", *folders]) == 2
    assert main(["export", "Okänt AB", *folders]) == 2
    assert "Okänt AB" in capsys.readouterr().err
    assert not (tmp_path / "reports").exists()
    assert {p.name for p in (packs / "internal").iterdir()} == {*map(pack_name, tables["funders"]["funder_id"])}
    assert {p.name for p in (packs / "public").iterdir()} == {p.name for p in (packs / "internal").iterdir()}
    assert main(["export", "Länsstyrelsen", *folders]) == 0
    again = {p.relative_to(tmp_path / "reports"): p.read_bytes() for p in tmp_path.rglob("*.xlsx")}
    assert len(again) == 2
    assert again == {name: (packs / name).read_bytes() for name in again}, "the same bytes, asked for alone"


def test_a_file_that_is_open_is_named_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [
        "--reports",
        str(tmp_path),
        "--clean",
        str(tmp_path / "c"),
        "--curated",
        str(tmp_path / "k"),
        "--as-of",
        AS_OF,
    ]
    assert main(["export", "Almi", *folders]) == 0
    path = tmp_path / "internal/underlag-almi.xlsx"
    path.write_bytes(b"what a person has open")
    lock = path.with_name(".~lock.underlag-almi.xlsx#")
    lock.touch()
    assert main(["export", "Almi", *folders]) == 2
    told = capsys.readouterr().err
    assert "underlag-almi.xlsx" in told
    assert lock.name in told
    assert path.read_bytes() == b"what a person has open"


def test_paper_cuts_no_line_above_a_table(tables: Tables, tmp_path: Path) -> None:
    for sheet in load_workbook(written(tables, "leader-polaris", tmp_path / "l.xlsx")):
        width = sum(column.width for column in sheet.column_dimensions.values())
        above = [row[0] for row in sheet.iter_rows(max_row=6) if row[0].value and not any(c.value for c in row[1:])]
        assert all(cell.alignment.wrap_text for cell in above if len(str(cell.value)) > width), sheet.title


def test_a_pack_without_an_e_service_speaks_of_none(tables: Tables, tmp_path: Path) -> None:
    for funder_id, lang, has_service in (
        ("leader-polaris", "sv", True), ("lansstyrelsen-norrbotten", "sv", False),
        ("ica-supermarket-overkalix", "sv", False), ("ica-supermarket-overkalix", "en", False),
    ):  # fmt: skip
        book = load_workbook(written(tables, funder_id, tmp_path / f"{funder_id}-{lang}.xlsx", lang=lang))
        said = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
        assert ("tjänst" in said or "service to" in said) == has_service, (funder_id, lang)


@pytest.mark.parametrize("name", PACKS)
def test_where_a_field_was_read_is_told_in_english_too(name: str) -> None:
    """But for the names of pages and papers on the web, which are Swedish."""
    ours = {row["code"] for row in codelist("codes") if row["codelist"] == "pack_source"}
    told = {row["source"] for row in codelist(name)} - ours
    assert [words for words in told if not re.search(r"\.(?:se|com)\b|^(?:SCB$|art\. )", words)] == []
