"""The label that a line starts with: as listed, in a sentence, glued to its value, or one that no list knows."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import REMEMBERED, expression, squeeze
from overkalix_data.documents.column_meaning import column_of
from overkalix_data.documents.placed_text import TOLD
from overkalix_data.documents.source import Line
from overkalix_data.values.amount import stated_amount
from overkalix_data.values.period import parse_period
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.status import status_named

GLUED = 3
"""Letters by which a label that a value is glued to is looked up."""


PERIODS = frozenset({"start", "end", "period"})


AMOUNTS = frozenset({"total", "granted", "volunteer", "private"})


@dataclass(frozen=True)
class Label:
    """A label at the start of a line. Offsets count from the start of the line's text.

    `form` is the codelist's: `label`, `phrase` (opens a sentence), `card`, `address`, `title_prefix`, or `unknown`.
    """

    field: str
    words: str
    form: str
    stage: str
    start: int
    end: int
    value: int
    is_own: bool = False
    """Whether no list knows it, and what stands behind it tells what it is."""

    @property
    def rule(self) -> str:
        """By which rule its value is read."""
        return "phrase" if self.form == "phrase" else "own_label" if self.is_own else "label"


def label(
    text: str, lists: Lists, *, fresh: bool, paragraph: str = "", follows: str = "", listed: bool = False
) -> Label | None:
    """The label that a line starts with, or None. Phrases and bare labels count only where a paragraph starts.

    `paragraph` is the line and those that go on from it: a phrase may be wrapped. `follows` is the next line, where the
    value of a label that stands alone is. `listed`: most lines around it begin so, and none needs a colon.
    """
    if listed and (row := _glued(text, lists)):
        start = len(text) - len(text.lstrip())
        end = start + len(row["words"])
        return Label(row["field"], row["words"], "label", row["stage"], start, end, end)
    for form in ("label", "address", "phrase", "title_prefix"):
        if form in ("phrase", "title_prefix") and not (fresh or (listed and form == "phrase")):
            continue
        m = _opens(form, (form == "phrase" and paragraph) or text, lists)
        row = _row(form, m["words"], lists) if m else None
        if m and row and not (form == "phrase" and row["weak"]):
            if (
                form in ("label", "address")
                and ":" not in m[0]
                and not _fits_bare(row, text, m, fresh, paragraph, follows, lists, listed=listed)
            ):
                continue
            value = m.start("words") if row["keeps_words"] else m.end()
            if form == "title_prefix":
                value = m.end("words")
            return Label(row["field"], row["words"], form, row["stage"], m.start("numbered"), m.end(), value)
    if (m := _HEADED.match(text)) and (row := _as_column(m["words"], lists)):
        return Label(row["field"], row["words"], "label", row["stage"], m.start("words"), m.end(), m.end())
    if fresh and (m := _UNKNOWN.match(text)):
        return Label("unknown", squeeze(m["words"]), "unknown", "", m.start("words"), m.end(), m.end())
    return None


def label_of(line: Line, lists: Lists) -> Label | None:
    """The label that a line begins with where a paragraph starts; a line marked as a term's value has none."""
    return None if line.part == TOLD else label(line.text, lists, fresh=True)


@lru_cache(maxsize=REMEMBERED)
def column_label(words: str, lists: Lists) -> Label | None:
    """The label that a register's column has given a line, with its colon and a space; None where no list knows it."""
    row, end = _row("label", words, lists), len(f"{words}: ")
    value = 0 if row and row["keeps_words"] else end
    return Label(row["field"], row["words"], "label", row["stage"], 0, end, value) if row else None


@lru_cache(maxsize=REMEMBERED)
def _as_column(words: str, lists: Lists) -> Row | None:
    """The label that words before a colon mean as the heading of a register's column: `Kommunens projektledare`."""
    column = column_of(words, lists)
    return None if column.weak or column.funder else _row("label", column.label, lists)


@lru_cache(maxsize=REMEMBERED)
def begins_as_label(text: str, lists: Lists) -> bool:
    """Whether a line begins with the words of a label, colon or not."""
    return text.lstrip()[:1].isupper() and (_opens("label", text, lists) is not None or _glued(text, lists) is not None)


@lru_cache(maxsize=REMEMBERED)
def _glued(text: str, lists: Lists) -> Row | None:
    """The label that a value is glued to, as in a table without its columns: `ProjektägareLudvika kommun`."""
    words = text.strip()
    for row in _plain_labels(lists).get(words[:GLUED], ()):
        rest = words[len(row["words"]) :]
        if not words.startswith(row["words"]):
            continue
        if rest[:1].isupper() or rest[:1].isdigit():
            return row
        if rest[:1].islower() and (points := find_contact_points(rest)) and not points[0].start:
            return row
        if row["field"] in PERIODS and rest[:1].isalpha() and parse_period(rest) is not None:
            return row
    return None


@cache
def _plain_labels(lists: Lists) -> dict[str, list[Row]]:
    """The labels without open parts by their first letters, longest first."""
    rows = (row for row in lists.labels.by("form")["label"].rows if not set("*…") & set(row["words"]))
    begun: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: -len(row["words"])):
        begun.setdefault(row["words"][:GLUED], []).append(row)
    return begun


