"""The letters to those who can answer: one a contact, each with its own questions, as Word and as text."""

import gc
import re
from pathlib import Path

import docx
import pytest
from docx.package import Package

from overkalix_data.analyse.one_per_project import joined
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.checks.to_do import ask_list
from overkalix_data.outputs.council.asks import as_text, ask_letters, write_ask_letters
from overkalix_data.outputs.council.document import Document, Paragraph
from overkalix_data.outputs.council.facts import Material, materials
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF


@pytest.fixture(scope="module")
def internal(whole: None, tables: Tables) -> Material:
    return materials({e: joined(t) for e, t in editions_of(tables).items()}, as_of=AS_OF)["internal"]


def answers_for(tables: Tables, whom: str) -> set[int]:
    """Lines of the projects whose page names that contact, or that unit."""
    projects, named = tables["projects"], tables["project_contacts"].merge(tables["contacts"], on="contact_id")
    of_contact = projects["project_id"].isin(named.loc[named["name"] == whom, "project_id"])
    return set(projects.loc[of_contact | (projects["unit"] == whom).fillna(False), "first_line"])


def test_each_contact_has_a_letter_with_every_question_of_its_projects(internal: Material) -> None:
    letters, asked = ask_letters(internal), ask_list(internal.tables, AS_OF)
    assert set(letters) == set(asked) - {"den som svarar för projektet"}
    for whom, letter in letters.items():
        text = as_text(letter)
        assert f"Till: {whom}" in text
        for ask in asked[whom]:
            assert f"{ask.label} (rad {ask.line})" in text
            assert all(f"- {question}" in text for question in ask.questions)
        (told,) = re.findall(r"Frågorna gäller (\d+|ett) projekt som", text)
        assert told == ("ett" if len(asked[whom]) == 1 else str(len(asked[whom])))
        assert len(re.findall(r"\(rad \d+\)", text)) == len(asked[whom]), "each project once"
        assert answers_for(internal.tables, whom) >= {ask.line for ask in asked[whom]}
    assert "Om båda projekten\n" in as_text(letters["Näringslivskontoret"])
    assert "anna.widen@overkalix.se, 0926-740 70" in as_text(letters["Anna Widén"])
    assert not any("Bo Häggroth" in as_text(letter) for whom, letter in letters.items() if whom != "Bo Häggroth")


def test_word_and_text_say_the_same(internal: Material, tmp_path: Path) -> None:
    files = write_ask_letters(internal, tmp_path, None)
    assert [f.name for f in files[:2]] == ["01-bo-haggroth.docx", "01-bo-haggroth.txt"]
    for word, text in zip(files[::2], files[1::2], strict=True):
        said = {line.removeprefix("- ") for line in text.read_text(encoding="utf-8").splitlines() if line}
        told = {
            p.text.replace(":\t", ": ").replace("\u00a0…", " …") for p in docx.Document(str(word)).paragraphs if p.text
        }
        assert said == told


def test_a_letters_word_file_is_not_held_when_it_is_written(tmp_path: Path) -> None:
    """Five megabytes each, and a list may have a thousand contacts."""
    gc.collect()
    gc.disable()
    try:
        for n in range(3):
            letter = Document("Frågor", "Kommunen", "Projekt", "", [Paragraph("Hej.")])
            write_letter(letter, tmp_path / f"{n}.docx", as_of=AS_OF)
        assert sum(type(held) is Package for held in gc.get_objects()) == 0
    finally:
        gc.enable()
