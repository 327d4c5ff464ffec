"""Smaller things a project's text says: its type, follow-ups, documents and web sites it names, a short label."""

import re

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import sentences, squeeze

LABEL_CHARACTERS = 60
_WEB = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)*\.(?:se|nu|eu|com|org|fi|no)(?![\w@])"
)
_LIST = re.compile(r",\s+|(?<!\s)\s++och\s+(?=[A-ZÅÄÖ])")

CodeSpan = tuple[str, str, int, int]
"""Code, words as published, start and end in the text."""


def find_project_type(text: str, lists: Lists) -> CodeSpan | None:
    """The first word of the codelist that tells what kind of project it is; None where the text tells none."""
    types = [
        (m.start(), -len(m[0]), row["project_type_code"], squeeze(m[0]), m.end())
        for row, m in lists.project_type_words.each(text)
    ]
    if not types:
        return None
    start, _, code, words, end = min(types)
    return code, words, start, end


def find_links(text: str, lists: Lists) -> list[CodeSpan]:
    """Follow-ups, documents and web sites that a text names, as (relation_code, words, start, end)."""
    links: list[CodeSpan] = []
    for start, end in sentences(text):
        if hit := lists.link_words.search(text, start, end):
            row, m = hit
            parts = [(m.end(), end)] if row["reads"] == "after" else _listed(text, start, m.start())
            links += [(row["relation_code"], squeeze(text[a:b]).rstrip("."), a, b) for a, b in _trimmed(text, parts)]
    links += [("website", m[0], m.start(), m.end()) for m in _WEB.finditer(text)]
    return [link for link in links if link[1]]


def short_label(text: str) -> str:
    """The first words of a text, cut between words: what to call a project that has no title."""
    line = squeeze(text)
    if len(line) <= LABEL_CHARACTERS:
        return line.rstrip(" .,;:")
    return line[: LABEL_CHARACTERS + 1].rsplit(" ", 1)[0].rstrip(" .,;:–-") + " …"


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [(m.start(), m.end()) for m in _LIST.finditer(text, start, end)]
    return list(zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True))


def _trimmed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    parts = [(a, text[a:b]) for a, b in spans]
    return [(a + len(p) - len(p.lstrip()), a + len(p.rstrip(" \r\n\u00a0."))) for a, p in parts if p.strip()]
