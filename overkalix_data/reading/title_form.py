"""What a title line holds besides the name: a number, who owns it, years, a status; and whether a line has its form."""

import re
from dataclasses import dataclass, replace

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, squeeze
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.documents.source import Line
from overkalix_data.reading import line_form as layout
from overkalix_data.reading.page import Block, Part, between
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import MOST_WORDS, is_organisation, known_funder
from overkalix_data.values.period import MONTHS, parse_period
from overkalix_data.values.person import contact_word
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.status import status_named

SHORT = 90
"""Characters: a heading of prose is no longer than this."""

_ID = re.compile(
    rf"(?!(?:19|20)\d\d[{DASHES}](?:19|20)\d\d\b)"
    rf"(?P<id>(?:[A-ZÅÄÖ]{{1,4}} (?=\d))?(?=[^\s]*\d[^\s]*\d)[A-ZÅÄÖa-z]{{0,6}}[{DASHES}\d/_.]+[A-Z]?)"
    rf"(?:\s+[{DASHES}]\s+|:\s+|\s{{2,}}|\t|(?<=[A-ZÅÄÖ]-\d{{4}}) |(?<=\d{{4}}-\d{{4}}) )(?=[^\W\d])"
)
_NUMBER = re.compile(
    rf"\s*(?:\d{{1,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+|[a-z]\)|§\s*\d+|[#*=]{{1,6}}|[{DASHES}•·▪◦‣*])\s+(?=[^\W\d]|[\"”“»«])"
)
"""`3. Mat från egen trakt`: the number of the list, or its sign."""
_NUMBER_OF = re.compile(
    r"(?:id|projekt-?id|projektnr|projektnummer|dnr|diarienr|diarienummer|jnr|journalnr)[.:\s]*"
    r"(?:(?-i:[A-ZÅÄÖ]{1,6})\s)?[\w/:-]*\d[\w/:-]*"
    r"|(?-i:[A-ZÅÄÖ]{1,6})[\s/]\d{2,6}[/:-]\d+",
    re.IGNORECASE,
)
"""A number behind a word that says so, or one of a register (`KS 2024/00218`)."""
_OF = re.compile(rf"(?P<owner>[A-ZÅÄÖ][\w -]{{2,40}}?)\s+[{DASHES}]\s+(?=[A-ZÅÄÖ])")
"""Whose it is, before the name: `Kinda kommun – Naturguider`."""
_DAY = re.compile(rf"\d{{1,2}}\s(?:{'|'.join(MONTHS)})\b.{{0,30}}", re.IGNORECASE)
"""A day of a calendar is no name."""
_HEADLINE = re.compile(
    r"(?P<lead>[^\W\d][^:,!.]{2,30}[:,]\s)?(?P<name>[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ\d][\w-]*){0,3})(?:\s(?P<rest>[a-zåäö][^.:]{2,30}))?[!.]?"
)
"""`Nytt: Kompassen startar`, `Stegvis halvvägs`, `Tack och hej, Trampolinen!`."""
_QUOTED = re.compile(r"[\"”“»«](?P<name>[^\"”“»«]+)[\"”“»«]")
_ABOUT = re.compile(r"(?:(?:Frågor och svar|Fakta|Information|Mer) )?[Oo]m projektet (?=[A-ZÅÄÖ\d])")
"""What a page about one project may set before its name."""
_LEAD = re.compile(r"(?P<inside>[^\W\d][^:\n]{2,30}):\s+(?=\S)")
"""What a headline says of a project before its name: `Nystartat: `, `I mål: `."""
_CASE = re.compile(
    r"(?:[Pp]rojekta|[Bb]idragsa|[Aa])nsökan(?:\s(?:om|för|till|avseende)\s[a-zåäö][a-zåäö ,-]{2,50}?)?"
    rf"(?:\s*:\s+|\s+[{DASHES}]\s+|\s+(?:för\s)?(?=[\"”“»«])|\s+[\d/:-]{{4,}}\s+|\s(?:till|för)\s(?=[A-ZÅÄÖ]))"
    r"|(?:[Mm]edfinansiering|[Ss]töd|[Bb]idrag|[Ss]lut(?:rapport|redovisning))\s(?:av|till|för|från|i)\sprojektet?\s+"
    rf"|[Ss]lut(?:rapport|redovisning)(?:\s*:|\s+[{DASHES}]|(?=\s[A-ZÅÄÖ]))\s+"
    r"|[Pp]rojekt\s+(?=[A-ZÅÄÖ])"
)
"""What a heading of minutes has before the name: `Ansökan om bygdemedel – `, `Medfinansiering av projektet `."""
_CASE_NUMBER = re.compile(r"(?<!\s)\s++(?P<inside>(?i:dnr|diarienr|diarienummer)\b[.:]?\s[^\n]{3,40})$")
_BRACKET = re.compile(r"(?<![\s,])[\s,]*+[(\[](?P<inside>[^()\[\]]*)[)\]]\s*$")
_TAIL = re.compile(rf"(?<!\s)(?:\s*+[{DASHES},]\s++|\s++[{DASHES}]\s*+)(?P<inside>[^{DASHES},]+)$")
_YEARS = re.compile(rf"(?<![\s,])[\s,]++(?P<inside>(?:19|20)\d\d\s*[{DASHES}]\s*(?:(?:19|20)\d\d|\d\d))\s*$")
"""A single year is part of a name (`Skärgårdsväg 2030`)."""
_BY = re.compile(r"(?<!\s)\s++av\s++(?P<inside>[A-ZÅÄÖ][^.]{0,200})$")

