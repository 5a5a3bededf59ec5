"""Killing a writer at every step it takes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator

STEPS = frozenset(
    {"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
)
"""Audit events of calls that change what lies in a folder; opening a file to write is another."""

WRITES = os.O_WRONLY | os.O_RDWR

MOST = 500
"""Steps of an action after which it is taken never to end."""


def killed_at_every_step(action: Callable[[], object]) -> Iterator[bool]:
    """Run an action in processes of their own, each killed right before another step.

    Parameters
    ----------
    action : callable
        Is run again and again, so whoever asks puts back what it needs after each.

    Yields
    ------
    bool
        After each run, whether it was killed; the last one comes to its end.
    """
    for step in range(1, MOST):
        child = os.fork()
        if child == 0:
            _run(action, step)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL), f"exit code {status} before step {step}"
        yield status != 0
        if status == 0:
            return
    raise AssertionError(f"more than {MOST} steps")


def _run(action: Callable[[], object], last: int) -> None:
    left = last

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS or (event == "open" and _writes(arguments)):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    code = 1
    try:
        action()
        code = 0
    finally:
        os._exit(code)


def _writes(arguments: tuple[object, ...]) -> bool:
    """Whether a file is opened to be written, by the flags of the event ``open``."""
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & WRITES)
