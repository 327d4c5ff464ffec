"""Text as lines of the terminal."""

import textwrap
from functools import partial

WIDTH = 100


def wrapped(text: str, indent: str = "    ", *, whole_words: bool = False) -> list[str]:
    """The lines of a text, the second and on two characters in; `whole_words`: no address or number is broken."""
    breaks, hanging = not whole_words, indent + "  "
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_long_words=breaks, break_on_hyphens=breaks
    )


unbroken = partial(wrapped, whole_words=True)
