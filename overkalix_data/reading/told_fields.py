"""The fields that a sentence of a project's prose tells: by a phrase, a label in it, or a name before its verb."""

import re
from collections.abc import Iterator

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Part
from overkalix_data.reading.told_money import GOES_ON
from overkalix_data.values.funder import is_organisation, known_funder
from overkalix_data.values.person import NAME
from overkalix_data.values.phone_email import find_contact_points

OWNER = re.compile(
    r"(?<![\w-])(?P<value>[A-ZÅÄÖ][\w-]++(?:\s[\w-]++){0,5}?)"
    r"\s(?:(?:blir|är|står som|är också)\s(?:projektägare|huvudman|projektets ägare|sökande)|äger\sprojektet)\b"
)
"""`Björkforsens kommun är projektägare`."""
_NAMES = r"(?P<value>[A-ZÅÄÖ][\w-]++(?:,?\s[\w&-]++){0,11}?)"
_BEFORE = {
    "funder": re.compile(rf"{_NAMES}\s(?:är|var|blir)\s(?:också\s)?(?:med)?finansiär(?:er)?(?!\w)"),
    "partners": re.compile(
        rf"{_NAMES}\s(?:(?:är|var)\s(?:också\s)?(?:med|partners?|parter|samarbetspartners?)|deltar|medverkar|deltog|medverkade)"
        r"(?=\si\sprojektet(?!\w)|\s?[.,]|\s*$)"
    ),
}
"""Fields whose values stand before the verb: `Kils kommun är finansiär`, `Region Värmland och Kils kommun är med`."""
_ASKED = re.compile(
    rf"(?<!\w)(?:Kontakta|Fråga|Ring|Mejla|Hör av dig till|Vänd dig till)\s(?:gärna\s)?(?P<who>{NAME.pattern})"
)
"""Whom a sentence says to ask."""
NAMED = frozenset({"owner", "partners"})
"""Fields of names: what a phrase tells of them begins with one."""
_PARTNERS_END = re.compile(
    rf"{GOES_ON.pattern}|\s\(|,?\s(?:med|under|sedan|mellan|fram till|ger|får|gör|går|tar|hur|vad|utan|varje|av)(?!\w)"
)
_AND = re.compile(r",\s|\s(?:och|samt)\s")
_SOON = re.compile(r"[^\d.]{0,30}\d")
"""A sum, not far behind the words for it."""
_OWNER_ENDS = re.compile(
    r",|\s\(|\s(?:med|tillsammans|i sam\w+|för att|som"
    r"|och (?:pengarna|får|fick|har|är|var|ska|medverkar|deltar|kan|vill|ger|\w+s(?= av| med| i | till)))\b"
)


def by_phrase(text: str, sentence: tuple[int, int], offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The fields that phrases of a sentence name."""
    a, b = sentence
    for row, m in lists.labels.by("form")["phrase"].longest_first.each(text, a, b):
        begin = a if row["keeps_words"] else m.end()
        label = None if row["keeps_words"] else (offset + m.start(), offset + m.end())
        if not _tells(row, text[a : m.start()], text[begin:b].lstrip(), lists):
            continue
        ends = {"funder": GOES_ON, "owner": _OWNER_ENDS, "partners": _PARTNERS_END}.get(row["field"])
        found = ends.search(text, begin, b) if ends else None
        end = found.start() if found else b
        yield row["field"], Part(offset + begin, offset + end, "phrase", label, row["words"])


def _tells(row: Row, before: str, value: str, lists: Lists) -> bool:
    """Whether what stands behind a phrase can be its field's value: a name, for a total soon a sum.

    A weak phrase may stand in any sentence: behind it an organisation must, and before it nothing that says otherwise.
    """
    field = row["field"]
    if field in NAMED and not value[:1].isupper():
        return False  # `tillsammans med skolans elever` names nobody
    if field == "total":
        return _SOON.match(value) is not None  # `Budgeten är på väg att spricka` tells no sum
    if row["weak"] and field == "owner":
        return not before.strip()  # of anything else than the project a sentence says first what it is
    if row["weak"] and field == "partners":
        first = _AND.split(_PARTNERS_END.split(value)[0])[0]
        return is_organisation(first, lists) and lists.excluding_words.by("kind")["partners"].search(before) is None
    return not row["weak"] or field != "funder" or value[:1].isupper()


def by_label(text: str, sentence: tuple[int, int], offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The field whose label a sentence inside a paragraph begins with: `Finansiärer: Region X och Y kommun.`"""
    a, b = sentence
    known = line_label.label(text[a:b], lists, fresh=True)
    if known and known.form == "label" and ":" in text[a : a + known.value]:
        yield (
            known.field,
            Part(
                offset + a + known.value,
                offset + b,
                "label",
                (offset + a + known.start, offset + a + known.end),
                known.words,
            ),
        )


def by_person(text: str, sentence: tuple[int, int], offset: int) -> Iterator[tuple[str, Part]]:
    """The person that a sentence says to ask, to the last number or address in it."""
    if m := _ASKED.search(text, *sentence):
        points = find_contact_points(text[m.end() : sentence[1]])
        yield "contact", Part(offset + m.start("who"), offset + m.end() + max([0, *(p.end for p in points)]), "phrase")


def by_owner(text: str, sentence: tuple[int, int], offset: int) -> Iterator[tuple[str, Part]]:
    """The owner that a sentence names before it says so: `Ragunda kommun är projektägare`."""
    if m := OWNER.search(text, *sentence):
        yield "owner", Part(offset + m.start("value"), offset + m.end("value"), "phrase")


def before_verb(text: str, sentence: tuple[int, int], offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The organisations that a sentence names before it says what they are to the project."""
    for name, form in _BEFORE.items():
        m = form.match(text, *sentence)
        if m and all(known_funder(part, lists) and " i " not in part for part in _AND.split(m["value"])):
            yield name, Part(offset + m.start("value"), offset + m.end("value"), "phrase")
