"""The labels that a page has of its own: what its lines begin with again and again, and what their values are."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold, squeeze
from overkalix_data.documents.column_meaning import column_of
from overkalix_data.documents.source import Line
from overkalix_data.reading.line_form import status_named
from overkalix_data.reading.line_label import Label
from overkalix_data.reading.title_lines import is_organisation
from overkalix_data.values.amount import find_amounts, parse_amount
from overkalix_data.values.funder import funder_by_form, known_funder, named_funder
from overkalix_data.values.funders_field import split_funders
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import NAME, contact_word
from overkalix_data.values.phone_email import find_contact_points

TIMES = 2
"""How often a label must stand on the page; a list repeats itself."""
SURE = 0.6
"""The share of a label's values that must be of one kind for it to be the label of that kind."""
SIGNS = {":": ":", "\t": "\t", "|": "|", "–": "–", "-": "–", "—": "–"}
_LABELLED = re.compile(
    r"\s*(?P<words>[A-ZÅÄÖ][^:|\t\n.!;–—]{1,70}?)"
    r"(?P<between>[ \u00a0]*(?P<sign>[:|])[ \u00a0]*|[ \u00a0]*(?P<tab>\t)\s*"
    r"|[ \u00a0]+(?P<dash>[–—-])[ \u00a0]+)(?P<value>.*?)[ \u00a0|]*"
)
_ALONE = re.compile(r"[A-ZÅÄÖ][^\d.:;!|\t]{2,59}[?:]?")
_SUM = re.compile(r"(?P<words>[A-ZÅÄÖ][^\d:;.!?|\t]{2,70}?)[ \u00a0]+(?P<value>\d.*)")
"""`Bidrag från Vinnova 1 840 000 kronor`: no sign stands between."""
_YEAR = re.compile(r"(?:19|20)\d\d")
OFTEN = 3
"""How often words that no list knows must stand on lines of their own to be a label."""
STAGES = {
    "funder": "closing",
    "granted": "closing",
    "total": "closing",
    "contact": "closing",
    "co_financing": "closing",
}
"""Where in a project a field stands; the others stand in its middle."""


@dataclass(frozen=True)
class OwnLabels:
    """The labels that a page shows by repeating them: folded words → field, and the signs that set them apart."""

    fields: Mapping[str, str] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    """The folded words of those that stand at least twice, whatever they mean."""
    bare: Mapping[str, str] = field(default_factory=dict)
    """The labels that stand on lines of their own: folded words → field, or `note` where nothing tells it."""

    def at(self, text: str, lists: Lists) -> Label | None:
        """The label of the page's own that a line starts with, or a funder's name as the label of what it pays."""
        if text[:1].isupper() and (name := self.bare.get(fold(text.rstrip(" :")))):
            form = "own" if name == "note" else "label"
            return Label(name, squeeze(text).rstrip(":"), form, STAGES.get(name, "middle"), 0, len(text), len(text))
        if (m := _SUM.fullmatch(text)) and find_amounts(m["value"], lists):
            name = field_named(m["words"], lists)
            if name in ("co_financing", "granted", "total"):
                return Label(name, squeeze(m["words"]), "label", "closing", 0, m.end("words"), m.start("value"))
        m = _LABELLED.fullmatch(text)
        if m is None:
            return None
        name = self.fields.get(fold(m["words"]), "") if _sign(m) in self.signs else ""
        if not name and _sign(m) == ":" and m["value"] and _pays(m["words"], m["value"], lists):
            name = "co_financing"
        if not name and _sign(m) in self.signs - {"–"} and fold(m["words"]) in self.repeated:
            return Label(
                "note", squeeze(m["words"]), "own", "anywhere", m.start("words"), m.end("between"), m.start("value")
            )
        if not name:
            return None
        stage = STAGES.get(name, "middle")
        return Label(name, squeeze(m["words"]), "label", stage, m.start("words"), m.end("between"), m.start("value"))


