"""The real page taken apart into pieces, and the mutations that change its looks and not what it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from random import Random

from overkalix_data.base.codelist import codelist
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import DASHES
from overkalix_data.documents.source import Source
from overkalix_data.reading.layouts import parse_page
from tests.real_page.facts import HOME, Municipality


@dataclass(frozen=True)
class Piece:
    """Characters of the page: `page` (outside the projects), `label`, `phrase` (a label in a sentence) or `value`."""

    kind: str
    text: str
    field: str = ""


@dataclass(frozen=True)
class Chunk:
    """A project, or what stands between two; `section` counts the headings above."""

    project: bool
    section: int
    pieces: tuple[Piece, ...]


Page = tuple[Chunk, ...]
Mutation = Callable[[Page, Random], Page]


@cache
def taken_apart(source: Source) -> Page:
    """The page as chunks, by the lines on which the parser finds its projects. Joined again it is the page."""
    page = parse_page(source)
    chunks, at, section = [], 0, 0
    for block in page.blocks:
        first, last = (source.lines[source.line_at(offset) - 1] for offset in (block.start, block.end - 1))
        chunks.append(Chunk(False, section, (Piece("page", source.text[at : first.start]),)))
        section = sum(s.start < block.start for s in page.sections)
        labels = sorted((*p.label, p.rule, name) for name, ps in block.parts.items() for p in ps if p.label)
        pieces = [Piece({"label": "label"}.get(rule, "phrase"), source.text[a:b], name) for a, b, rule, name in labels]
        cuts = [first.start, *(n for a, b, *_ in labels for n in (a, b)), last.end]
        values = [Piece("value", source.text[a:b]) for a, b in list(pairwise(cuts))[::2]]
        mixed = [values[0], *(p for pair in zip(pieces, values[1:], strict=True) for p in pair)]
        chunks.append(Chunk(True, section, tuple(p for p in mixed if p.text)))
        at = last.end
    return (*chunks, Chunk(False, section, (Piece("page", source.text[at:]),)))


def joined(page: Page) -> str:
    return "".join(piece.text for chunk in page for piece in chunk.pieces)


def changed(page: Page, kinds: str, change: Callable[[Piece], str]) -> Page:
    """The page with the text of every piece of these kinds changed."""
    return tuple(
        replace(chunk, pieces=tuple(replace(p, text=change(p)) if p.kind in kinds.split() else p for p in chunk.pieces))
        for chunk in page
    )


def renamed(page: Page, other: Municipality) -> Page:
    return changed(page, "page label phrase value", lambda p: HOME.onto(p.text, other))


def shuffled_projects(page: Page, random: Random) -> Page:
    """Within each section the projects change places; cards, logotypes and headings stay where they are."""
    chunks = list(page)
    for section in sorted({c.section for c in page}):
        places = [n for n, c in enumerate(page) if c.project and c.section == section]
        for place, taken in zip(places, random.sample(places, len(places)), strict=True):
            chunks[place] = page[taken]
    return tuple(chunks)


def other_labels(page: Page, random: Random) -> Page:
    """`Mål:` becomes `Delmål:`, `Målsättning:` … any label that the codelist has for the field, as it may be written."""
    # `Upplysningar` last on a page says whom to ask of the page.
    of_page = Terms(codelist("page_contacts"))
    rows = [r for r in codelist("labels") if r["form"] == "label" and not of_page.match(r["words"])]

    def other(piece: Piece) -> str:
        colon = re.search(r":?\s*$", piece.text) or [""]
        fits = [r["words"] for r in rows if r["field"] == piece.field and (":" in colon[0] or r["colon"] != "must")]
        return random.choice(fits) + colon[0]

    return changed(page, "label", other)


def label_case(page: Page, random: Random) -> Page:
    """`MÅL:`, `mål:`, `Mål (Vad):`."""
    return changed(page, "label", lambda p: random.choice((str.upper, str.lower, str.title))(p.text))


def no_break_after_labels(page: Page, random: Random) -> Page:
    """`Mål:` + U+00A0, `Mål` + U+00A0 + `:`, or no space at all."""
    forms = (":\u00a0", "\u00a0:\u00a0", "\u00a0: ", ":")
    return changed(page, "label", lambda p: re.sub(":\\s*$", random.choice(forms), p.text))


def labels_on_lines_of_their_own(page: Page, random: Random) -> Page:
    """`Mål:` alone, its value on the next line or after an empty one."""
    return changed(page, "label", lambda p: random.choice((p.text, p.text.rstrip() + "\n", p.text.rstrip() + "\n\n")))


def rewrapped(page: Page, random: Random) -> Page:
    """Paragraphs of the projects broken at other spaces, from not at all to every one."""
    often = random.choice((0.0, 0.05, 0.2, 1.0))
    gap = re.compile(r"(?<=[^\s]) ?[ \n] ?(?=[^\s])")
    return changed(page, "value", lambda p: gap.sub(lambda _: "\n" if random.random() < often else " ", p.text))


def other_dashes(page: Page, random: Random) -> Page:
    """Each dash becomes one of - – — ‑; e-mail and web addresses keep theirs."""
    dash = re.compile(rf"\S+@\S+|\S+\.se\b|[{DASHES}]")
    swap = lambda m: random.choice("-–—‑") if m[0] in DASHES else m[0]  # noqa: E731
    return changed(page, "page label phrase value", lambda p: dash.sub(swap, p.text))


def other_spaces(page: Page, random: Random) -> Page:
    """Every fifth space becomes U+00A0 or two spaces."""
    swap = lambda _: random.choice((" ",) * 8 + ("\u00a0", "  "))  # noqa: E731
    return changed(page, "page label phrase value", lambda p: re.sub("[ \u00a0]", swap, p.text))


def more_blank_lines(page: Page, random: Random) -> Page:
    """Empty lines become several, blanks among them, and a label gets one above it."""
    page = changed(page, "label", lambda p: random.choice(("", "\n")) + p.text)
    more = lambda _: random.choice(("\n\n", "\n \n\n", "\n\n\u00a0\n\n"))  # noqa: E731
    return changed(page, "page value", lambda p: re.sub("\n\n", more, p.text))


def fewer_blank_lines(page: Page, random: Random) -> Page:
    """The fields of a project close together, as the page itself sets them here and there."""

    def closer(piece: Piece, after: Piece) -> Piece:
        close = after.kind == "label" and piece.text.endswith("\n\n") and random.random() < 0.5
        return replace(piece, text=piece.text.rstrip("\n") + "\n") if close else piece

    return tuple(replace(c, pieces=tuple(closer(*two) for two in pairwise((*c.pieces, Piece("", ""))))) for c in page)


MUTATIONS: tuple[Mutation, ...] = (
    shuffled_projects, other_labels, label_case, no_break_after_labels, labels_on_lines_of_their_own, rewrapped,
    other_dashes, other_spaces, fewer_blank_lines, more_blank_lines,
)  # fmt: skip
"""In the order in which they are applied: breaks are put at plain spaces before some of those become U+00A0."""
