"""A page in headless Chromium, as a person meets it: what it asks of other hosts, what it complains of, what axe-core finds."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed (apt install chromium)"),
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@dataclass
class Seen:
    """An open page, and what it did that it should not."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self, *rules: str) -> list[str]:
        """What axe-core finds by some rules, or all, with everything on the page drawn: what is not is not checked."""
        self.page.add_style_tag(content="* { content-visibility: visible !important; }")
        # Every rule is run; of the thousands of elements that pass, axe is not asked to say which they are.
        options = {"runOnly": [*rules] or WCAG, "resultTypes": ["violations"]}
        violations = Axe().run(self.page, options=options).response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]

    def width_at(self, width: int) -> int:
        """How wide the page is in a window of that width: more than the window scrolls sideways."""
        self.page.set_viewport_size({"width": width, "height": 700})
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


Opened = Callable[..., AbstractContextManager[Seen]]


@contextmanager
def browser_windows() -> Iterator[Opened]:
    """File → its page in a window of its own, which remembers nothing of another; all of them in one browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield partial(_opened, browser)
        browser.close()


@contextmanager
def _opened(browser: Browser, path: Path, *, javascript: bool = True, policy: bool = False) -> Iterator[Seen]:
    # axe is put into the page by the test: the page's own policy would refuse it, and is asked for where it is tested.
    viewport: ViewportSize = {"width": 1200, "height": 900}
    with browser.new_context(viewport=viewport, bypass_csp=not policy, java_script_enabled=javascript) as context:
        seen = Seen(page := context.new_page())
        page.on(
            "request",
            lambda request: (
                seen.outside.append(request.url) if not request.url.startswith(("file:", "data:")) else None
            ),
        )
        page.on(
            "console",
            lambda message: seen.errors.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.goto(path.as_uri())
        yield seen
