"""Pieces of a text by where they begin and end: one by one, joined, or as blanks."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""The first character, and the one after the last."""


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that meet or overlap as one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def overlapping(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """The first of the spans, which are in order and apart from each other, that holds a character of this piece."""
    n = bisect_right(spans, start, key=lambda span: span[1])
    return spans[n] if n < len(spans) and spans[n][0] < end else None


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with these characters as spaces, so that what stands behind keeps its place."""
    pieces, at = list[str](), 0
    for start, end in joined(spans):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])
