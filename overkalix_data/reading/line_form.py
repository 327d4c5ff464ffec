"""What a line of the page is, judged by its form and the codelists: heading, label, title, furniture, contact card."""

import re
from dataclasses import dataclass
from functools import cache

from overkalix_data.base.codelist import codelist, site
from overkalix_data.base.wording import DASHES, pattern, squeeze
from overkalix_data.values.amount import stated_amount
from overkalix_data.values.funder import funder_within
from overkalix_data.values.period import find_period, parse_period

HEADING_WORDS = 8
TITLE_CHARACTERS = 120
UNION = "europeiska-unionen"
"""`EU-projekt` names no fund."""
PERIODS = frozenset({"start", "end", "period"})
AMOUNTS = frozenset({"total", "granted", "volunteer", "private"})
_SENTENCE_END = re.compile(r"[.!?:;,]$")


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


@dataclass(frozen=True)
class Heading:
    """A section heading: the unit it names, and the status its words say (empty where they say none)."""

    unit: str
    status_code: str


def furniture(text: str) -> str:
    """`logotype` or `furniture` where the whole line is the page's own words, else an empty string."""
    words = squeeze(text)
    return next((kind for form, kind in _furniture(site()) if form.fullmatch(words)), "")


def heading(text: str) -> Heading | None:
    """The section a line opens, or None. A heading is short, starts with a capital and ends in no stop."""
    words = squeeze(text).removesuffix(":")
    fund = "projekt" in words.casefold() and names_fund(words)
    if not words[:1].isupper() or len(words.split()) > HEADING_WORDS * (1 + fund) or _SENTENCE_END.search(words):
        return None
    status, rest = "", words
    for row in codelist("heading_words"):
        if found := pattern(row["words"]).search(rest):
            status, rest = row["status_code"], squeeze(rest[: found.start()] + rest[found.end() :])
            break
    if not (status and rest.casefold() in ("", "projekt")):
        forms = [row["words"] for row in codelist("heading_forms")]
        if not any(
            pattern(form).fullmatch(said)
            for said in (words, rest)
            for form in forms
            if status or fund or not form.endswith("…")
        ):
            return None
    return Heading("" if fund else _unit(rest), status)


def names_fund(words: str) -> bool:
    """Whether words name an EU fund: a heading that does gives it to the projects under it."""
    found = funder_within(words)
    return found is not None and found.funder_type_code == "eu_fund" and found.funder_id != UNION


def status_named(words: str) -> str:
    """The status that words of their own say (`codelists/status_words.csv`); empty where they say none that is known."""
    return next(
        (
            row["status_code"]
            for row in codelist("status_words", "words", "status_code")
            if pattern(row["words"]).fullmatch(squeeze(words).strip(" .:()"))
        ),
        "",
    )


def _unit(words: str) -> str:
    """`Näringslivskontorets projekt` → `Näringslivskontoret`."""
    unit = squeeze(re.sub(r"(?i)\bprojekt(?:en)?\b", "", words))
    genitive = re.fullmatch(r"(?i).+s projekt", squeeze(words)) and " och " not in unit
    return unit[:-1] if genitive else unit


def section_named(text: str, *, top: bool = False) -> Heading:
    """The section that a heading over projects opens, whatever its words: the unit is the words without the status.

    The topmost heading (`top`) names the page: it says a status at most.
    """
    words = squeeze(text)
    for row in codelist("heading_words"):
        if found := pattern(row["words"]).search(words):
            return Heading("" if top else _unit(words[: found.start()] + words[found.end() :]), row["status_code"])
    return Heading("" if top else _unit(words), "")


