"""Many processes read, one writes: page references go out, outcomes come home in order.

A worker gets one picklable :class:`PageRef` and returns one :class:`PageOutcome`. Each process
opens the survey once, for reading only. Results come back in the order of the tasks, whatever the
number of workers, and only a few tasks are under way at a time, so memory does not grow.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

from omr.outcome import PageOutcome, PageRefused
from omr.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from omr.reading import Reader
    from omr.scan.model import PageRef

    MakeReader = Callable[[], Reader]

TASKS_AHEAD = 4
"""Tasks handed out per worker beyond the one it reads, so that none waits for the parent."""

_reader: Reader | None = None


def read_pages(
    refs: Iterable[PageRef], make_reader: MakeReader, jobs: int
) -> Iterator[PageOutcome]:
    """The outcome of each page, in the order of ``refs``.

    ``make_reader`` must be picklable: it runs once in every worker. With one job everything runs
    in this process. Leaving the iterator early (Ctrl-C) gives up the tasks not yet begun.
    """
    if jobs <= 1:
        reader = make_reader()
        for ref in refs:
            yield _read_safely(reader, ref)
        return
    # "spawn" is what Windows has; the same everywhere means the same bugs everywhere.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        max_workers=jobs, mp_context=context, initializer=_start, initargs=(make_reader,)
    )
    try:
        yield from _in_order(pool, refs, ahead=jobs * TASKS_AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def default_jobs() -> int:
    """One worker per processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _in_order(
    pool: ProcessPoolExecutor, refs: Iterable[PageRef], ahead: int
) -> Iterator[PageOutcome]:
    under_way: deque[Future[PageOutcome]] = deque()
    for ref in refs:
        under_way.append(pool.submit(_read_one, ref))
        if len(under_way) > ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _start(make_reader: MakeReader) -> None:
    import cv2  # noqa: PLC0415 - only workers need it this early

    global _reader  # noqa: PLW0603 - one reader per process, made before its first task
    # The processes share the processors already; threads inside each would only fight.
    cv2.setNumThreads(1)
    _reader = make_reader()


def _read_one(ref: PageRef) -> PageOutcome:
    if _reader is None:  # pragma: no cover - the pool always runs the initializer first
        message = "a worker was given a page before it had a reader"
        raise RuntimeError(message)
    return _read_safely(_reader, ref)


def _read_safely(reader: Reader, ref: PageRef) -> PageOutcome:
    """Read a page; a fault of ours on one page is that page's refusal, not the batch's end."""
    try:
        return reader.read(ref)
    except Exception as error:
        detail = f"{type(error).__name__}:{error}"[:200]
        return PageRefused(ref.name, ref.sha256, Refusal(Reason.INTERNAL_ERROR, detail))
