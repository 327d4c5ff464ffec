"""The labels that a page has of its own: what its lines begin with again and again, and what their values are."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import REMEMBERED, fold, squeeze
from overkalix_data.documents.column_meaning import column_of
from overkalix_data.documents.label_by_values import field_of
from overkalix_data.documents.placed_text import ITEM, TERM
from overkalix_data.documents.source import Line
from overkalix_data.reading.line_label import Label
from overkalix_data.values.amount import find_amounts, parse_amount
from overkalix_data.values.funder import funder_by_form, is_organisation, named_funder
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import NAME, contact_word
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.status import status_named

TIMES = 2
"""How often a label must stand on the page; a list repeats itself."""
SIGNS = {":": ":", "\t": "\t", "|": "|", "–": "–", "-": "–", "—": "–"}
_LABELLED = re.compile(
    r"\s*(?P<words>[A-ZÅÄÖ](?:inkl\.|exkl\.|[^:|\t\n.!;–—]){1,70}?)"
    r"(?P<between>[ \u00a0]*(?P<sign>[:|])[ \u00a0]*|[ \u00a0]*(?P<tab>\t)\s*"
    r"|[?][ \u00a0]+|[ \u00a0]+(?P<dash>[–—-])[ \u00a0]+)(?P<value>.*?)[ \u00a0|]*"
)
_ALONE = re.compile(r"[A-ZÅÄÖ][^\d.:;!|\t]{2,59}[?:]?")
_SUM = re.compile(r"(?P<words>[A-ZÅÄÖ][^\d:;.!?|\t]{2,70}?)[ \u00a0]+(?P<value>\d.*)")
"""`Bidrag från Vinnova 1 840 000 kronor`: no sign stands between."""
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
            return _label(name, text.rstrip(": \u00a0"), (0, len(text), len(text)), lists)
        if (m := _SUM.fullmatch(text)) and find_amounts(m["value"], lists):
            name = field_named(m["words"], lists)
            if name in ("co_financing", "granted", "total"):
                return _label(name, m["words"], (0, m.end("words"), m.start("value")), lists)
        m = _LABELLED.fullmatch(text)
        if m is None:
            return None
        name = self.fields.get(fold(m["words"]), "") if _sign(m) in self.signs else ""
        if not name and _sign(m) == ":" and m["value"] and _pays(m["words"], m["value"], lists):
            name = "co_financing"
        if not name and _sign(m) in self.signs - {"–"} and fold(m["words"]) in self.repeated:
            name = "note"
        return _label(name, m["words"], (m.start("words"), m.end("between"), m.start("value")), lists) if name else None


def _label(name: str, words: str, places: tuple[int, int, int], lists: Lists) -> Label:
    """A label of the page's own; of a `note` nothing tells what it means."""
    is_own = not is_listed(words, lists)
    form = "own" if name == "note" and is_own else "label"
    return Label(name, squeeze(words), form, STAGES.get(name, "middle"), *places, is_own=is_own)


def own_labels(lines: Sequence[Line], lists: Lists) -> OwnLabels:
    """The labels that lines of a page begin with, each with the field that the lists or its values tell."""
    values, signs = defaultdict[str, list[str]](list), defaultdict[str, int](int)
    words, terms, dashed = dict[str, str](), set[str](), set[str]()
    unlike = {line.text: line for line in lines if not line.level}
    follows = dict(zip((line.text for line in lines), (line.text for line in lines[1:]), strict=False))
    for line in unlike.values():
        if m := _LABELLED.fullmatch(line.text):
            values[fold(m["words"])].append(m["value"] or follows.get(line.text, ""))
            words.setdefault(fold(m["words"]), m["words"])
            terms |= {fold(m["words"])} if line.part == TERM else set()
            dashed |= {fold(m["words"])} if _sign(m) == "–" else set()
            signs[_sign(m)] += 1
    often = {key for key, said in values.items() if len(said) >= TIMES} | terms
    repeated = {key for key in often if lists.label_stems.match(words[key]) or not _is_value(words[key], lists)}
    # `Löptid maj 2024 – augusti 2026` is no label.
    doubtful = {key for key in values if key in dashed or any(c.isdigit() for c in key)} - repeated
    fields = {
        key: field_named(words[key], lists)
        or ("co_financing" if _pays(words[key], said[0], lists) else "")
        or ("" if key in doubtful else field_of(words[key], said, lists, is_sure=key in repeated))
        for key, said in values.items()
    }
    usual = frozenset(sign for sign, n in signs.items() if n >= TIMES)
    return OwnLabels(
        {key: name for key, name in fields.items() if name}, usual, frozenset(repeated), _bare(lines, lists)
    )