def label(text: str, *, fresh: bool, paragraph: str = "", follows: str = "", listed: bool = False) -> Label | None:
    """The label that a line starts with, or None. Phrases and bare labels count only where a paragraph starts.

    `paragraph` is the line and the lines that go on from it: a phrase may be wrapped. `follows` is the next line, where the value of a
    label that stands alone is. `listed`: most lines around it begin with the words of a label, so that none needs a colon.
    """
    if listed and (row := _glued(text)):
        start = len(text) - len(text.lstrip())
        end = start + len(row["words"])
        return Label(row["field"], row["words"], "label", row["stage"], start, end, end)
    for form, known in _labels(site()).items():
        if form in ("phrase", "title_prefix") and not (fresh or (listed and form == "phrase")):
            continue
        if (m := known.match((form == "phrase" and paragraph) or text)) and (row := _row(form, m["words"])):
            if (
                form in ("label", "address")
                and ":" not in m[0]
                and not _fits_bare(row, text, m, fresh, paragraph, follows, listed=listed)
            ):
                continue
            value = m.start("words") if row["keeps_words"] else m.end()
            if form == "title_prefix":
                value = m.end("words")
            return Label(row["field"], row["words"], form, row["stage"], m.start("words"), m.end(), value)
    if fresh and (m := _UNKNOWN.match(text)):
        return Label("unknown", squeeze(m["words"]), "unknown", "", m.start("words"), m.end(), m.end())
    return None


def begins_as_label(text: str) -> bool:
    """Whether a line begins with the words of a label, colon or not."""
    return text.lstrip()[:1].isupper() and (
        _labels(site())["label"].match(text) is not None or _glued(text) is not None
    )


def _glued(text: str) -> dict[str, str] | None:
    """The label that a value is glued to, as where a table has lost its columns: `ProjektägareLudvika kommun`, `Projektperiodmaj 2021`."""
    words = text.strip()
    for row in _plain_labels(site()):
        rest = words[len(row["words"]) :]
        if words.startswith(row["words"]) and (
            rest[:1].isupper()
            or rest[:1].isdigit()
            or (row["field"] in PERIODS and rest[:1].isalpha() and parse_period(rest) is not None)
        ):
            return row
    return None


@cache
def _plain_labels(_site: str) -> tuple[dict[str, str], ...]:
    """The labels without open parts, longest first."""
    rows = (row for row in codelist("labels") if row["form"] == "label" and not set("*…") & set(row["words"]))
    return tuple(sorted(rows, key=lambda row: -len(row["words"])))


def _fits_bare(
    row: dict[str, str], text: str, found: re.Match[str], fresh: bool, paragraph: str, follows: str, *, listed: bool
) -> bool:
    """Whether words without a colon are a label: what comes after them must be what the label asks for, where it asks for a day or an amount."""
    end = found.end()
    value = text[end:].strip()
    if value and found[0].endswith("\t"):
        return True
    if row["colon"] == "must":
        return False
    if _labels(site())["phrase"].match(paragraph or text):
        return False  # `Syftet med projektet är att …` is a sentence, though `Syftet` may be a label
    if text.lstrip()[:1].isupper() and (
        (listed and (value or row["field"] not in PERIODS)) or (value and found[0].endswith(("  ", "\t")))
    ):
        return True
    if not fresh and not text.lstrip()[:1].isupper():
        return False
    if row["field"] in PERIODS:
        return any(parse_period(said) for said in (value or follows, f"{row['words']}: {value or follows}"))
    if row["field"] in AMOUNTS and "…" not in row["words"]:
        return stated_amount(value or follows) is not None
    if row["field"] == "status" and value:
        return fresh and bool(status_named(value))
    return not (row["colon"] and value) and _stands_bare(text, end, fresh, paragraph)


def is_known_label(text: str) -> bool:
    """Whether a line starts with a label of the list."""
    known = label(text, fresh=True)
    return known is not None and known.form != "unknown"


def _stands_bare(text: str, end: int, fresh: bool, paragraph: str) -> bool:
    """Whether words without a colon are a label and not the start, or a wrapped end, of a sentence."""
    if value := text[end:].strip():
        return fresh and value[0].isupper()
    goes_on = paragraph[len(text) :].lstrip()
    return fresh or (text.lstrip()[0].isupper() and not goes_on[:1].islower())