Span = tuple[int, int]


@dataclass(frozen=True)
class TitleParts:
    """The characters of a title line: the name, and what stands around it (None: nothing)."""

    name: Span
    id: Span | None = None
    period: Span | None = None
    status: Span | None = None
    owner: Span | None = None


def is_quoted(text: str) -> bool:
    """Whether a line is a name in quotation marks and nothing else."""
    return len(text) <= SHORT and _QUOTED.fullmatch(text.strip()) is not None


def title_parts(text: str, lists: Lists) -> TitleParts:
    """`AB0123 – Bron till byn (2022–2024) – Pågående` → its parts. Other brackets belong to the name."""
    words = text.rstrip(f" .:{DASHES}\u00a0") if text.rstrip()[-1:] in f".:{DASHES}" else text.rstrip()
    listed = _NUMBER.match(words)
    start, end = listed.end() if listed else len(words) - len(words.lstrip()), len(words)
    sign = words.lstrip()[:1]
    if listed and sign in "*•·▪=" and words.endswith(f" {listed[0].strip()}"):
        end -= len(listed[0].strip()) + 1  # `*** Hyttvandringen ***`
    start = about.end() if (about := _ABOUT.match(words, start)) else start
    start = case.end() if (case := _CASE.match(words, start)) else start
    lead = _LEAD.match(words, start)
    status = lead.span("inside") if lead and status_named(lead["inside"], lists) else None
    start = lead.end() if lead and status else start
    number = _ID.match(words, start)
    found: dict[str, Span | None] = {"id": (number.start("id"), number.end("id")) if number else None, "status": status}
    start = number.end() if number else start
    owned = _OF.match(words, start)
    if owned and (funder := known_funder(owned["owner"], lists)) and funder.funder_type_code == "municipality":
        found["owner"], start = owned.span("owner"), owned.end()
    for _ in range(3):
        for tail in (_BRACKET, _CASE_NUMBER, _TAIL, _YEARS, _BY):
            m = tail.search(words[:end], start + 1)
            kind = _kind(m["inside"], tail, lists) if m else ""
            if m and kind and not found.get(kind):
                found[kind] = m.span("inside")
                end = m.start()
                break
        else:
            break
    end = start + len(words[start:end].rstrip(" \u00a0,"))
    quoted = _QUOTED.fullmatch(words, start, end)
    return TitleParts(quoted.span("name") if quoted else (start, end), **found)


