"""Which texts may be alike, without comparing each with each: those that share enough pieces of four letters."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

LETTERS = 4
SHORT = 32
"""Characters: two texts of which one is shorter have too few pieces to be judged by, and are always compared."""
RARE, ENOUGH = 200, 20
"""A piece that more texts have tells nothing, and is not counted where this many others are left to count."""
MOST = 64
"""Texts that one is compared with: those that share most. A list of texts that are all alike would else be compared
each with each, and every pair held in memory."""
MOST_COUNTED = 2**18
"""Places that are counted for one text: of pieces that very many have, the rarest are enough."""
ALIKE_SHARE = 0.15
"""Of the shorter text's pieces. Texts of likeness 70 share 0.39 at the least where words were changed, moved or
bent; only where each fourth letter of every word is another do they share less, and two different texts seldom
share so much."""
HELD_SHARE = 0.4
"""At a likeness of 90 a tenth of the letters is gone, each from four pieces: 0.6 is left where that is by chance."""


class Shingles:
    """Texts, each known by its place, with the pieces that each has."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._lengths = array("i")
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """The next place is this text's."""
        for piece in _pieces(text):
            self._places[piece].append(len(self._lengths))
        self._lengths.append(len(text))

    def alike(self, text: str) -> list[int]:
        """The places of all texts that `text` may have a likeness of 70 to, in order."""
        import numpy as np

        lengths = np.frombuffer(self._lengths, np.intc)
        shorter = np.minimum(lengths, len(text)) / max(len(text), 1)
        return self._reaching(text, np.where(np.minimum(lengths, len(text)) < SHORT, 0.0, ALIKE_SHARE * shorter))

    def holding(self, text: str) -> list[int]:
        """The places of all texts that `text`, or a part of it as long, may have a likeness of 90 to, in order."""
        return self._reaching(text, HELD_SHARE)

    def _reaching(self, text: str, share: Any) -> list[int]:
        import numpy as np

        pieces = [self._places[piece] for piece in _pieces(text) if piece in self._places]
        rare = [places for places in pieces if len(places) <= RARE]
        counted = rare if len(rare) >= ENOUGH else pieces
        if sum(map(len, counted)) > MOST_COUNTED:
            counted = sorted(counted, key=len)[: max(MOST_COUNTED // len(self._lengths), ENOUGH)]
        shared = np.bincount(np.frombuffer(b"".join(counted), np.intc), minlength=len(self._lengths))
        numbers = np.flatnonzero(shared >= share * len(counted))
        if len(numbers) > MOST:
            numbers = np.sort(numbers[np.argsort(-shared[numbers], kind="stable")[:MOST]])
        return [int(place) for place in numbers]


@lru_cache(maxsize=1)  # a text that is asked for is often the next that is added
def _pieces(text: str) -> Sequence[str]:
    """The pieces, numbered where they come again: what stands twice in one text must do so in both."""
    times: defaultdict[str, int] = defaultdict(int)
    pieces = []
    for n in range(len(text) - LETTERS + 1):
        piece = text[n : n + LETTERS]
        pieces.append(f"{piece}{times[piece]}" if times[piece] else piece)
        times[piece] += 1
    return pieces
