"""The codelists: complete in both languages, free of doubles, and pointing only at what exists."""

import ast
import contextlib
import csv
import io
import re
import string
from functools import cache
from pathlib import Path

import pytest

from overkalix_data.base.codelist import codelist, codes, decode_csv
from overkalix_data.base.lists import lists_for
from overkalix_data.base.paths import CODELISTS
from overkalix_data.base.site_profile import Profile
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import fold
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.validate import STALE
from overkalix_data.identity.rows import RULES as SILENT_RULES
from overkalix_data.identity.rows import USES
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import in_language

UNIQUE = {
    "codes": ("codelist", "code"), "labels": ("form", "words"), "heading_words": ("words",), "furniture": ("words",),
    "funders": ("funder_id",), "funder_aliases": ("alias",), "municipalities": ("municipality_code",), "places": ("name",),
    "themes": ("theme_code",), "theme_words": ("theme_code", "words"), "target_group_words": ("words",), "words": ("key",),
    "rules": ("rule_id",), "adjectives": ("word",), "project_type_words": ("words",), "contact_words": ("words",),
    "private_mail": ("domain",), "result_words": ("words",), "eu_emblem_words": ("words",), "eu_agencies": ("funder_id", "funder_type_code"),
    "status_phrases": ("field", "words"), "status_words": ("words",), "field_classes": ("words",), "first_names": ("name",),
    "organisation_forms": ("words",), "advice_words": ("words",), "heading_forms": ("words",), "site_headings": ("words",), "empty_cells": ("words",),
    "support_limits": ("funder_id", "from_year", "to_year", "most_sek", "most_percent"),
}  # fmt: skip
REFERS = [
    ("funders", "funder_type_code", "funder_type"), ("funders", "level_code", "level"),
    ("funder_forms", "funder_type_code", "funder_type"), ("target_group_words", "category_code", "target_group_category"),
    ("project_type_words", "project_type_code", "project_type"), ("places", "kind_code", "place_kind"),
    ("heading_words", "status_code", "status"), ("rules", "severity", "severity"), ("rules", "dimension", "dimension"),
    ("rules", "mended_by", "mended_by"),
    ("link_words", "relation_code", "relation"),
    ("status_phrases", "status_code", "status"), ("status_words", "status_code", "status"),
    ("eu_agencies", "funder_type_code", "funder_type"),
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_no_row_stands_twice(name: str) -> None:
    keys = [tuple(fold(row[c]) for c in UNIQUE[name]) for row in codelist(name)]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


@pytest.mark.parametrize(("name", "column", "list_name"), REFERS)
def test_codes_used_are_codes_declared(name: str, column: str, list_name: str) -> None:
    assert {row[column] for row in codelist(name) if row[column]} <= set(codes(list_name))


def test_no_row_has_more_cells_than_its_header() -> None:
    """A comma in a text without quotes moves the rest of the text into the next column: half a sentence is shown."""
    torn = []
    for path in CODELISTS.rglob("*.csv"):
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        torn += [(path.name, row[0]) for row in rows if len(row) > len(header)]
    assert torn == []


def test_no_two_lists_share_a_name() -> None:
    names = [path.stem for path in CODELISTS.rglob("*.csv")]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_a_column_heading_means_a_label_of_its_field() -> None:
    labels = [row for row in codelist("labels") if row["form"] == "label"]
    fields = {
        label: {row["field"] for row in labels if row["words"] == label} for label in {r["words"] for r in labels}
    }
    for row in (r for r in codelist("labels") if r["form"] == "column" and r["field"] not in ("", "currency")):
        assert row["field"] in fields[row["label"]], row


def test_aliases_and_theme_words_lead_to_a_row() -> None:
    assert {r["funder_id"] for r in codelist("funder_aliases")} <= {r["funder_id"] for r in codelist("funders")}
    assert {r["theme_code"] for r in codelist("theme_words")} == {r["theme_code"] for r in codelist("themes")}


def test_sweden_has_290_municipalities_with_their_scb_codes() -> None:
    rows = {r["municipality_code"]: r["full_name"] for r in codelist("municipalities")}
    assert len(rows) == 290
    known = {
        "2513": "Överkalix kommun",
        "2523": "Gällivare kommun",
        "2510": "Jokkmokks kommun",
        "2584": "Kiruna kommun",
    }
    assert {code: rows[code] for code in known} == known


def _braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_swedish_and_english_are_equally_complete() -> None:
    for row in codelist("words"):
        assert row["sv"], row["key"]
        assert row["en"], row["key"]
        assert _braces(row["sv"]) == _braces(row["en"]), row["key"]
    for row in codelist("rules"):
        for part in ("title", "message", "several", "why", "remedy"):
            assert row[f"{part}_sv"], row["rule_id"]
            assert row[f"{part}_en"], row["rule_id"]
            assert _braces(row[f"{part}_sv"]) == _braces(row[f"{part}_en"]), (row["rule_id"], part)


def test_schema_speaks_both_languages() -> None:
    for table in TABLES.values():
        for thing in (table, *table.columns):
            for both in (thing.heading, thing.about):
                assert both.count("|") == 1, both
                assert all(in_language(both, lang) for lang in ("sv", "en")), both


def test_every_rule_has_its_words_and_every_word_its_rule() -> None:
    assert set(RULES) == {r for r in catalogue() if not r.startswith("schema-") and r != STALE}


def test_schema_refers_only_to_lists_and_tables_that_exist() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert not column.codelist or codes(column.codelist), column
            assert not column.refers_to or len(TABLES[column.refers_to].key) == 1, column


@pytest.mark.parametrize("text", ["alias;funder_id\nSocialfonden;esf\n", "alias,funder_id\r\nSocialfonden,esf\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_list_saved_by_a_swedish_excel_reads_the_same(text: str, encoding: str) -> None:
    assert decode_csv(text.encode(encoding)) == [{"alias": "Socialfonden", "funder_id": "esf"}]


@pytest.mark.parametrize("file", sorted((CODELISTS / "officer").glob("*.csv")), ids=lambda path: path.stem)
def test_an_officers_list_saved_by_a_swedish_excel_is_the_same_list(file: Path) -> None:
    """Semicolons and Windows-1252 where its letters suffice, else UTF-8 with a byte order mark."""
    rows = decode_csv(file.read_bytes())
    saved = io.StringIO()
    writer = csv.DictWriter(saved, rows[0], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    for encoding in ("cp1252", "utf-8-sig"):
        with contextlib.suppress(UnicodeEncodeError):
            assert decode_csv(saved.getvalue().encode(encoding)) == rows


def test_lists_are_loaded_once_and_every_site_that_adds_nothing_shares_them() -> None:
    added = {"furniture": ({"words": "Vår logga", "kind": "logotype"},)}
    site = lists_for(Profile("exempel.se", rows=added))
    assert lists_for() is lists_for(Profile("annan.se", "2523"))
    assert lists_for(Profile("exempel.se", rows=added)) is site
    assert (site.furniture.fullmatch("vår logga") is None, lists_for().furniture.fullmatch("vår logga")) == (
        False,
        None,
    )


def test_a_terms_verbs_find_the_first_row_of_the_list() -> None:
    terms = Terms(
        {"words": words, "kind": kind} for words, kind in (("* kommun", "a"), ("Kalix kommun", "b"), ("Region …", "b"))
    )
    text = "Till Kalix kommun och Region Norrbotten"
    assert [row["kind"] for row, _ in terms.each(text)] == ["a", "b", "b"]
    assert [(hit.row["words"], hit.match[0]) for hit in terms.finditer("Kalix kommun")] == [
        ("* kommun", "Kalix kommun"), ("Kalix kommun", "Kalix kommun"),
    ]  # fmt: skip
    assert (hit := terms.search(text)) is not None
    assert (hit.row["words"], hit.match.span()) == ("* kommun", (5, 17))
    assert (hit := terms.leftmost(text)) is not None
    assert hit.match.start() == 5
    assert terms.match(text) is None
    assert terms.fullmatch("Region Norrbotten") is not None
    assert terms.by("kind")["b"].search("Pajala kommun") is terms.by("kind")["c"].search(text) is None
    assert terms.same("KALIX  KOMMUN.") == {"words": "Kalix kommun", "kind": "b"}
    assert re.fullmatch(terms.any_of, "Kalix kommun")


def _constants(node: ast.expr) -> set[str]:
    """The words that an expression may be, where they stand in it."""
    choices = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return {n.value for n in choices if isinstance(n, ast.Constant) and isinstance(n.value, str)} - {""}


@cache
def _calls(folder: Path) -> list[ast.Call]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py")))
    return [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call)]


def _name(function: ast.expr) -> str:
    """The name that a call is made by, without what it is looked up in."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _given(function: str, place: int) -> set[str]:
    """What the package's calls of a function give it at that place, where it is told word for word."""
    calls = (c for c in _calls(CODELISTS.parent) if _name(c.func) == function)
    return set().union(*(_constants(c.args[place]) for c in calls if len(c.args) > place))


def test_every_code_of_evidence_that_the_program_writes_is_in_its_list() -> None:
    uses, rules, reasons = {*codes("use")}, {*codes("reading_rule")}, _given("hide", 1)
    assert {"value", "label", "boilerplate"} < _given("cite", 2) <= uses
    assert {"amount", "heading", "period"} < _given("cite", 3) <= rules
    assert {"label", "phrase"} < _given("Part", 2) | _given("put_title", 2) | {"title_line"} <= rules
    assert {"column", "no_value"} < reasons
    assert {SILENT_RULES.get(why, why) for why in reasons} <= rules
    assert {USES.get(why, "ignored") for why in reasons} <= uses


def test_every_code_that_a_row_is_given_is_in_its_list() -> None:
    """Codes that stand word for word where rows are made: what is computed is checked as the tables are (`schema-codelist`)."""
    listed: dict[str, set[str]] = {}
    for column in (c for table in TABLES.values() for c in table.columns if c.codelist):
        listed.setdefault(column.name, set()).update(codes(column.codelist))
    keywords = [k for call in _calls(CODELISTS.parent / "identity") for k in call.keywords if k.arg in listed]
    assert sum(bool(_constants(k.value)) for k in keywords) > 5
    assert [(k.arg, k.lineno) for k in keywords if not _constants(k.value) <= listed[str(k.arg)]] == []


def test_swedish_letters_survive_a_windows_excel() -> None:
    assert decode_csv("words;kind\nÖverförmyndaren;x\n".encode("cp1252"))[0]["words"] == "Överförmyndaren"


def test_a_long_text_is_not_read_anew_at_each_of_its_words() -> None:
    gathered: list[int] = []

    class Text(str):
        """A text that tells how often it is read from end to end."""

        __slots__ = ()

        def casefold(self) -> str:
            gathered.append(len(self))
            return super().casefold()

    terms = Terms([{"words": "Norra delen"}])
    assert terms.leftmost(Text("Norra " * 2_000 + "Norra delen")) is not None
    assert max(gathered, default=0) == 0
