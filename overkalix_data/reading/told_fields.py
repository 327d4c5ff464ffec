"""The fields that a sentence of a project's prose tells: by a phrase, a label in it, or a name before its verb."""

import re
from collections.abc import Iterator
from itertools import takewhile

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.reading import line_label
from overkalix_data.reading.page import Part
from overkalix_data.reading.told_money import GOES_ON
from overkalix_data.values.funder import MOST_WORDS, is_organisation, known_funder
from overkalix_data.values.person import asked, is_given_name
from overkalix_data.values.phone_email import find_contact_points

Span = tuple[int, int]
NAMED = frozenset({"owner", "partners"})
"""Fields of names: what a phrase tells of them begins with one."""
_PARTNERS_END = re.compile(
    rf"{GOES_ON.pattern}|\s\(|,?\s(?:med|under|sedan|mellan|fram till|ger|får|gör|går|tar|hur|vad|utan|varje|av)(?!\w)"
)
_AND = re.compile(r",\s|(?<!\s)\s++(?:och|samt)\s")
_SOON = re.compile(r"[^\d.]{0,30}\d")
"""A sum, not far behind the words for it."""
_OWNER_ENDS = re.compile(
    r",|\s\(|\s(?:med|tillsammans|ihop|i\ssam\w+|för\satt|som"
    r"|och (?:får|har|ska|kan|vill|var|pengarna|kontakt(?:person)?|[a-zåäö]+(?:ar|er|är|år|ick|ade|des?)"
    r"|[a-zåäö]+s(?= av| med| i | till)))\b"
)
_VERB_ENDS = re.compile(r"(?=\si\sprojektet(?!\w)|\s?[.,]|\s*$)")
"""What stands behind a verb that only then says that who stands before it takes part."""
_ELSEWHERE = re.compile(r"\s(?:från|hos|på|som|att)\s")
_OF_PLACE = re.compile(r"[A-ZÅÄÖ]\w+(?<![nt])s\s[a-zåäö]")
"""`Garpenbergs gruvarbetare` are somebody; `Skolans elever` anybody."""
_NAME_WORDS = re.compile(r"[A-ZÅÄÖ][\w&-]*+(?:\s[\w&-]++)*+")


