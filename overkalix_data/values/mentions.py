"""Smaller things a project's text says: its type, follow-ups, documents and web sites it names, a short label."""

import re
from functools import cache

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.phrases import Phrases
from overkalix_data.base.wording import sentences, squeeze

LABEL_CHARACTERS = 60
_WEB = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?[a-zåäö0-9-]+(?:\.[a-zåäö0-9-]+)*\.(?:se|nu|eu|com|org|fi|no)(?![\w@])"
)
_LIST = re.compile(r",\s+|\s+och\s+(?=[A-ZÅÄÖ])")

Mention = tuple[str, str, int, int]
"""Code, words as published, start and end in the text."""


def find_project_type(text: str) -> Mention | None:
    """The first word of the codelist that tells what kind of project it is; None where the text tells none."""
    found = [(m.start(), -len(m[0]), code, m) for form, code in _types().near(text) if (m := form.search(text))]
    if not found:
        return None
    _, _, code, m = min(found, key=lambda f: f[:3])
    return code, squeeze(m[0]), m.start(), m.end()


def find_links(text: str) -> list[Mention]:
    """Follow-ups, documents and web sites that a text names, as (relation_code, words, start, end)."""
    found: list[Mention] = []
    for start, end in sentences(text):
        for form, row in _links().near(text[start:end]):
            if m := form.search(text, start, end):
                side = (m.end(), end) if row["reads"] == "after" else (start, m.start())
                parts = [side] if row["reads"] == "after" else _listed(text, *side)
                found += [
                    (row["relation_code"], squeeze(text[a:b]).rstrip("."), a, b) for a, b in _trimmed(text, parts)
                ]
                break
    found += [("website", m[0], m.start(), m.end()) for m in _WEB.finditer(text)]
    return [f for f in found if f[1]]


def short_label(text: str) -> str:
    """The first words of a text, cut between words: what to call a project that has no title."""
    words = squeeze(text)
    if len(words) <= LABEL_CHARACTERS:
        return words.rstrip(" .,;:")
    return words[: LABEL_CHARACTERS + 1].rsplit(" ", 1)[0].rstrip(" .,;:–-") + " …"


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [(m.start(), m.end()) for m in _LIST.finditer(text, start, end)]
    return list(zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True))


def _trimmed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces = [(a, text[a:b]) for a, b in spans]
    return [(a + len(p) - len(p.lstrip()), a + len(p.rstrip(" \r\n\u00a0."))) for a, p in pieces if p.strip()]


@cache
def _types() -> Phrases[str]:
    rows = codelist("project_type_words", "words", "project_type_code")
    return Phrases((row["words"], row["project_type_code"]) for row in rows)


@cache
def _links() -> Phrases[Row]:
    return Phrases((row["words"], row) for row in codelist("link_words", "words", "relation_code", "reads"))