def title_in_phrase(text: str) -> re.Match[str] | None:
    """`Move on Up – ett samverkansprojekt som …`: the group `title` is the name before the dash."""
    return _title_phrase().match(text)


def is_title(text: str) -> bool:
    """Whether a line has the form of a title: short, capital or digit first, no stop at its end."""
    words = squeeze(text)
    return 3 <= len(words) <= TITLE_CHARACTERS and not words[0].islower() and not _SENTENCE_END.search(words)


def prose_signs(paragraph: str) -> frozenset[str]:
    """The fields that a paragraph of prose names in phrases, and `period` where it states one."""
    fields = {row["field"] for row, form in phrases() if form.search(paragraph)}
    return frozenset(fields | ({"period"} if find_period(paragraph) else set()))


def phrases() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The codelist's phrases that name a field inside running text, longest first."""
    return _phrases(site())


@cache
def _phrases(_site: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    rows = sorted((r for r in codelist("labels") if r["form"] == "phrase"), key=lambda r: -len(r["words"]))
    return tuple((row, pattern(row["words"])) for row in rows)


def is_advice(text: str) -> bool:
    """Whether words tell someone how to apply, and nothing of a project: a question, or advice to `du` and `ni`."""
    words = squeeze(text)
    return words.endswith("?") or any(
        pattern(row["words"]).search(words) for row in codelist("advice_words", "words") if not row["kind"]
    )


def is_call(text: str) -> bool:
    """Whether a line begins as those do that tell how to apply for money: what it stands in is a call, and no project."""
    return any(
        pattern(row["words"]).match(text.strip())
        for row in codelist("advice_words", "words", "kind")
        if row["kind"] == "call"
    )


_UNKNOWN = re.compile(r"\s*(?P<words>[A-ZÅÄÖ][\w/-]+(?:[ \u00a0][\w()/-]+)?)[ \u00a0]*:(?=\s|$)\s*")


@cache
def _furniture(_site: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((pattern(row["words"]), row["kind"]) for row in codelist("furniture"))


@cache
def _labels(_site: str) -> dict[str, re.Pattern[str]]:
    """One pattern a form, kept by the site whose words they are: the words, then a colon, white space or the end of the line."""
    known = {}
    for form in ("label", "address", "phrase", "title_prefix"):
        rows = sorted((r["words"] for r in codelist("labels") if r["form"] == form), key=lambda w: -len(w))
        # A label with a name in it (`Medfinansiering från …`) lasts to its colon.
        words = "|".join(
            f"(?:{pattern(w).pattern})" + (r"(?=[ \u00a0]*:)" if "…" in w and form == "label" else "") for w in rows
        )
        after = r"[ \u00a0]*(?::[ \u00a0\t]*|$|[ \u00a0\t]+)" if form != "phrase" else r"\s*"
        if form == "title_prefix":
            after = r"(?:et)?[ \u00a0]+(?=[A-ZÅÄÖ][^:]{1,100}:\s)"
        known[form] = re.compile(rf"\s*(?P<words>{words}){after}", re.IGNORECASE if form != "title_prefix" else 0)
    return known


def _row(form: str, words: str) -> dict[str, str] | None:
    said = squeeze(words)
    rows = (r for r in codelist("labels", "field", "words", "form", "stage") if r["form"] == form)
    return next((r for r in rows if pattern(r["words"]).fullmatch(said)), None)


@cache
def _title_phrase() -> re.Pattern[str]:
    nouns = "|".join(pattern(row["words"]).pattern for row in codelist("project_nouns"))
    return re.compile(
        rf"\s*[\"”]?(?P<title>[A-ZÅÄÖ0-9][^.:;!?–—]{{1,80}}?)[\"”]?\s+[{DASHES}]\s+(?:ett|en|är)\s+(?:\w+\s+){{0,3}}?(?:{nouns})"
    )
