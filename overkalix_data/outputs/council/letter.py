"""The paper that the board decides on: the municipality's skeleton on two pages, with figures. The officer judges.

The tables that it rests on are a file of their own (`attachment`).
"""

from collections.abc import Sequence

from overkalix_data.analyse.changes import project_changes
from overkalix_data.base.wording import inside
from overkalix_data.base.words import counted, say
from overkalix_data.outputs.council import document as d
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.council.method import background, publisher
from overkalix_data.outputs.council.tables import payers_table
from overkalix_data.schema.frames import rows_of

TO_FILL_IN = ("department", "officer", "case_number")
MATERIAL = ("letter", "attachment")
FULFILMENT = "goal_fulfilment"
"""The fact that a person has filled in about a project's goals (`project_details`)."""
MOST_PAYERS = 6
"""Funders that the paper names, those that have granted most; the attachment has them all."""
MOST_CHANGED = 4
"""Changed projects that the paper names; the attachment has them all."""
OF_CONTACTS = "contact_"
"""How the codes of changes begin that are no matter for the board, whose papers name no contacts."""


def council_letter(m: Material) -> d.Document:
    """The paper of an edition."""
    f, lang = m.facts, m.lang
    payers = [payers_table(m, MOST_PAYERS)] if f.funders else []
    parts: list[d.LetterPart] = [
        *_head(m),
        *section("proposal", lang, d.Paragraph(say("letter.proposal.text", lang))),
        *section("summary", lang, *paragraph(background(m.tables, m.as_of, lang)), d.Items(prose.summary(f, lang))),
        *section("changed", lang, *_changed(m)),
        *section("to_know", lang, d.Items(prose.to_know(f, lang))),
        *section("assessment", lang, *_assessment(m)),
        *section("economy", lang, *paragraph(prose.economy(f, lang), leads=bool(payers)), *payers),
        *section("consequences", lang, d.Paragraph(say("letter.consequences.prompt", lang), to_fill_in=True)),
        *section("material", lang, d.Items([say(f"letter.material.{key}", lang, as_of=m.as_of) for key in MATERIAL])),
        *section("sent_to", lang, d.Paragraph(say("letter.prompt", lang), to_fill_in=True)),
        d.Signature(say("letter.signature", lang)),
    ]
    return document("letter", m, parts)


def document(name: str, m: Material, parts: Sequence[d.LetterPart], *, is_wide: bool = False) -> d.Document:
    """A document of an edition, its title in `<name>.title`."""
    edition = say("report.internal", m.lang) if m.internal else ""
    subject = say("book.subject", m.lang)
    return d.Document(say(f"{name}.title", m.lang), publisher(m.tables, m.lang), subject, edition, parts, is_wide)


def section(key: str, lang: str, *parts: d.LetterPart) -> list[d.LetterPart]:
    """Parts under their heading."""
    return [d.LetterHeading(say(f"letter.{key}", lang)), *parts]


def paragraph(sentences: Sequence[str], *, leads: bool = False) -> list[d.LetterPart]:
    """Sentences as a paragraph; none where there is none."""
    return [d.Paragraph(" ".join(sentences), leads)] if sentences else []


def _head(m: Material) -> list[d.LetterPart]:
    values = {
        "municipality": publisher(m.tables, m.lang),
        "date": m.as_of,
        "recipient": say("letter.recipient.text", m.lang),
    }
    return [
        d.LetterLine(say(f"letter.{key}", m.lang), values.get(key) or say("letter.blank", m.lang), key in TO_FILL_IN)
        for key in ("municipality", *TO_FILL_IN, "date", "recipient")
    ]


def changed_projects(m: Material) -> list[tuple[str, str]]:
    """Label of each project that changed since the fetch before, and how, in words."""
    changes = m.tables["changes"]
    changed = project_changes(rows_of(changes[~changes["change_code"].str.startswith(OF_CONTACTS)]), m.lang)
    return [(project.label, ", ".join(dict.fromkeys(c.what for c in project.changes))) for project in changed]


def _changed(m: Material) -> list[d.LetterPart]:
    """What changed since the fetch before, by number and, of the first projects, by name."""
    if not m.facts.fetched_before:
        return [d.Paragraph(say("letter.changed.first", m.lang))]
    summary, changed = paragraph(prose.what_changed(m.facts, m.lang)), changed_projects(m)
    items = [f"{label} – {inside(kinds)}" for label, kinds in changed[:MOST_CHANGED]]
    if left := len(changed) - len(items):
        items.append(counted("letter.changed.more", left, m.lang))
    return [*summary, d.Items(items)] if items else summary


def _assessment(m: Material) -> list[d.LetterPart]:
    """The officer's own words; goal fulfilment only where a person has filled it in."""
    details, labels = m.tables["project_details"], {card.project_id: card.label for card in m.cards}
    filled = rows_of(details[details["detail_code"] == FULFILMENT])
    items = [f"{labels[row['project_id']]}: {row['value']}" for row in filled]
    return [d.Paragraph(say("letter.assessment.prompt", m.lang), to_fill_in=True), *([d.Items(items)] if items else [])]
