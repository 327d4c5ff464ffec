"""Markdown as its reader sees it, and every character of the source accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overkalix_data.documents.markdown import is_markdown, render_markdown
from tests.documents.test_html import LISTS, accounted
from tests.made.pages import tables_of


@pytest.mark.parametrize(("source", "text"), [
    ("## Bron ##\nEn *ny* bro\növer __ån__.", "Bron\n\nEn ny bro\növer ån."),
    ("Projekt\n=======\n\nBron\n---\ntext\n\n---\n\nslut", "Projekt\n\nBron\n\ntext\n\nslut"),
    ("# A\n- **Mål:** Bygga\n  en bro\n- **Status:** Klart\n\nEfter", "A\n\nMål: Bygga\nen bro\n\nStatus: Klart\n\nEfter"),
    ("1. Bron\n2) Vägen", "Bron\n\nVägen"), ("> Tips!\n> Sök nu", "Tips!\nSök nu"),
    ("[Eva Ek](mailto:eva@example.se) [sidan](https://example.se/a_b_c)", "Eva Ek eva@example.se sidan"),
    ("<eva@example.se> 2 \\* 3 * 4 fil_namn_nu A&amp;B<br>C", "eva@example.se 2 * 3 * 4 fil_namn_nu A&B\nC"),
    ("![byggstatus](https://example.se/b.svg)", "byggstatus"), ("", ""), ("**oavslutat och [halvt](", "**oavslutat och [halvt]("),
])  # fmt: skip
def test_what_a_reader_sees(source: str, text: str) -> None:
    seen = render_markdown(source, LISTS)
    assert seen.text == text
    assert {n for n, c in enumerate(source) if c.strip()} <= accounted(source, seen)


SIGNS = st.sampled_from(["# ", "## ", "- ", "1. ", "**", "*", "_", "> ", "|", "|---|", "---", "```", "[", "](", ")", "![", "\\", "&amp;", "<br>", "<a@b.se>",
                         "\n", "\n\n", "  ", "Mål: ", "Finansiärer: Almi", "ord"])  # fmt: skip


@given(st.lists(st.one_of(SIGNS, st.text(max_size=4)), max_size=30).map("".join))
def test_nothing_is_lost_of_any_text(source: str) -> None:
    seen = render_markdown(source, LISTS)
    assert {n for n, c in enumerate(source) if c.strip()} <= accounted(source, seen)


@pytest.mark.parametrize(("source", "is_one"), [
    ("# Projekt\n\n## Bron", True), ("# Projekt\n\n- **Mål:** Bygga", True), ("# Projekt\n\nEn bro", False),
    ("**Mål:** Bygga\n**Syfte:** Mer", False), ("#1 Bron\n#2 Vägen", False),
])  # fmt: skip
def test_markdown_is_known_by_its_headings_and_more(source: str, is_one: bool) -> None:
    assert is_markdown(source) is is_one


def test_a_list_in_markdown_is_read_as_its_page() -> None:
    source = """# Våra projekt

## Pågående

### Nya bron

- **Finansiär:** Boverket (400 000 kr)
- **Projekttid:** 2023-2024

### Leden

| Projektägare | Totalt |
|---|---:|
| Byalaget | 90 000 kr |
"""
    tables = tables_of(source, ".txt", checked=False)
    projects = tables["projects"].sort_values("first_line")
    assert projects["title"].tolist() == ["Nya bron", "Leden"]
    assert projects["start"].fillna("").tolist() == ["2023", ""]
    grants = tables["project_funders"]
    assert grants[["as_published", "granted_sek"]].values.tolist() == [["Boverket", 400_000]]
