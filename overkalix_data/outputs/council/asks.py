"""A letter a contact, to be sent: what that person or unit is asked of its projects. For the internal edition alone."""

from collections.abc import Sequence
from pathlib import Path

from overkalix_data.base.files import written
from overkalix_data.base.wording import key_of
from overkalix_data.base.words import counted, say
from overkalix_data.checks.to_do import Ask, ask_list, in_common
from overkalix_data.outputs.council import document as d
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.council.method import publisher
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.values.phone_email import national_form

FOLDER = "fragor"


def write_ask_letters(m: Material, folder: Path, template: Path | None) -> list[Path]:
    """Writes each letter as Word and as text under `folder/fragor`, who is asked most first. Gives the files."""
    place, files = folder / FOLDER, []
    place.mkdir()
    for number, (whom, letter) in enumerate(ask_letters(m).items(), start=1):
        stem = place / f"{number:02}-{key_of(whom)}"
        text = written(stem.with_suffix(".txt"), as_text(letter))
        word = write_letter(letter, stem.with_suffix(".docx"), as_of=m.as_of, lang=m.lang, template=template)
        files += [word, text]
    return files


def ask_letters(m: Material) -> dict[str, d.Document]:
    """Contact's name, or unit, → the letter to them. Of a project that names neither nobody is asked by letter."""
    nobody = say("quality.ask.whoever", m.lang)
    asked = ask_list(m.tables, m.as_of, m.lang)
    return {whom: _letter(m, whom, asks) for whom, asks in asked.items() if whom != nobody}


def as_text(letter: d.Document) -> str:
    """The letter for an e-mail: its head, its title, a line a question."""
    lines = [f"{part.name}: {part.value}" for part in letter.parts if isinstance(part, d.LetterLine)]
    lines += ["", letter.title]
    for part in letter.parts:
        if isinstance(part, d.Items):
            lines += [f"- {words}" for words in part.items]
        elif isinstance(part, d.LetterHeading | d.Paragraph):
            lines += ["", part.text]
    return "\n".join([*lines, ""])


def _letter(m: Material, whom: str, asks: Sequence[Ask]) -> d.Document:
    shared = in_common(list(asks))
    names = [f"{ask.label} ({say('show.line', m.lang, line=ask.line)})" for ask in asks]
    parts: list[d.LetterPart] = [
        d.LetterLine(say("ask.to", m.lang), ", ".join([whom, *_points(m, whom)])),
        d.LetterLine(say("ask.from", m.lang), say("letter.blank", m.lang), to_fill_in=True),
        d.LetterLine(say("letter.date", m.lang), m.as_of),
        d.Paragraph(counted("ask.why", len(asks), m.lang, whom=whom)),
    ]
    if shared:
        parts += [d.LetterHeading(say("ask.all", m.lang, count=len(asks))), d.Items(shared)]
    own = {name: [q for q in ask.questions if q not in shared] for name, ask in zip(names, asks, strict=True)}
    for name, questions in own.items():
        parts += [d.LetterHeading(name), d.Items(questions)] if questions else []
    if others := [name for name, questions in own.items() if not questions]:
        parts += [
            d.LetterHeading(say("ask.projects" if len(others) == len(own) else "ask.others", m.lang)),
            d.Items(others),
        ]
    parts += [d.Paragraph(say("ask.how", m.lang)), d.Paragraph(say("ask.by", m.lang), to_fill_in=True)]
    return d.Document(say("ask.title", m.lang), publisher(m.tables, m.lang), say("book.subject", m.lang), "", parts)


def _points(m: Material, whom: str) -> list[str]:
    """The addresses and numbers of a contact, as people write them."""
    contacts, points = m.tables["contacts"], m.tables["contact_points"]
    ids = contacts.loc[contacts["name"] == whom, "contact_id"]
    of_them = points[points["contact_id"].isin(ids)].sort_values(["kind_code", "value"])
    return [national_form(str(value)) for value in of_them["value"]]