def own_labels(lines: Sequence[Line], lists: Lists) -> OwnLabels:
    """The labels that lines of a page begin with, each with the field that the lists or its values tell."""
    values, signs = defaultdict[str, list[str]](list), defaultdict[str, int](int)
    words: dict[str, str] = {}
    for line in {line.text: line for line in lines if not line.level}.values():
        if m := _LABELLED.fullmatch(line.text):
            values[fold(m["words"])].append(m["value"])
            words.setdefault(fold(m["words"]), m["words"])
            signs[_sign(m)] += 1
    named = {key: field_named(words[key], lists) for key in values}
    repeated = {key for key, said in values.items() if len(said) >= TIMES and not _is_value(words[key], lists)}
    usual = frozenset(sign for sign, n in signs.items() if n >= TIMES)
    fields = {key: named[key] or field_of(said, lists) for key, said in values.items() if key in repeated or named[key]}
    return OwnLabels(
        {key: name for key, name in fields.items() if name}, usual, frozenset(repeated), _bare(lines, lists)
    )


def _bare(lines: Sequence[Line], lists: Lists) -> dict[str, str]:
    """The lines that stand again and again over others: the labels that the lists know, questions, and other words."""
    at = defaultdict[str, list[int]](list)
    for n, line in enumerate(lines[:-1]):
        if not line.level and not line.part and _ALONE.fullmatch(line.text):
            at[fold(line.text.rstrip(" :"))].append(n)
    found = dict[str, str]()
    for key, places in at.items():
        words = squeeze(lines[places[0]].text).rstrip(":")
        below = [lines[n + 1].text for n in places]
        if len(places) < TIMES or status_named(words, lists) or find_contact_points(below[0]):
            continue
        name = field_named(words.rstrip("?"), lists) or field_named(words, lists)
        if not name and column_of(words, lists).field == "title" and len(set(below)) == len(below):
            name = "title"
        close = all(lines[n + 1].number == lines[n].number + 1 for n in places)
        apart = all(not n or lines[n - 1].number < lines[n].number - 1 for n in places)
        if not name and len(places) >= OFTEN and apart and not _is_value(words, lists):
            name = field_of(below, lists) if close else "note"
            name = name or "note"
        if name and (apart or words.endswith("?")):
            found[key] = name
    return found


def _is_value(words: str, lists: Lists) -> bool:
    """Whether words that stand on several lines are values rather than a label: a name, an amount, a time."""
    return bool(
        named_funder(words, lists)
        or funder_by_form(words, lists)
        or is_organisation(words, lists)
        or NAME.fullmatch(words)
        or parse_amount(words, lists)
        or parse_period(words)
        or contact_word(words, lists)
    )


def field_named(words: str, lists: Lists) -> str:
    """The field whose label, or whose column's heading, the words are; else empty."""
    hit = lists.labels.by("form")["label"].fullmatch(squeeze(words))
    name = hit.row["field"] if hit else column_of(words, lists).field
    return "" if name in ("points", "title", "label") else name


def field_of(values: Sequence[str], lists: Lists) -> str:
    """The field whose values these are: a status, a period, contacts or funders with what they pay; else empty."""
    said = [value for value in values if any(c.isalnum() for c in value)]
    for name, is_one in _KINDS.items():
        if said and sum(bool(is_one(value, lists)) for value in said) >= SURE * len(said):
            return name
    return ""


def _is_paid(value: str, lists: Lists) -> bool:
    mentions = split_funders(value, lists)
    return any(m.funder.funder_type_code and m.sek is not None for m in mentions)


_KINDS: Mapping[str, Callable[[str, Lists], object]] = {
    "status": status_named,
    "period": lambda value, lists: parse_period(value) and (_YEAR.fullmatch(value) or not parse_amount(value, lists)),
    "contact": lambda value, _: find_contact_points(value),
    "funder": _is_paid,
}


def _pays(words: str, value: str, lists: Lists) -> bool:
    """Whether the words name a funder, and the value is an amount: `Växjö kommun: 80 000 kr`."""
    return known_funder(words, lists) is not None and parse_amount(value, lists) is not None


def _sign(found: re.Match[str]) -> str:
    return SIGNS[found["sign"] or found["tab"] or found["dash"]]