def _fits_bare(
    row: Row, text: str, found: re.Match[str], fresh: bool, paragraph: str, follows: str, lists: Lists, *, listed: bool
) -> bool:
    """Whether words without a colon are a label: where it asks for a day or an amount, that must come after them."""
    end = found.end()
    value = text[end:].strip()
    if "?" in found[0]:
        return not value or row["field"] != "contact"  # `För vem?`; behind `Frågor?` stands whom to ask of the page
    if value and found[0].endswith("\t"):
        return True
    if "…" in row["words"]:
        return not value and row["colon"] != "must" and stated_amount(follows, lists) is not None
    says_amount = row["field"] not in AMOUNTS or not value or any(c.isdigit() for c in value)
    if row["colon"] == "must" or not says_amount:  # `Belopp i tusental kronor.`
        return False
    if (value or len(paragraph) > len(text)) and _opens("phrase", paragraph or text, lists):
        return False  # `Syftet med projektet är att …` is a sentence, though `Syftet` may be a label
    is_upper = text.lstrip()[:1].isupper()
    in_list = listed and (value or row["field"] not in PERIODS)
    # `Start  Leva och bo  Utveckling` is the menu.
    in_columns = value and found[0].endswith(("  ", "\t")) and "  " not in value
    if is_upper and (in_list or in_columns):
        return True
    if not fresh and not is_upper:
        return False
    if row["field"] in PERIODS:
        return any(parse_period(said) for said in (value or follows, f"{row['words']}: {value or follows}"))
    if row["field"] in AMOUNTS:
        return stated_amount(value or follows, lists) is not None
    if row["field"] == "status" and value:
        return fresh and bool(status_named(value, lists))
    return not (row["colon"] and value) and _stands_bare(text, end, fresh, paragraph)


def is_known_label(text: str, lists: Lists) -> bool:
    """Whether a line starts with a label of the list."""
    known = label(text, lists, fresh=True)
    return known is not None and known.form != "unknown"


def _stands_bare(text: str, end: int, fresh: bool, paragraph: str) -> bool:
    """Whether words without a colon are a label and not the start, or a wrapped end, of a sentence."""
    if value := text[end:].strip():
        return fresh and value[0].isupper()
    goes_on = paragraph[len(text) :].lstrip()
    return fresh or (text.lstrip()[0].isupper() and not goes_on[:1].islower())


_UNKNOWN = re.compile(r"\s*(?P<words>[A-ZÅÄÖ][\w/-]+(?:[ \u00a0][\w()/-]+)?)[ \u00a0]*:(?=\s|$)\s*")


_HEADED = re.compile(r"\s*(?P<words>[A-ZÅÄÖ][^:.;!?\n]{1,50}?)[ \u00a0]*[?]?[ \u00a0]*:(?=\s|$)\s*")
"""Words before a colon that may mean what a heading of a register does."""


_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})*\.?[ \u00a0]+)?"
"""A decision's number in minutes may stand before its label: `6.1 Projekt: …`."""
_BEFORE = re.compile(rf"\s*{_NUMBER}")


def _opens(form: str, text: str, lists: Lists) -> re.Match[str] | None:
    """The longest label of a form that a line starts with: its words, then a colon, space or the line's end."""
    words_at = len(_BEFORE.match(text)[0])  # type: ignore[index]  # it matches every text
    opening = _opening(form, lists.labels.by("form")[form].first_word(text, words_at), lists)
    return opening.match(text) if opening else None


@cache
def _opening(form: str, word: str, lists: Lists) -> re.Pattern[str] | None:
    """One pattern for the labels of a form that may begin with that word; None where none may."""
    # A label with a name in it (`Medfinansiering från …`) lasts to its colon, or is all that its line says.
    whole, to_colon = (r"(?=[^\d\t]*$|[^:]*:)", r"(?=[ \u00a0]*(?::|$))") if form == "label" else ("", "")
    rows = lists.labels.by("form")[form].longest_first.beginning(word)
    words = "|".join(
        f"{whole}{expression(row['words'])}{to_colon}" if "…" in row["words"] else expression(row["words"])
        for row in rows
    )
    after = r"[?]?[ \u00a0]*(?::[ \u00a0\t]*|$|[ \u00a0\t]+)" if form != "phrase" else r"\s*"
    if form == "title_prefix":
        after = r"(?:et)?[ \u00a0]+(?=[A-ZÅÄÖ][^:]{1,100}:\s)"
    flags = re.IGNORECASE if form != "title_prefix" else 0
    return re.compile(rf"\s*(?P<numbered>{_NUMBER}(?P<words>{words})){after}", flags) if words else None


@lru_cache(maxsize=REMEMBERED)
def _row(form: str, words: str, lists: Lists) -> Row | None:
    """The row that the words as they stand mean: where two can match, not always the one they were found by."""
    hit = lists.labels.by("form")[form].fullmatch(squeeze(words))
    return hit.row if hit else None
