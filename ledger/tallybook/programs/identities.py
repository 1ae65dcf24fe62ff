"""How identities of members are kept: by what form they are known, and whether they can be read back.

Pure: no clock, no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from tallybook.programs.section import Section

IDENTITIES_MAX: Final = 32
MOST_MAX: Final = 100
VALUE_LENGTH_MAX: Final = 256

_FILLING: Final = re.compile(r"[\s\-().·‐-―−/]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Kept(StrEnum):
    """What is stored of an identity."""

    HASHED = "hashed"  # a keyed hash and nothing else: it can be recognised, and never read back
    ENCRYPTED = "encrypted"  # the value as well, encrypted: who has the key can read it back


class Normal(StrEnum):
    """What makes two ways of writing an identity the same."""

    E164 = "e164"  # a telephone number with its country, whatever stands between the digits
    LOWER = "lower"  # small and capital letters, wide and narrow ones, spaces around
    AS_IS = "as_is"  # nothing


class IdentitySection(Section):
    """Something that a member can be recognised by, such as a telephone number."""

    kept: Kept = Kept.HASHED
    """What is stored of it: hashed (it can be recognised only) or encrypted (it can be read back as well)."""
    normal: Normal = Normal.AS_IS
    """What makes two of them the same: e164 for telephone numbers, lower for e-mail, or as_is."""
    most: Annotated[int, Field(ge=1, le=MOST_MAX)] = 1
    """How many of them a member may have."""


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """How one kind of identity is kept, and how many of it a member may have."""

    kept: Kept
    normal: Normal
    most: int


def identities_of(sections: Mapping[str, IdentitySection]) -> Mapping[str, IdentityRules]:
    """The rules by kind."""
    return {
        kind: IdentityRules(section.kept, section.normal, section.most) for kind, section in sections.items()
    }


def normal_forms(value: object) -> dict[str, str]:
    """An identity in each of the forms that it has: by the program's choice, one of them is what counts."""
    if not isinstance(value, str) or not value or len(value) > VALUE_LENGTH_MAX or _CONTROL.search(value):
        return {}
    found = {normal.value: form(value) for normal, form in _FORMS.items()}
    return {normal: form for normal, form in found.items() if form}


def _e164(value: str) -> str:
    digits = _FILLING.sub("", unicodedata.normalize("NFKC", value))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    return digits if _E164.fullmatch(digits) else ""


def _lower(value: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold()).strip()


_FORMS: Final[Mapping[Normal, Callable[[str], str]]] = {
    Normal.E164: _e164,
    Normal.LOWER: _lower,
    Normal.AS_IS: lambda value: value,
}
