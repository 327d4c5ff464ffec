"""Many lists at once: a joint project is told once with all its pages, and what the pages say apart is a finding."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from overkalix_data import analyse
from overkalix_data.analyse.kronor import cost_total, granted_total
from overkalix_data.analyse.one_per_project import joined
from overkalix_data.analyse.origins import Origins
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.base.page_names import source_labels
from overkalix_data.checks.rules import RULES
from overkalix_data.checks.validate import check_tables
from overkalix_data.cli import main
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.outputs import charts
from overkalix_data.outputs.council.facts import materials
from overkalix_data.outputs.council.page import write_report_page
from overkalix_data.outputs.council.projects import ProjectCard
from overkalix_data.outputs.packs.pack import funder_pack
from overkalix_data.outputs.reports import write_project_pages
from overkalix_data.schema.frames import Tables, tidy_tables
from tests.conftest import AS_OF, RAW
from tests.identity.test_same_project import lists
from tests.made.pages import tables_of
from tests.made.workbooks import council, libreoffice, recomputed, rows
from tests.outputs.test_workbook import bars, figures

GALLIVARE = """Pågående projekt

Flytta norrut
Mål: Att fler ska flytta hit.
Projektägare: {owner}
Samverkanspartners: {partners}
Projektperiod: {period}
Total budget: {budget}
Finansiärer: {funders}

Ett öppet Malmfälten
Mål: Att fler besökare ska hitta till fjällen under hela året.
Finansiärer: Gällivare kommun, Tillväxtverket
"""
KIRUNA = """Pågående projekt

Flytta norrut
Mål: Att fler ska bo kvar.
Projektägare: Gällivare kommun
Samverkanspartners: Gällivare kommun, Pajala kommun
Projektperiod: 2023-09 – 2026-08
Total budget: 900 000 kr
Finansiärer: Kiruna kommun, Europeiska socialfonden

Stadsflytt och kultur
Mål: Att kulturlivet ska följa med när staden flyttar.
Finansiärer: Kiruna kommun, Region Norrbotten
"""
ALIKE = {"owner": "Gällivare kommun", "partners": "Kiruna, Pajala kommun", "period": "2023–2026", "budget": "900 000 kr",
         "funders": "Gällivare kommun, Svenska ESF-rådet"}  # fmt: skip
"""What Gällivare's page says, where it says the same as Kiruna's in other words."""


def two(folder: Path, kiruna: str = KIRUNA, **said: str) -> Tables:
    tables = lists(folder, gallivare2523=GALLIVARE.format(**ALIKE | said), kiruna2584=kiruna)
    tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    return tables


@pytest.fixture(scope="module")
def three(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The real page and two invented ones, which tell of Move on Up too."""
    move = {
        "period": "2023-10 – 2026-08",
        "budget": "12 400 000 kr",
        "partners": "Jokkmokks kommun, Kiruna kommun, Överkalix kommun",
    }
    gallivare, kiruna = (
        text.replace("Flytta norrut", "Move on Up") for text in (GALLIVARE.format(**ALIKE | move), KIRUNA)
    )
    overkalix = (RAW / "overkalix-projekt.txt").read_text(encoding="utf-8")
    tables = lists(
        tmp_path_factory.mktemp("three"), gallivare2523=gallivare, kiruna2584=kiruna, overkalix2513=overkalix
    )
    tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    return tables


def conflicts(tables: Tables) -> list[str]:
    return [str(v) for v in tables["findings"].loc[tables["findings"]["rule_id"] == "sources-disagree", "value"]]


def card(tables: Tables, project_id: str) -> ProjectCard:
    return next(
        c for c in materials(editions_of(joined(tables)), as_of=AS_OF)["public"].cards if c.project_id == project_id
    )


def test_pages_that_say_the_same_in_other_words_do_not_disagree(tmp_path: Path) -> None:
    tables = two(tmp_path)
    assert conflicts(tables) == []
    assert tables["checks"].set_index("rule_id").loc["sources-disagree", ["applicable", "failed"]].tolist() == [1, 0]