def _bare(lines: Sequence[Line], lists: Lists) -> dict[str, str]:
    """The lines that stand again and again over others: the labels that the lists know, questions, and other words."""
    at = defaultdict[str, list[int]](list)
    for n, line in enumerate(lines[:-1]):
        if not line.level and line.part in ("", TERM, ITEM) and _ALONE.fullmatch(line.text):
            at[fold(line.text.rstrip(" :"))].append(n)
    found = {key: name for key, places in at.items() if (name := _bare_field(lines, places, lists))}
    if sum(lines[places[0]].part != TERM and found.get(key, "note") != "note" for key, places in at.items()) < OFTEN:
        return found
    # A page laid out so: what stands close over its value there is a label too.
    closer = {
        key: _close_field(lines, places, lists, is_sure=len(places) >= TIMES)
        for key, places in at.items()
        if key not in found and " " in key  # a page may be wrapped word by word
    }
    return found | {key: name for key, name in closer.items() if name}


def _bare_field(lines: Sequence[Line], places: Sequence[int], lists: Lists) -> str:
    """The field of words that stand alone over other lines, `note` where nothing tells it; empty where none is one."""
    words = squeeze(lines[places[0]].text).rstrip(":")
    below = [lines[n + 1].text for n in places]
    if all(lines[n].part == TERM for n in places):  # a list of terms says itself that it is a label
        return field_named(words, lists) or field_of(words, below, lists) or "note"
    if status_named(words, lists) or len(places) < TIMES or find_contact_points(below[0]):
        return ""
    name = field_named(words.rstrip("?"), lists) or field_named(words, lists)
    if not name and column_of(words, lists).field == "title" and len(set(below)) == len(below):
        name = "title"
    apart = all(not n or lines[n - 1].number < lines[n].number - 1 for n in places)
    if name and (apart or words.endswith("?")):
        return name
    is_sure = not name and len(places) >= OFTEN and apart and not _is_value(words, lists)
    return _close_field(lines, places, lists, is_sure=is_sure) or "note" * is_sure


def _close_field(lines: Sequence[Line], places: Sequence[int], lists: Lists, *, is_sure: bool) -> str:
    """The field of words that stand right over their values, as those tell it."""
    words = squeeze(lines[places[0]].text).rstrip(":")
    if _is_value(words, lists) or any(lines[n + 1].is_apart(lines[n]) for n in places):
        return ""
    below = [lines[n + 1].text for n in places]
    opens = lists.labels.by("form")["phrase"].match(words)
    if any(text.islower() and " " not in text for text in below) or (opens and opens.match.end() < len(words)):
        return ""  # a sentence that is wrapped, word by word or behind `Syftet med förstudien är att pröva`
    name = field_of(words, below, lists, is_sure=is_sure)
    return name or "note" * (is_sure and len(places) >= OFTEN)


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


def is_listed(words: str, lists: Lists) -> bool:
    """Whether the lists know the words of a label, or a funder in them: else only its values tell what it is."""
    return bool(field_named(words, lists) or column_of(words, lists).label or column_of(words, lists).funder)


@lru_cache(maxsize=REMEMBERED)
def field_named(words: str, lists: Lists) -> str:
    """The field whose label, or whose column's heading, the words are; else empty."""
    hit = lists.labels.by("form")["label"].fullmatch(squeeze(words))
    name = hit.row["field"] if hit else column_of(words, lists).field
    return "" if name in ("points", "title", "label") else name


def _pays(words: str, value: str, lists: Lists) -> bool:
    """Whether the words name a funder, and the value is an amount: `Växjö kommun: 80 000 kr`, `Pengar från EU: …`."""
    return bool(column_of(words, lists).funder) and parse_amount(value, lists) is not None


def _sign(found: re.Match[str]) -> str:
    return SIGNS[found["sign"] or found["tab"] or found["dash"] or ":"]
