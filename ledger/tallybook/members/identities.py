"""What a member is recognised by, in a form that tells nobody else who it is. Pure: no clock, no database.

An identity, such as a telephone number, is a handle under a keyed hash, HMAC-SHA256: whoever reads the
database, or has a list of all telephone numbers, learns nothing without the key. Where the program has it
kept encrypted, the value lies beside the hash under AES-SIV (RFC 5297), bound to its program and kind. The
same value gives the same text, which tells no more than the hash does, and takes no luck.

A command carries hashes and never the value, so no entry, fingerprint, refusal or log can have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec

from tallybook.codes import CodeKey
from tallybook.engine.checks import check_id
from tallybook.errors import InvalidInput
from tallybook.journal.folio import Folio
from tallybook.journal.notes import HANDLE, PRIVATE, NoteKey, decoded, is_personal
from tallybook.programs.identities import IdentityRules, normal_forms
from tallybook.programs.program import Program
from tallybook.refusals.members import UnknownIdentityKind

IDENTITY: Final = f"{HANDLE}{PRIVATE}id/"
"""What kinds of notes begin with that are identities; the rest is the kind of identity."""
_PURPOSE: Final = "identity"
_HASH_LENGTH: Final = 64


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An identity without its value: hashes by the form that they are of, and what can be read back.

    `identify` makes one. It goes to the book in the place of the value.
    """

    kind: str
    hashes: Mapping[str, str]
    sealed: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"Identity(kind={self.kind!r}, ...)"


class IdentityNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is filed under the hash: since which local day, the value where it can be read back, and which
    member brought it in a merge, if one did.
    """

    linked_on: date
    sealed: str = ""
    brought_by: str = ""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(IdentityNote).decode


def identify(key: CodeKey, program: str, kind: str, value: str) -> Identity:
    """An identity of a program, from its value. Raises `InvalidInput` for what cannot be one.

    What can be read back of it needs the package `cryptography`: the extra `identities` brings it.
    """
    check_id("kind", kind)
    forms = normal_forms(value)
    if not forms:
        raise InvalidInput("value", "must be text of 1 to 256 characters, none of them a control character")
    hashes = {normal: key.hashed(_PURPOSE, program, kind, normal, form) for normal, form in forms.items()}
    sealing = _sealing(key)
    if sealing is None:
        return Identity(kind=kind, hashes=hashes)
    about = [program.encode(), kind.encode()]
    sealed = {normal: sealing.encrypt(form.encode(), about).hex() for normal, form in forms.items()}
    return Identity(kind=kind, hashes=hashes, sealed=sealed)


def reveal(key: CodeKey, program: str, kind: str, sealed: str) -> str:
    """The value of an identity that is kept encrypted.

    Raises `InvalidInput` for what was not encrypted with this key, for this program and kind.
    """
    sealing = _sealing(key)
    if sealing is None:
        raise InvalidInput("sealed", "cannot be read here: it takes the package cryptography")
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - optional

    try:
        return str(sealing.decrypt(bytes.fromhex(sealed), [program.encode(), kind.encode()]).decode())
    except (InvalidTag, ValueError):
        raise InvalidInput("sealed", "was not encrypted with this key") from None


def _sealing(key: CodeKey) -> Any:
    """What encrypts and reads back, or None where the package for it is not there."""
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 - optional
    except ImportError:
        return None
    return AESSIV(bytes.fromhex(key.hashed("encryption of identities")))


# --- on a folio ------------------------------------------------------------------------------------------


def check_identity(identity: object) -> None:
    """Raise `InvalidInput` for what `identify` has not made."""
    if not isinstance(identity, Identity):
        raise InvalidInput("identity", f"must be an identity, not {type(identity).__name__}")
    check_id("identity.kind", identity.kind)
    if not identity.hashes or any(len(each) != _HASH_LENGTH for each in identity.hashes.values()):
        raise InvalidInput("identity.hashes", "must be as `identify` makes them")


def rules_of(program: Program, identity: Identity) -> IdentityRules:
    """How a program keeps an identity of this kind; raises `UnknownIdentityKind`."""
    rules = program.identities.get(identity.kind)
    if rules is None:
        raise UnknownIdentityKind(program=program.code, kind=identity.kind)
    return rules


def handle_of(program: Program, identity: Identity) -> NoteKey:
    """The handle that an identity is in a program.

    Raises `UnknownIdentityKind`, or `InvalidInput` for a value that is not of the form which the program asks
    for: a telephone number without its country.
    """
    rules = rules_of(program, identity)
    hashed = identity.hashes.get(rules.normal)
    if hashed is None:
        raise InvalidInput("identity", f"must be of the form {rules.normal}")
    return IDENTITY + identity.kind, hashed


def private_notes(folio: Folio) -> list[NoteKey]:
    """What is noted of who a member is: all there is, where it was asked for."""
    return sorted(key for key, note in folio.notes.items() if note is not None and is_personal(key[0]))


def identities_of(folio: Folio, kind: str) -> list[NoteKey]:
    """The identities of a kind that a member has."""
    return [key for key in private_notes(folio) if key[0] == IDENTITY + kind]


def brought_by(body: str, member: str) -> str:
    """The note of an identity that came with a merge."""
    return _encode(msgspec.structs.replace(_decode(body), brought_by=member)).decode()


def identities_from(folio: Folio, member: str) -> list[NoteKey]:
    """The identities that came with a member that was merged, where all were asked for."""
    found = []
    for kind, key in private_notes(folio):
        note = decoded(IdentityNote, folio.note(kind, key)) if kind.startswith(IDENTITY) else None
        if note is not None and note.brought_by == member:
            found.append((kind, key))
    return found
