"""A person who waits more than two seconds is told what is going on; a script is told nothing."""

import threading
from collections.abc import Callable

import pytest

from overkalix_data.base import progress


class Clock:
    """A clock that the test moves, and timers that go off when it says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, watched: bool) -> None:
        self.now, self.timers = 0.0, []
        monkeypatch.setattr(progress.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(threading, "Timer", self.timer)
        monkeypatch.setattr("sys.stderr.isatty", lambda: watched, raising=False)

    def timer(self, seconds: float, tell: Callable[[], None]) -> "Clock.Timer":
        self.timers.append(self.Timer(self.now + seconds, tell))
        return self.timers[-1]

    def move(self, to: float) -> None:
        self.now = to
        for timer in self.timers:
            if timer.started and timer.at <= to:
                timer.started = False
                timer.tell()

    class Timer:
        daemon = False

        def __init__(self, at: float, tell: Callable[[], None]) -> None:
            self.at, self.tell, self.started = at, tell, False

        def start(self) -> None:
            self.started = True

        def cancel(self) -> None:
            self.started = False


def test_a_slow_stage_is_told_and_every_stage_after_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock(monkeypatch, watched=True)
    with progress.Progress() as tell:
        tell("Läser …")
        clock.move(1.9)
        assert capsys.readouterr().err == ""
        clock.move(2.0)
        assert capsys.readouterr().err == "Läser …\n"
        clock.move(3.0)
        tell("Skriver …")
        assert capsys.readouterr().err == "Skriver …\n"


def test_a_quick_command_is_silent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock(monkeypatch, watched=True)
    with progress.Progress() as tell:
        tell("Läser …")
        clock.move(1.0)
        tell("Skriver …")
    clock.move(60.0)
    assert capsys.readouterr().err == ""


def test_a_script_is_told_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock(monkeypatch, watched=False)
    with progress.Progress() as tell:
        tell("Läser …")
        clock.move(60.0)
    assert capsys.readouterr().err == ""
