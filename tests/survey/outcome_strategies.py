"""Hypothesis strategies for page outcomes: everything that the types allow."""

from __future__ import annotations

from hypothesis import strategies as st

from omr.gauge.model import GaugeReading
from omr.identity import PageIdentity
from omr.marks.model import Mark, State
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.registration.model import PageGeometry
from omr.responses.model import Doubt, Response
from omr.scan.model import PageName

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
hexadecimal = st.text("0123456789abcdef", min_size=12, max_size=12)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
numbers = st.floats(allow_nan=False, allow_infinity=False)
names = st.builds(PageName, file=texts, page=st.integers(1, 9999))
identities = st.builds(
    PageIdentity,
    survey=hexadecimal,
    form=hexadecimal,
    serial=st.integers(1, 2**32 - 1),
    page=st.integers(1, 255),
) | st.builds(
    PageIdentity,
    survey=hexadecimal,
    form=hexadecimal,
    serial=st.none(),
    page=st.integers(1, 255),
    run=st.integers(1, 99),
)
marks = st.builds(Mark, texts, texts, st.sampled_from(State), numbers, numbers)
responses = st.builds(
    Response,
    texts,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.sampled_from(Doubt), max_size=2).map(tuple),
)
pages_read = st.builds(
    PageRead,
    name=names,
    sha256=digests,
    form_version=digests,
    page=st.integers(1, 255),
    identity=st.none() | identities,
    geometry=st.builds(PageGeometry, numbers, numbers, numbers, numbers, numbers),
    marks=st.lists(marks, max_size=4).map(tuple),
    responses=st.lists(responses, max_size=4).map(tuple),
    ink=st.binary(max_size=20),
    crops=st.lists(st.tuples(texts, st.binary(max_size=20)), max_size=3).map(tuple),
    gauge=st.none() | st.builds(GaugeReading, *[numbers] * 7),
)
dpis = st.none() | st.floats(1, 9600)
pages_blank = st.builds(PageBlank, names, digests, dpis)
refusals = st.builds(Refusal, st.sampled_from(Reason), texts)
pages_refused = st.builds(PageRefused, names, digests, refusals, dpis)
outcomes = pages_read | pages_blank | pages_refused
