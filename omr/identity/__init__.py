"""Who a page is: serials and signed page codes. Printing writes them, reading reads them."""

from omr.identity.code import PageIdentity, decode_page, encode_page, new_key, new_survey_id
from omr.identity.serial import format_serial, parse_serial

__all__ = [
    "PageIdentity",
    "decode_page",
    "encode_page",
    "format_serial",
    "new_key",
    "new_survey_id",
    "parse_serial",
]
