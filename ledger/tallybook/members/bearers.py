"""Bearers: folios of nobody's, which are no members. Pure: no clock, no database.

A card is what its bearer can spend, a sheet has codes of coupons, a caller is who has tried codes, a draw has
its results, and a red packet of the house its shares. They are folios like members' and lie among them, under
names that no member can be given.
"""

from __future__ import annotations

import re
from typing import Any, Final

from tallybook.engine.checks import check_id
from tallybook.errors import InvalidInput

CARD: Final = "card:"
CALLER: Final = "caller:"
CODES: Final = "codes:"
DRAWS: Final = "draw:"
PACKETS: Final = "packet:"
ITEMS: Final = "item:"
TEAMS: Final = "team:"
_WHOSE: Final = {
    CARD: "cards",
    CALLER: "callers",
    CODES: "sheets of codes",
    DRAWS: "draws",
    PACKETS: "red packets of the house",
    ITEMS: "items of the mall",
    TEAMS: "teams",
}
PREFIXES: Final = tuple(_WHOSE)
"""What the names of bearers begin with."""

_HASH: Final = re.compile("[0-9a-f]{64}")


def check_member_name(name: str, field: str = "member") -> None:
    """Raise `InvalidInput` for the name of a bearer."""
    if name.startswith(PREFIXES):
        prefix = name[: name.index(":") + 1]
        raise InvalidInput(field, f"must not begin with {prefix}, which is for {_WHOSE[prefix]}")


def check_member_or_card(name: str, field: str = "member") -> None:
    """Raise `InvalidInput` for the name of a bearer that has no money: of any but a card."""
    if name.startswith(PREFIXES) and not name.startswith(CARD):
        check_member_name(name, field)


def check_card_name(field: str, name: str) -> None:
    """Raise `InvalidInput` for what is not the name of a card: `card:` and its serial."""
    check_id(field, name)
    if not name.startswith(CARD) or name == CARD:
        raise InvalidInput(field, f"must be {CARD} and the serial of a card")


def check_caller_name(field: str, name: str) -> None:
    """Raise `InvalidInput` for what is not the name of a caller."""
    check_id(field, name)
    if not name.startswith(CALLER) or name == CALLER:
        raise InvalidInput(field, f"must be {CALLER} and a hash of who calls")


def check_sheet_name(field: str, name: str) -> None:
    """Raise `InvalidInput` for what is not the name of a sheet: `codes:`, its batch and its number."""
    check_id(field, name)
    if not name.startswith(CODES) or name == CODES:
        raise InvalidInput(field, f"must be {CODES} and the name of a sheet")


def check_bearer_of(field: str, name: str, prefix: str) -> None:
    """Raise `InvalidInput` for what is not a bearer's name with this prefix."""
    check_id(field, name)
    if not name.startswith(prefix) or name == prefix:
        raise InvalidInput(field, f"must be {prefix} and a name")


def check_item_name(field: str, name: str) -> None:
    """Raise `InvalidInput` for what is not the page of an item: `item:` and its code."""
    check_id(field, name)
    if not name.startswith(ITEMS) or name == ITEMS:
        raise InvalidInput(field, f"must be {ITEMS} and the code of an item")


def check_hash(field: str, value: Any) -> None:
    """What a code or a PIN was hashed to: 64 hexadecimal digits."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise InvalidInput(field, "must be a hash of 64 hexadecimal digits")
