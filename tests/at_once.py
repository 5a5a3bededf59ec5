"""Several processes that do the same thing at the same moment."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.queues import Queue

from cati.problems import CatiError

DONE = "done"
PATIENCE = 240
"""Seconds after which something hangs."""


def at_once(*actions: Callable[[Callable[[], object]], object]) -> list[str]:
    """What becomes of actions in processes of their own: `DONE`, or the message.

    Each is handed a function that waits until all have come to the same place.
    """
    fork = multiprocessing.get_context("fork")
    meeting = fork.Barrier(len(actions), timeout=PATIENCE)
    said: Queue[tuple[int, str]] = fork.Queue()

    def run(number: int) -> None:
        try:
            actions[number](meeting.wait)
            said.put((number, DONE))
        except CatiError as error:
            said.put((number, str(error)))
        except BaseException:
            said.put((number, traceback.format_exc()))

    processes = [fork.Process(target=run, args=(number,)) for number in range(len(actions))]
    for process in processes:
        process.start()
    told = dict(said.get(timeout=PATIENCE) for _ in processes)
    for process in processes:
        process.join()
    return [told[number] for number in range(len(actions))]