@pytest.mark.parametrize(("said", "told"), [
    ({"period": "2023-10 – 2026-08"}, "Start: 2023-10 (gallivare2523.example.se) · 2023-09 (kiruna2584.example.se)"),
    ({"period": "2023-09 – 2027"}, "Slut: 2027 (gallivare2523.example.se) · 2026-08 (kiruna2584.example.se)"),
    ({"budget": "1 200 000 kr"}, "Total kostnad (kr): 1\xa0200\xa0000 (gallivare2523.example.se) · 900\xa0000 (kiruna2584.example.se)"),
    ({"owner": "Jokkmokks kommun"}, "Stödmottagare: Jokkmokks kommun (gallivare2523.example.se) · Gällivare kommun (kiruna2584.example.se)"),
    ({"partners": "Kiruna, Jokkmokk"},
     "Samverkansparter: Kiruna, Jokkmokk (gallivare2523.example.se) · Gällivare kommun, Pajala kommun (kiruna2584.example.se)"),
    ({"funders": "Gällivare kommun, Svenska ESF-rådet, Region Norrbotten"},
     "Finansiärer: Svenska ESF-rådet, Region Norrbotten (gallivare2523.example.se) · Europeiska socialfonden (kiruna2584.example.se)"),
])  # fmt: skip
def test_what_pages_say_apart_is_told_with_both_values(tmp_path: Path, said: dict[str, str], told: str) -> None:
    tables = two(tmp_path, **said)
    assert conflicts(tables) == [told]
    (finding,) = tables["findings"].query("rule_id == 'sources-disagree'").to_dict("records")
    assert (finding["row_id"], finding["source_id"], finding["line"]) == ("flytta-norrut", "gallivare2523", 3)
    assert finding["message"].startswith(
        "Projektet ”Flytta norrut” (rad 3, gallivare2523.example.se) står på flera sidor, som säger olika: "
    )
    assert not {"duplicate-block", "title-shared", "text-repeated"} & set(tables["findings"]["rule_id"])


def test_a_correction_settles_it_and_says_that_a_person_made_it(tmp_path: Path) -> None:
    pages = {"gallivare2523": GALLIVARE.format(**ALIKE | {"period": "2023-10 – 2026-09"}), "kiruna2584": KIRUNA}
    lists(tmp_path, **pages)
    told = "flytta-norrut,start,2023-10,replace,2023-09,fel månad,Eva Exempel,2026-11-20,ägaren,active"
    heading = "project_id,field,original,action_code,replacement,reason,who,date,source,status_code"
    (tmp_path / "curated" / "corrections.csv").write_text(f"{heading}\n{told}\n", encoding="utf-8")
    tables = tidy_tables(read_projects(str(tmp_path / "raw"), tmp_path / "curated").records)
    tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    assert conflicts(tables) == [
        "Slut: 2026-09 (gallivare2523.example.se [tillagt av en person]) · 2026-08 (kiruna2584.example.se)"
    ]


def test_what_only_one_page_tells_is_no_conflict(tmp_path: Path) -> None:
    lines = [
        line
        for line in KIRUNA.splitlines()
        if not line.startswith(("Total", "Samverkan", "Projektperiod", "Projektägare"))
    ]
    assert (
        conflicts(
            two(
                tmp_path,
                kiruna="\n".join(lines).replace("Mål: Att fler ska bo kvar.", "Mål: Att fler i Gällivare ska bo kvar."),
            )
        )
        == []
    )


def test_a_status_that_a_page_only_assumes_contradicts_none(tmp_path: Path) -> None:
    (tmp_path / "said").mkdir()
    assert conflicts(two(tmp_path / "said", kiruna=KIRUNA.replace("Pågående", "Avslutade"))) == [
        "Status: Pågående (gallivare2523.example.se) · Avslutat (kiruna2584.example.se)"
    ]
    assert conflicts(two(tmp_path, kiruna=KIRUNA.replace("Pågående projekt", "Projekt"))) == []


def test_amounts_of_one_funder_are_compared_and_counted_once(tmp_path: Path) -> None:
    """What pays its own on one page is a co-funder on the other: the same money."""
    tables = two(tmp_path, funders="Gällivare kommun 300 000 kr, Europeiska socialfonden 600 000 kr",
                 kiruna=KIRUNA.replace("Kiruna kommun, Europeiska socialfonden\n", "Gällivare kommun 200 000 kr, Europeiska socialfonden 600 000 kr\n", 1))  # fmt: skip
    roles = tables["project_funders"].query("funder_id == 'gallivare-kommun'").set_index("project_id")["role_code"]
    assert (roles["flytta-norrut"], roles["flytta-norrut-2"]) == ("own", "co_funder")
    assert conflicts(tables) == [
        "Beviljat (kr), Gällivare kommun: 300\xa0000 (gallivare2523.example.se) · 200\xa0000 (kiruna2584.example.se)"
    ]
    for of in (tables, joined(tables)):
        assert (granted_total(of).sek, cost_total(of).sek) == (900_000, 900_000)
    assert analyse.funding_mix(tables).set_index("key").loc["gallivare-kommun", "granted_sek"] == 300_000


