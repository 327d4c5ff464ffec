"""What is going on, told on the terminal when a command takes longer than two seconds."""

import sys
import threading
import time

PATIENCE = 2.0
"""Seconds of silence a person accepts before wondering (the client's limit)."""


class Progress:
    """Tells each stage on standard error once `PATIENCE` has passed; silent where no person watches."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.started = time.monotonic()
        self.stage = ""
        self.timer: threading.Timer | None = None

    def __call__(self, stage: str) -> None:
        """Enters a stage: told at once if the command has been slow already, else when it becomes slow."""
        self.close()
        self.stage = stage
        left = PATIENCE - (time.monotonic() - self.started)
        if left <= 0:
            self._tell()
        else:
            self.timer = threading.Timer(left, self._tell)
            self.timer.daemon = True
            self.timer.start()

    def close(self) -> None:
        """Ends the stage; nothing more is told of it."""
        if self.timer:
            self.timer.cancel()
            self.timer = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell(self) -> None:
        if self.shown:
            print(self.stage, file=sys.stderr, flush=True)
