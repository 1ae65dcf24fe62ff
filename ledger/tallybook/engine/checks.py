"""Checks of what callers hand in, each raising `InvalidInput`. Pure: no clock, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from tallybook.errors import InvalidInput, shown
from tallybook.journal.accounts import MAX_AMOUNT
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS

ID_LENGTH_MAX: Final = 128
TEXT_LENGTH_MAX: Final = 512
METADATA_BYTES_MAX: Final = 4096
METADATA_KEYS_MAX: Final = 32
WRITTEN_BITS_MAX: Final = 128
"""Python refuses to write out numbers of some thousand digits."""
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)

_PRINTABLE: Final = re.compile(r"[!-~](?:[ -~]{0,126}[!-~])?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check_id(field: str, value: Any) -> None:
    """An identifier: 1 to 128 printable ASCII characters, with no space at either end."""
    if not isinstance(value, str):
        raise InvalidInput(field, f"must be text, not {type(value).__name__}")
    if _PRINTABLE.fullmatch(value):
        return
    if not value:
        raise InvalidInput(field, "must not be empty")
    if len(value) > ID_LENGTH_MAX:
        raise InvalidInput(field, f"must have at most {ID_LENGTH_MAX} characters, not {len(value)}")
    raise InvalidInput(field, "must be printable ASCII, with no space at either end")


def check_text(field: str, value: Any) -> None:
    """Free text: at most 512 characters, no control characters but tab and newline."""
    if not value and isinstance(value, str):
        return
    if not isinstance(value, str):
        raise InvalidInput(field, f"must be text, not {type(value).__name__}")
    if len(value) > TEXT_LENGTH_MAX:
        raise InvalidInput(field, f"must have at most {TEXT_LENGTH_MAX} characters, not {len(value)}")
    if _CONTROL.search(value):
        raise InvalidInput(field, "must not contain control characters")


def check_whole(field: str, value: Any, smallest: int = 1, largest: int = MAX_AMOUNT) -> None:
    """A whole number within bounds; never a float, never a bool."""
    if type(value) is not int:
        raise InvalidInput(field, f"must be a whole number, not {type(value).__name__}")
    if not smallest <= value <= largest:
        shown = value if value.bit_length() <= WRITTEN_BITS_MAX else f"a number of {value.bit_length()} bits"
        raise InvalidInput(field, f"must be from {smallest} to {largest}, not {shown}")


def check_flag(field: str, value: Any) -> None:
    """True or false, and nothing that merely counts as such."""
    if type(value) is not bool:
        raise InvalidInput(field, f"must be true or false, not {type(value).__name__}")


def check_moment(field: str, value: Any) -> None:
    """A moment with a time zone, from 1970 to 9000."""
    if not isinstance(value, datetime):
        raise InvalidInput(field, f"must be a datetime, not {type(value).__name__}")
    if value.tzinfo is None:
        raise InvalidInput(field, "must have a time zone")
    if not EARLIEST <= value <= LATEST:
        raise InvalidInput(field, f"must be from 1970 to 9000, not {value.isoformat()}")


def check_day(field: str, value: Any) -> None:
    """A calendar day."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidInput(field, f"must be a date, not {type(value).__name__}")


def check_metadata(field: str, value: Any) -> None:
    """Up to 32 pairs of texts, at most 4,096 bytes as JSON."""
    if not isinstance(value, Mapping):
        raise InvalidInput(field, f"must be a mapping, not {type(value).__name__}")
    if len(value) > METADATA_KEYS_MAX:
        raise InvalidInput(field, f"must have at most {METADATA_KEYS_MAX} keys, not {len(value)}")
    for key, text in value.items():
        check_id(f"{field} key", key)
        check_text(f"{field}[{key}]", text)
    size = len(msgspec.json.encode(value))
    if size > METADATA_BYTES_MAX:
        raise InvalidInput(field, f"must have at most {METADATA_BYTES_MAX} bytes as JSON, not {size}")


def check_several(field: str, values: Any, kind: type, least: int, most: int, lists: bool = True) -> None:
    """Raise `InvalidInput` for what is not a tuple, or also a list, of so many values of a kind."""
    if not isinstance(values, tuple) and not (lists and isinstance(values, list)):
        wanted = "tuple or list" if lists else "tuple"
        raise InvalidInput(field, f"must be {wanted}, not {type(values).__name__}")
    if not least <= len(values) <= most:
        raise InvalidInput(field, f"must have from {least} to {most}, not {len(values)}")
    if {kind}.issuperset(map(type, values)):
        return
    for place, value in enumerate(values):
        if not isinstance(value, kind):
            raise InvalidInput(f"{field}[{place}]", f"must be {kind.__name__}, not {type(value).__name__}")


def check_currency(field: str, value: Any) -> None:
    """Raise `InvalidInput` for what is not the code of a currency."""
    if not isinstance(value, str) or value not in MINOR_UNIT_DECIMALS:
        raise InvalidInput(field, f"must be a currency of ISO 4217, not {shown(value)}")


def check_attributes(field: str, attributes: Any, most: int) -> None:
    """Raise `InvalidInput` for what are not names with texts, whole numbers or truth values."""
    _check_size(field, attributes, most)
    for name, value in attributes.items():
        check_id(f"{field} name", name)
        if isinstance(value, str):
            check_text(f"{field}[{name}]", value)
        elif type(value) is int:
            check_whole(f"{field}[{name}]", value, -(2**63), 2**63 - 1)
        elif type(value) is not bool:
            problem = f"must be text, a whole number or a truth value, not {type(value).__name__}"
            raise InvalidInput(f"{field}[{name}]", problem)


def check_line_attributes(field: str, attributes: Any, most: int) -> None:
    """Raise `InvalidInput` for what are not names with texts."""
    _check_size(field, attributes, most)
    for name, value in attributes.items():
        check_id(f"{field} name", name)
        check_text(f"{field}[{name}]", value)


def _check_size(field: str, attributes: Any, most: int) -> None:
    if not isinstance(attributes, dict):
        raise InvalidInput(field, f"must be dict, not {type(attributes).__name__}")
    if len(attributes) > most:
        raise InvalidInput(field, f"must have at most {most} names, not {len(attributes)}")