def test_a_text_twice_on_one_page_is_still_told(tmp_path: Path) -> None:
    twice = KIRUNA + "\n" + KIRUNA.partition("\n\n")[2].rpartition("\n\n")[0] + "\n"
    tables = two(tmp_path, kiruna=twice)
    ok = RULES["duplicate-block"](tables, AS_OF).ok
    assert tables["projects"].loc[~ok, "source_id"].tolist() == ["kiruna2584"]


def test_the_report_tells_a_joint_project_once_with_its_pages(three: Tables) -> None:
    told = card(three, "move-on-up")
    assert told.words("same_project") == "kiruna2584.example.se, rad 3 overkalix2513.example.se, rad 18"
    assert told.filters["publisher"] == ["Gällivare kommun", "Kiruna kommun", "Överkalix kommun"]
    period = next(f for f in told.facts if f.name == "period")
    assert (period.words[0], period.places[0]) == ("2023-10 – 2026-08", "gallivare2523.example.se, rad 7")
    assert period.places[1] == "kiruna2584.example.se, rad 7: ”2023-09 – 2026-08”"
    cards = materials(editions_of(joined(three)), as_of=AS_OF)["public"].cards
    assert (len(three["projects"]), len(cards), sum(c.label == "Move on Up" for c in cards)) == (29, 27, 1)


def report_page(tables: Tables, path: Path) -> str:
    return write_report_page(materials(editions_of(joined(tables)), as_of=AS_OF)["public"], [], path).read_text(
        encoding="utf-8"
    )


def test_municipalities_are_told_apart_only_where_there_are_several(
    tables: Tables, three: Tables, tmp_path: Path
) -> None:
    one, several = report_page(tables, tmp_path / "one.html"), report_page(three, tmp_path / "several.html")
    assert "f-publisher" not in one
    assert "data-publisher" not in one
    assert re.findall(r"<option>([^<]* kommun)</option>", several.partition('id="f-publisher"')[2].partition("</select>")[0]) == [
        "Gällivare kommun", "Kiruna kommun", "Överkalix kommun",
    ]  # fmt: skip
    assert 'names = ["publisher", "status", "funder", "theme", "group"]' in several
    assert "Sidorna listar 27 projekt" in several
    stems = [[c.stem for c in charts.report_charts(t)] for t in (tables, joined(three))]
    assert ["projekt-per-kommun" in of for of in stems] == [False, True]


def test_the_chart_tells_each_municipality_and_what_is_shared(three: Tables) -> None:
    chart = next(c for c in charts.report_charts(joined(three)) if c.stem == "projekt-per-kommun")
    assert chart.title == "Överkalix kommun redovisar 25 av 27 projekt; 1 står på flera sidor"
    assert chart.numbers[1:] == (
        ("Överkalix kommun", "25", "24", "1"),
        ("Gällivare kommun", "2", "1", "1"),
        ("Kiruna kommun", "2", "1", "1"),
    )


