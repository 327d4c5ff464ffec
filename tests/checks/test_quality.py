"""The quality report: one accessible file, worst first, who can mend it, what to ask whom."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from overkalix_data.analyse.public_edition import MASK, editions_of
from overkalix_data.base.codelist import codelist
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.to_do import ask_list, failed_by_mender, in_common, passed
from overkalix_data.outputs.pages.quality import write_quality_page
from overkalix_data.schema.frames import Tables
from overkalix_data.values.phone_email import find_contact_points
from tests.conftest import AS_OF
from tests.outputs.test_workbook import contact_values


class Outline(HTMLParser):
    """The tags of a page in order, with their attributes, and the text of its headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def page(tables: Tables, folder: Path, lang: str = "sv", edition: str = "internal") -> str:
    path = write_quality_page(
        editions_of(tables)[edition], folder / f"{edition}-{lang}.html", as_of=AS_OF, lang=lang, edition=edition
    )
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_one_file_that_a_screen_reader_can_follow(tables: Tables, tmp_path: Path, edition: str) -> None:
    html = page(tables, tmp_path, edition=edition)
    tags = Outline(html).tags
    assert ("html", {"lang": "sv"}) in tags
    assert not [a for t, a in tags if t in ("script", "link", "img", "iframe") or str(a.get("href", "#"))[:1] != "#"]
    assert not re.search(r"https?:", html)
    levels = [int(t[1]) for t, _ in tags if re.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert {a.get("scope") for t, a in tags if t == "th"} == {"col", "row"}
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"] for t, a in tags if t == "a"} <= {f"#{i}" for i in ids}


def test_every_finding_stands_under_who_can_mend_it_worst_first(tables: Tables) -> None:
    groups = failed_by_mender(tables)
    rank = {"critical": 0, "warning": 1, "info": 2}
    for rules in groups.values():
        ranks = [rank[r["severity_code"]] for r in rules]
        assert ranks == sorted(ranks)
    told = sorted(f["rule_id"] for rules in groups.values() for r in rules for f in r["findings"])
    assert told == sorted(tables["findings"]["rule_id"])
    ok, idle = passed(tables)
    assert {r["rule_id"] for rules in groups.values() for r in rules} | {r["rule_id"] for r in ok + idle} == set(
        catalogue()
    )
    assert all(r["applicable"] == 0 for r in idle)


def test_page_tells_line_quote_and_suggestion(tables: Tables, tmp_path: Path) -> None:
    html = page(tables, tmp_path)
    row = re.search(r'<tr><th scope="row" data-heading="Rad">152</th>.*?</tr>', html)
    assert row
    assert "Överkalix kommun – Tillväxtverket, Sparbanken Nord" in row[0]
    assert ">Överkalix kommun, Tillväxtverket, Sparbanken Nord</td>" in row[0]


def test_a_column_that_tells_nothing_more_is_left_out(tables: Tables, tmp_path: Path) -> None:
    html = page(tables, tmp_path)
    of_rule = dict(re.findall(r'<h3 id="([\w-]+)">.*?<thead>(.*?)</thead>', html, re.DOTALL))
    headings = {rule_id: re.findall(r">([^<]+)</th>", head) for rule_id, head in of_rule.items()}
    assert headings["title-missing"] == ["Rad", "Iakttagelse"]
    assert headings["separator-ambiguous"] == ["Rad", "Iakttagelse", "Förslag"]


WHOEVER = "den som svarar för projektet"
"""Kommun och politik is a heading of the website, and nobody to ask."""


def test_ask_list_asks_the_contact_or_the_unit(tables: Tables, tmp_path: Path) -> None:
    asked = ask_list(tables, AS_OF)
    assert sum(len(projects) for projects in asked.values()) == 25
    assert {"Bo Häggroth", "Anna Widén", "Sara Söderberg", WHOEVER, "Näringslivskontoret"} == set(asked)
    move = next(a for a in asked[WHOEVER] if a.label == "Move on Up")
    assert "om projektet är avslutat, eller vilket slut som gäller" in move.questions
    assert "projektets namn" not in move.questions
    assert in_common(asked["Anna Widén"]) == [
        "projektets namn", "när projektet började och slutade, eller ska sluta", "total kostnad och beviljat belopp per finansiär",
    ]  # fmt: skip
    html = page(tables, tmp_path)
    assert "Fråga Bo Häggroth om" in html
    assert "Om alla 4 projekt:" in html


def test_questions_are_those_of_rules(tables: Tables) -> None:
    assert {row["rule_id"] for row in codelist("asks")} <= set(RULES)
    for row in codelist("asks"):
        assert "project_id" in tables[catalogue()[row["rule_id"]]["table"]], row["rule_id"]


def test_public_page_names_nobody(tables: Tables, tmp_path: Path) -> None:
    html = page(tables, tmp_path, edition="public")
    assert MASK in html
    for value in contact_values(tables):
        assert value.casefold() not in html.casefold(), value


def test_english_page_is_english(tables: Tables, tmp_path: Path) -> None:
    from overkalix_data.checks.validate import check_tables

    english = dict(tables)
    english["findings"], english["checks"] = check_tables(tables, AS_OF, "en")
    html = page(english, tmp_path, "en")
    assert '<html lang="en">' in html
    assert not re.search(r"Gör så här|Varning|projekt saknar|Godkänd|Fråga ", html)


def test_hostile_text_is_shown_not_run(tables: Tables, tmp_path: Path) -> None:
    hostile = tables | {"findings": tables["findings"].assign(value="<script>alert(1)</script>")}
    html = page(hostile, tmp_path)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("name", ["rules", "words", "asks"])
def test_no_example_looks_like_somebodys_number_or_address(name: str) -> None:
    """A number that could be dialled would be masked in the public workbook, and called from the public page."""
    texts = [text for row in codelist(name) for text in row.values()]
    assert not [text for text in texts if find_contact_points(text)]
