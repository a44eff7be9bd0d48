"""Many processes work, one collects: small tasks go out, results come home in order.

A reading worker gets one picklable :class:`PageRef` and returns one :class:`PageOutcome`. Each
process opens the survey once, for reading only. Results come back in the order of the tasks,
whatever the number of workers, and only a few tasks are under way at a time, so memory does not
grow.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from omr.outcome import PageOutcome, PageRefused
from omr.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from omr.reading import Reader
    from omr.scan.model import PageRef

    MakeReader = Callable[[], Reader]

Task = TypeVar("Task")
Result = TypeVar("Result")

TASKS_AHEAD = 4
"""Tasks handed out per worker beyond the one it does, so that none waits for the parent."""

_work: Callable[..., object] | None = None


def read_pages(
    refs: Iterable[PageRef], make_reader: MakeReader, jobs: int
) -> Iterator[PageOutcome]:
    """The outcome of each page, in the order of ``refs``.

    ``make_reader`` must be picklable: it runs once in every worker. With one job everything runs
    in this process. Leaving the iterator early (Ctrl-C) gives up the tasks not yet begun.
    """
    return each_done(refs, _SafeReading(make_reader), jobs)


def each_done(
    tasks: Iterable[Task], make_work: Callable[[], Callable[[Task], Result]], jobs: int
) -> Iterator[Result]:
    """What the work makes of each task, in the order of ``tasks``.

    ``make_work`` must be picklable; it runs once in every worker, so that a task need not carry
    what all of them share. With one job everything runs in this process. An exception of the work
    ends the iteration.
    """
    if jobs <= 1:
        yield from map(make_work(), tasks)
        return
    # "spawn" is what Windows has; the same everywhere means the same bugs everywhere.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        max_workers=jobs, mp_context=context, initializer=_start, initargs=(make_work,)
    )
    try:
        yield from _in_order(pool, tasks, ahead=jobs * TASKS_AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def default_jobs() -> int:
    """One worker per processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _in_order(pool: ProcessPoolExecutor, tasks: Iterable[object], ahead: int) -> Iterator[Any]:
    under_way: deque[Future[object]] = deque()
    for task in tasks:
        under_way.append(pool.submit(_do, task))
        if len(under_way) > ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _start(make_work: Callable[[], Callable[..., object]]) -> None:
    import cv2  # noqa: PLC0415 - only workers need it this early

    global _work  # noqa: PLW0603 - one work per process, made before its first task
    # The processes share the processors already; threads inside each would only fight.
    cv2.setNumThreads(1)
    _work = make_work()


def _do(task: object) -> object:
    if _work is None:  # pragma: no cover - the pool always runs the initializer first
        message = "a worker was given a task before it was told its work"
        raise RuntimeError(message)
    return _work(task)


class _SafeReading:
    """Makes the reading of a page safe: a fault of ours on one page is that page's refusal."""

    def __init__(self, make_reader: MakeReader) -> None:
        self._make_reader = make_reader

    def __call__(self) -> Callable[[PageRef], PageOutcome]:
        reader = self._make_reader()

        def read(ref: PageRef) -> PageOutcome:
            try:
                return reader.read(ref)
            except Exception as error:
                detail = f"{type(error).__name__}:{error}"[:200]
                return PageRefused(ref.name, ref.sha256, Refusal(Reason.INTERNAL_ERROR, detail))

        return read