@pytest.fixture(scope="module")
def path(three: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the three lists."""
    return council(three, tmp_path_factory.mktemp("three") / "book.xlsx")


def test_the_workbook_has_a_row_a_project_and_its_municipalities(
    three: Tables, path: Path, council_book_of: Callable[[str], Path]
) -> None:
    book = openpyxl.load_workbook(path)
    projects = rows(book, "Projekt").set_index("Projekt-id")
    assert len(projects) == 27
    assert projects.loc["move-on-up", "Kommun"] == "Gällivare kommun, Kiruna kommun, Överkalix kommun"
    assert (
        projects.loc["move-on-up", "Står också på"] == "kiruna2584.example.se, rad 3; overkalix2513.example.se, rad 18"
    )
    assert set(rows(book, "Kvalitet", 1)["Källa"]) <= {
        *source_labels(three["sources"].to_dict("records")).values(),
        "Uppgift saknas",
    }
    alone = openpyxl.load_workbook(council_book_of("sv"))
    assert not {"Kommun", "Står också på"} & set(rows(alone, "Projekt"))
    assert "Källa" not in rows(alone, "Kvalitet", 1)


@libreoffice
def test_the_formulas_of_many_lists_are_what_the_tables_say(three: Tables, path: Path, tmp_path: Path) -> None:
    computed, said = recomputed(path, tmp_path), openpyxl.load_workbook(path, data_only=True)
    assert figures(said) == figures(computed)
    assert figures(computed)["Projekt"][0] == 27
    assert figures(computed)["Total kostnad (kr)"][0] == cost_total(three).sek == 12_400_000
    assert [bars(said, n) for n in (1, 2, 3)] == [bars(computed, n) for n in (1, 2, 3)]
    assert bars(computed, 1) == dict(
        analyse.projects_per_funder(three).head(12)[["name", "projects"]].itertuples(index=False, name=None)
    )


def test_a_pack_has_one_card_a_project(three: Tables) -> None:
    assert [p.project_id for p in funder_pack(joined(three), "esf-radet").projects].count("move-on-up") == 1
    assert sum("move-on-up" in p.project_id for p in funder_pack(joined(three), "esf-radet").projects) == 1


def test_each_municipality_gets_its_own_page_which_reads_back(three: Tables, tables: Tables, tmp_path: Path) -> None:
    assert {p.name for p in write_project_pages(editions_of(tables), tmp_path)} == {"projektsida.html"}
    written = {p.name: p for p in write_project_pages(editions_of(three), tmp_path) if p.parent.name == "internal"}
    assert sorted(written) == [f"projektsida-{name}-kommun.html" for name in ("gallivare", "kiruna", "overkalix")]
    for name, code in (("gallivare", "2523"), ("kiruna", "2584"), ("overkalix", "2513")):
        own = three["projects"][three["projects"]["publisher_code"] == code]
        read = tables_of(written[f"projektsida-{name}-kommun.html"].read_text(encoding="utf-8"), ".html", checked=False)
        back = read["projects"]
        for column in ("title", "status_code", "goal", "start", "end"):
            assert sorted(back[column].fillna("")) == sorted(own[column].fillna("")), (name, column)
        funding = three["project_funders"][three["project_funders"]["project_id"].isin(own["project_id"])]
        for column in ("funder_id", "role_code"):
            assert sorted(read["project_funders"][column]) == sorted(funding[column]), (name, column)


@pytest.fixture
def raw(tmp_path: Path) -> Callable[..., list[str]]:
    two(tmp_path)
    return lambda *words: ["show", *words, "--raw", str(tmp_path / "raw"), "--curated", str(tmp_path / "curated")]


@pytest.mark.parametrize("asked", ["Kiruna", "kiruna kommun", "2584"])
def test_show_by_municipality(raw: Callable[..., list[str]], asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(raw("--publisher", asked)) == 0
    first, _, *listed = capsys.readouterr().out.splitlines()
    assert first == "2 av 4 projekt"
    assert listed[0].split() == [
        "flytta-norrut-2",
        "Pågående",
        "kiruna2584.example.se,",
        "rad",
        "3–9",
        "Flytta",
        "norrut",
        "=",
        "flytta-norrut",
    ]


def test_show_names_the_page_of_every_line_and_the_other_page(
    raw: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(raw("flytta-norrut")) == 0
    told = capsys.readouterr().out
    assert "Står också på: kiruna2584.example.se, rad 3–9 (flytta-norrut-2)" in told
    assert "    gallivare2523.example.se, rad 7: ”2023–2026”" in told


def test_a_page_is_called_by_its_host_while_that_tells_it_apart() -> None:
    sources = [{"source_id": "a", "url": "https://www.gallivare.se/projekt"}, {"source_id": "b", "url": "https://kiruna.se/a/"},
               {"source_id": "c", "url": "https://kiruna.se/b"}, {"source_id": "d", "path": "lista.csv"}]  # fmt: skip
    assert source_labels(sources) == {"a": "gallivare.se", "b": "kiruna.se/a", "c": "kiruna.se/b", "d": "lista.csv"}


def test_a_quote_is_told_with_its_page_only_where_there_are_several(tables: Tables, three: Tables) -> None:
    alone, of_three = ({o.page for found in Origins(t).found.values() for o in found} for t in (tables, three))
    assert alone == {""}
    assert of_three == {*source_labels(three["sources"].to_dict("records")).values()}