def case_named(text: str, lists: Lists) -> Span | None:
    """Where a heading of minutes names what is applied for: `§ 32 Ansökan om bygdemedel – Ny spis`; else None."""
    number = _NUMBER.match(text)
    if not _CASE.match(text, number.end() if number else 0):
        return None
    return title_parts(text, lists).name


def is_case_number(text: str) -> bool:
    """Whether words are nothing, or the number of a case in its register: `Dnr KS 24/288`."""
    return not text or _NUMBER_OF.fullmatch(text) is not None


def _kind(inside: str, tail: re.Pattern[str], lists: Lists) -> str:
    if tail is _BY:
        return "owner" if is_organisation(inside, lists) else ""
    if status_named(inside, lists):
        return "status"
    if _NUMBER_OF.fullmatch(inside):
        return "id"
    return "period" if re.search(r"(?:19|20)\d\d", inside) and tail is not _TAIL and parse_period(inside) else ""


def names_owner(text: str, lists: Lists) -> bool:
    """Whether a line is the name of an organisation and nothing else, as the owner's under a title."""
    is_short = len(text.split()) <= MOST_WORDS
    return is_short and is_organisation(text, lists) and looks_like_title(without_form(text), lists)


def without_form(words: str) -> str:
    """An organisation's name without the short form of its kind, whose stop ends no sentence."""
    return words.removesuffix("ek. för.").removesuffix("r.f.")


def looks_like_title(text: str, lists: Lists) -> bool:
    """Whether a line has the form of a title, and is not a person's title, a number or an address."""
    words = squeeze(text)
    if _DAY.fullmatch(words):
        return False
    if not layout.is_title(words) and not (layout.is_title(words.rstrip("?!:")) and words[-1:] in "?!:"):
        return False
    if contact_word(words, lists) == "role_title":
        return False
    if is_label(words, lists) or parse_amount(words, lists) or words[0] in "•·▪◦‣*":
        return False
    return not has_contact_points(words) and any(c.isalpha() for c in words) and not layout.prose_signs(words, lists)


def has_contact_points(words: str) -> bool:
    """Whether a line holds numbers or addresses; the number of a project before its name is none."""
    number = _ID.match(words)
    return bool(find_contact_points(words[number.end() if number else 0 :]))


def _name_in_headline(text: str, name: Span, below: str, lists: Lists) -> Span | None:
    """The name in a headline that tells something of it, where the text below has the name without that."""
    found = _HEADLINE.fullmatch(text, *name)
    if found is None or re.search(rf"(?<!\w){re.escape(found['name'])}(?!\w)", below) is None:
        return None
    rest = found["rest"]
    is_told = not rest or lists.project_verbs.match(rest) or status_named(rest, lists)
    return found.span("name") if is_told and (found["lead"] or rest) and text[slice(*name)] not in below else None


def put_title(
    block: Block, line: Line, rule: str, lists: Lists, label: tuple[int, int] | None = None, below: str = ""
) -> None:
    """Puts a title line's parts in their fields: the name, and id, period, status and owner around it.

    `below`: the paragraph under it, which tells what of a headline (`Nytt: Kompassen startar`) is the name.
    """
    parts = title_parts(line.text, lists)
    parts = replace(parts, name=_name_in_headline(line.text, parts.name, below, lists) or parts.name)
    block.add("title", Part(line.start + parts.name[0], line.start + parts.name[1], rule, label))
    for name, span in (("note", parts.id), ("period", parts.period), ("status", parts.status), ("owner", parts.owner)):
        if span:
            block.add(name, Part(line.start + span[0], line.start + span[1], rule))
    known = [span for span in (parts.name, parts.id, parts.period, parts.status, parts.owner) if span]
    rest = between(known, 0, len(line.text), line.text)
    block.title_rest += [(line.start + a, line.start + b) for a, b in rest]
