"""One page image decoded, and the few files that a process keeps open between pages."""

from __future__ import annotations

import atexit
from collections import OrderedDict
from typing import TYPE_CHECKING

from omr.scan.archive import Archive, Member
from omr.scan.file_kind import HEAD_BYTES, kind_of
from omr.scan.model import PageRef, ScannedPage
from omr.scan.not_readable import Detail, NotReadableError, refusals_for_failures, unreadable
from omr.scan.opening import open_container
from omr.scan.pixels import StoredImage, squared
from omr.settings import INPUT_LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from omr.refusal import Refusal
    from omr.scan.container import Container, Content
    from omr.settings import InputLimits

_Stamp = tuple[str, int, int]
_Key = tuple[_Stamp, str]


def load_page(ref: PageRef, limits: InputLimits = INPUT_LIMITS) -> ScannedPage | Refusal:
    """Decode exactly one page, or say why not; never raises for bad content.

    The picture is as stored: not turned by EXIF orientation, not scaled (but to square pixels
    where a fax has 204 × 98 dpi). Files are kept open between calls, a few at a time;
    :func:`close_files` lets them go.
    """
    try:
        with refusals_for_failures():
            stored = _load(ref, limits)
            pixels, dpi = squared(stored, limits)
    except NotReadableError as error:
        return error.refusal
    bilevel = StoredImage(pixels, None).bilevel
    return ScannedPage(ref.name, ref.sha256, pixels, dpi, bilevel)


def close_files() -> None:
    """Close what :func:`load_page` keeps open (Windows cannot delete an open file)."""
    for held in (_containers, _archives):
        while held:
            held.popitem()[1].close()


_containers: OrderedDict[_Key, Container] = OrderedDict()
_archives: OrderedDict[_Stamp, Archive] = OrderedDict()
atexit.register(close_files)


def _load(ref: PageRef, limits: InputLimits) -> StoredImage:
    container = _container(ref, limits)
    if ref.index not in container.pages:
        raise unreadable(Detail.CHANGED)
    return container.load(ref.index)


def _container(ref: PageRef, limits: InputLimits) -> Container:
    """The open container of the page; another state of the file on disk is another container."""
    stamp = _stamp(ref.path)
    key = (stamp, ref.member)
    if key in _containers:
        _containers.move_to_end(key)
        return _containers[key]
    while len(_containers) >= limits.open_files:
        _containers.popitem(last=False)[1].close()
    content: Content = ref.path
    if ref.member:
        _forget_members()
        content = _archive(stamp, ref.path, limits).read(Member(ref.member, ref.member))
    _containers[key] = _opened(content, limits)
    return _containers[key]


def _forget_members() -> None:
    """Close the members of ZIPs: each is held in memory as a whole, so one at a time is enough."""
    for key in [key for key in _containers if key[1]]:
        _containers.pop(key).close()


def _archive(stamp: _Stamp, path: Path, limits: InputLimits) -> Archive:
    if stamp not in _archives:
        while len(_archives) >= limits.open_files:
            _archives.popitem(last=False)[1].close()
        _archives[stamp] = Archive(path, limits)
    return _archives[stamp]


def _opened(content: Content, limits: InputLimits) -> Container:
    if isinstance(content, bytes):
        head = content[:HEAD_BYTES]
    else:
        with content.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    kind = kind_of(head)
    if kind is None:
        raise unreadable(Detail.UNSUPPORTED if head else Detail.EMPTY)
    return open_container(kind, content, limits)


def _stamp(path: Path) -> _Stamp:
    state = path.stat()
    return str(path), state.st_mtime_ns, state.st_size
