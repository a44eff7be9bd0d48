"""The page code: which survey, form, sheet and page this is, with a keyed MAC.

Bytes of a code, big-endian::

    2   magic: "P1" on a numbered sheet, "U1" on an unnumbered one
    6   survey id
    6   form version: the first bytes of the layout's version digest
    4   serial number; on an unnumbered sheet the number of the print run that made its master
    1   page number
    12  HMAC-SHA256 over all that stands before it, cut to 12 bytes

31 bytes fit a QR code of version 3, level M (42 bytes). A code with another survey's id is told
from a forgery: its MAC cannot be checked here, but it claims nothing here either.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from omr.refusal import Reason, Refusal

NUMBERED = b"P1"
UNNUMBERED = b"U1"
KEY_BYTES = 32
SURVEY_ID_BYTES = 6
FORM_BYTES = 6
_MAC_BYTES = 12
_FIELDS = struct.Struct(f">2s{SURVEY_ID_BYTES}s{FORM_BYTES}sIB")
CODE_BYTES = _FIELDS.size + _MAC_BYTES


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """Which page this is. ``survey`` and ``form`` are hexadecimal (12 digits each).

    All photocopies of one master have one identity: ``serial`` is None, and ``run`` the number of
    the print run that made the master. On a numbered sheet ``run`` is None.
    """

    survey: str
    form: str
    serial: int | None
    page: int
    run: int | None = None


def new_key() -> bytes:
    """A fresh secret key for a survey."""
    return secrets.token_bytes(KEY_BYTES)


def new_survey_id() -> str:
    """A fresh random survey id, 12 hexadecimal digits."""
    return secrets.token_hex(SURVEY_ID_BYTES)


def encode_page(identity: PageIdentity, key: bytes) -> bytes:
    """The bytes of the page code for this page, signed with the survey's key.

    ValueError unless it has either a serial or a run.
    """
    number = identity.run if identity.serial is None else identity.serial
    if number is None or (identity.serial is not None and identity.run is not None):
        message = f"a page has either a serial or a run: {identity}"
        raise ValueError(message)
    body = _FIELDS.pack(
        UNNUMBERED if identity.serial is None else NUMBERED,
        bytes.fromhex(identity.survey),
        bytes.fromhex(identity.form[: 2 * FORM_BYTES]),
        number,
        identity.page,
    )
    return body + _mac(body, key)


def decode_page(code: bytes, survey: str, key: bytes) -> PageIdentity | Refusal:
    """The identity in a page code, or why it is not one of ours.

    A code of the right shape with this survey's id must carry the right MAC; one with another
    survey's id is refused as such; anything else is no page code at all.
    """
    if len(code) != CODE_BYTES or not code.startswith((NUMBERED, UNNUMBERED)):
        return Refusal(Reason.NO_PAGE_CODE, "foreign-code")
    body, mac = code[: _FIELDS.size], code[_FIELDS.size :]
    magic, survey_bytes, form_bytes, number, page = _FIELDS.unpack(body)
    if survey_bytes.hex() != survey:
        return Refusal(Reason.OTHER_SURVEY, survey_bytes.hex())
    if not hmac.compare_digest(mac, _mac(body, key)):
        return Refusal(Reason.BAD_MAC)
    if magic == UNNUMBERED:
        return PageIdentity(survey, form_bytes.hex(), None, page, run=number)
    return PageIdentity(survey, form_bytes.hex(), number, page)


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_MAC_BYTES]