def by_phrase(text: str, sentence: Span, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The fields that phrases of a sentence name, the longest phrase first: another may be a part of it."""
    a, b = sentence
    found = lists.labels.by("form")["phrase"].finditer(text, a, b)
    for row, m in sorted(found, key=lambda hit: hit.match.start() - hit.match.end()):
        begin = a if row["keeps_words"] else m.end()
        label = None if row["keeps_words"] else (offset + m.start(), offset + m.end())
        if not _tells(row, text[a : m.start()], text[begin:b].lstrip(), lists):
            continue
        is_body = row["field"] == "leader" and _is_body(text[begin:b].lstrip(), lists)
        field = "owner" if is_body else row["field"]  # `Projektet leds av Kils kommun`
        ends = {"funder": GOES_ON, "owner": _OWNER_ENDS, "partners": _PARTNERS_END}.get(field)
        ended = ends.search(text, begin, b) if ends else None
        end = ended.start() if ended else b
        yield field, Part(offset + begin, offset + end, "phrase", label, row["words"])


def _tells(row: Row, before: str, value: str, lists: Lists) -> bool:
    """Whether what stands behind a phrase can be its field's value: a name, for a total soon a sum.

    A weak phrase may stand in any sentence: it must be one of the project, and before it nothing that says otherwise.
    """
    field, is_weak = row["field"], bool(row["weak"])
    if field in NAMED and not value[:1].isupper():
        return False  # `tillsammans med skolans elever` names nobody
    if field == "total":
        # `Budgeten är på väg att spricka` tells no sum.
        return _SOON.match(value) is not None and (not is_weak or not before or _of_project(before, lists))
    if field in NAMED and is_given_name(value, lists) and not _is_body(value, lists):
        return False  # a person is neither
    if is_weak and field == "partners":
        is_other = lists.excluding_words.by("kind")["partners"].search(before)
        return is_other is None and (_is_body(value, lists) or _of_project(before, lists))
    return not is_weak or field != "funder" or value[:1].isupper()


def _is_body(value: str, lists: Lists) -> bool:
    """Whether what stands there begins with the name of an organisation."""
    return is_organisation(_AND.split(_PARTNERS_END.split(value)[0])[0].rstrip("."), lists)


def _of_project(before: str, lists: Lists) -> bool:
    """Whether what a sentence goes on with behind those words is told of the project, and not of what it is to do."""
    words = lists.sentence_words.by("kind")
    is_told = words["project"].search(before) or words["pronoun"].match(before)
    return is_told is not None and " att " not in before.replace("kommer att", "")


def by_label(text: str, sentence: Span, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The field whose label a sentence inside a paragraph begins with: `Finansiärer: Region X och Y kommun.`"""
    a, b = sentence
    known = line_label.label(text[a:b], lists, fresh=True)
    if known and known.form == "label" and ":" in text[a : a + known.value]:
        label = (offset + a + known.start, offset + a + known.end)
        yield known.field, Part(offset + a + known.value, offset + b, "label", label, known.words)


def by_person(text: str, sentence: Span, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The person that a sentence says to ask, to the last number or address in it."""
    m = asked(lists).search(text, *sentence)
    if m and (m[0][:1].isupper() or is_given_name(m["name"], lists)):
        points = find_contact_points(text[m.end() : sentence[1]])
        yield "contact", Part(offset + m.start("who"), offset + m.end() + max([0, *(p.end for p in points)]), "phrase")


def by_verb(text: str, sentence: Span, offset: int, lists: Lists) -> Iterator[tuple[str, Part]]:
    """The organisations that a sentence names before the verb that says what they are to the project:
    `Ragunda kommun äger projektet`, `Region Värmland och Kils kommun är med`."""
    for row, m in lists.labels.by("form")["verb"].finditer(text, *sentence):
        names = _names_before(text, (sentence[0], m.start()), row, lists)
        if names and (not row["weak"] or _VERB_ENDS.match(text, m.end(), sentence[1])):
            yield row["field"], Part(offset + names[0], offset + names[1], "phrase")


def _names_before(text: str, before: Span, row: Row, lists: Lists) -> Span | None:
    """The names that stand last before a verb; an owner is one name of any form, others must be known as such."""
    a, b = before[0], before[0] + len(text[slice(*before)].rstrip())
    if opener := lists.sentence_words.by("kind")["opener"].at(text, a):
        a = opener.match.end() + 1
    joints = [m.span() for m in _AND.finditer(text, a, b)]
    starts, ends = [a, *(end for _, end in joints)], [*(start for start, _ in joints), b]
    pieces = list(zip(starts, ends, strict=True))[::-1][: 1 if row["field"] == "owner" else None]
    named = list(takewhile(lambda piece: _is_name(text[slice(*piece)], row, lists, first=piece[0] == a), pieces))
    return (named[-1][0], b) if named else None


def _is_name(words: str, row: Row, lists: Lists, *, first: bool) -> bool:
    """Whether words can be the name of an organisation that does something in the project; `first`: they begin the
    sentence, and have a capital whatever they are."""
    if not _NAME_WORDS.fullmatch(words) or _ELSEWHERE.search(words):
        return False
    if known_funder(words, lists):
        return True
    is_free = not lists.project_verbs.search(words) and not is_given_name(words, lists)
    is_formed = any(m.end() == len(words) for _, m in lists.organisation_forms.finditer(words))
    is_any = not first if row["field"] == "partners" else not row["weak"]
    is_name = is_any or is_formed or _OF_PLACE.match(words) is not None
    return row["field"] != "funder" and is_free and is_name and len(words.split()) <= MOST_WORDS
