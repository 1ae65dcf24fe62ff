"""Identities: what members are recognised by, and what nobody learns from the book."""

import itertools
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import tallybook as tb
from sqlalchemy import text
from tallybook.programs.identities import normal_forms

from tests.slices.shop import PROGRAM, Shop

KEY = tb.CodeKey("a secret of this shop alone")
NUMBER = "+49 170 1234567"
KINDS = """
identities:
  phone: {kept: encrypted, normal: e164, most: 2}
  email: {normal: lower}
  card: {most: 3}
"""


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop that knows its members by telephone, e-mail and card."""
    shop.book.apply(PROGRAM + KINDS)
    shop.enroll("m2", "m3")
    return shop


def phone(value: str = NUMBER, kind: str = "phone", key: tb.CodeKey = KEY) -> tb.Identity:
    """An identity of the shop."""
    return tb.identify(key, "shop", kind, value)


def link(shop: Shop, member: str, identity: tb.Identity, **fields: str) -> tb.IdentitiesChanged:
    """Link an identity."""
    reply: tb.IdentitiesChanged = shop.book.do(
        shop.make(tb.LinkIdentity, member, identity=identity, **fields)
    )
    return reply


def unlink(shop: Shop, member: str, identity: tb.Identity) -> tb.IdentitiesChanged:
    """Unlink an identity."""
    reply: tb.IdentitiesChanged = shop.book.do(shop.make(tb.UnlinkIdentity, member, identity=identity))
    return reply


def resolved(shop: Shop, identity: tb.Identity) -> str | None:
    """Who is known by an identity."""
    try:
        return shop.book.ask(tb.ResolveMember(program="shop", identity=identity))
    except tb.UnknownIdentity:
        return None


def kinds(shop: Shop, member: str) -> list[str]:
    """The kinds of a member's identities."""
    return [each.kind for each in shop.book.ask(tb.ListIdentities(program="shop", member=member))]


def stored(shop: Shop) -> Iterator[str]:
    """Every value in the database, as text."""
    with shop.book._database.snapshot() as session:
        for table in ("folio", "note", "entry", "refusal", "program_revision"):
            for row in session.connection.execute(text(f"SELECT * FROM {table}")):
                for value in row:
                    yield bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_a_member_is_recognised_however_the_number_is_written(shop: Shop) -> None:
    assert link(shop, "m1", phone()) == tb.IdentitiesChanged(
        entry=2, recorded_at=shop.clock.now, kind="phone", linked=1
    )
    for written in ("+491701234567", "0049 (170) 123-4567", "＋49 170 1234567"):
        assert resolved(shop, phone(written)) == "m1"
    assert resolved(shop, phone("+49 170 1234568")) is None
    assert resolved(shop, phone(key=tb.CodeKey("another secret of ours"))) is None
    link(shop, "m1", phone("Ada@Example.org ", "email"))
    assert resolved(shop, phone("ada@example.ORG", "email")) == "m1"
    assert shop.problems() == []


def test_what_somebody_else_has_is_refused_without_telling_whose(shop: Shop) -> None:
    link(shop, "m1", phone())
    with pytest.raises(tb.IdentityTaken) as refused:
        link(shop, "m2", phone())
    assert refused.value.facts() == {"kind": "phone"}
    assert "m1" not in str(refused.value)
    assert link(shop, "m1", phone()).linked == 1
    assert unlink(shop, "m1", phone()).linked == 0
    assert link(shop, "m2", phone()).linked == 1
    assert resolved(shop, phone()) == "m2"
    with pytest.raises(tb.IdentityNotLinked):
        unlink(shop, "m1", phone())
    assert shop.problems() == []


def test_of_many_who_link_it_at_once_one_gets_it(shop: Shop) -> None:
    for number in range(5):
        identity = phone(f"+4917012345{number:02}")
        commands = [shop.make(tb.LinkIdentity, member, identity=identity) for member in ("m1", "m2", "m3")]
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(lambda each: shop.book.do([each])[0], commands))
        refused = [each for each in outcomes if isinstance(each, tb.TallybookError)]
        assert {type(each) for each in refused} <= {tb.IdentityTaken, tb.TooManyIdentities}
        assert len(refused) == 2
        unlink(shop, resolved(shop, identity) or "", identity)


def test_a_member_has_at_most_so_many_of_a_kind(shop: Shop) -> None:
    first, second, third = (phone(f"+4917012345{number:02}") for number in range(3))
    outcomes = shop.book.do(
        [shop.make(tb.LinkIdentity, "m1", identity=each) for each in (first, second, third)]
    )
    assert [getattr(each, "linked", None) for each in outcomes] == [1, 2, None]
    assert isinstance(outcomes[2], tb.TooManyIdentities)
    unlink(shop, "m1", first)
    assert link(shop, "m1", third).linked == 2


def test_a_kind_that_the_program_does_not_know_is_refused(shop: Shop) -> None:
    with pytest.raises(tb.UnknownIdentityKind):
        link(shop, "m1", phone("x", "passport"))
    with pytest.raises(tb.UnknownIdentityKind):
        resolved(shop, phone("x", "passport"))


def test_a_number_without_its_country_is_no_number(shop: Shop) -> None:
    with pytest.raises(tb.InvalidInput, match="e164"):
        link(shop, "m1", phone("0170 1234567"))
    with pytest.raises(tb.InvalidInput, match="e164"):
        resolved(shop, phone("0170 1234567"))


def test_the_book_has_the_value_nowhere(shop: Shop) -> None:
    link(shop, "m1", phone())
    link(shop, "m1", phone("ada@example.org", "email"))
    with pytest.raises(tb.IdentityTaken):
        link(shop, "m2", phone())
    unlink(shop, "m1", phone("ada@example.org", "email"))
    everything = "\n".join(stored(shop))
    for value in ("1701234567", "ada@example", "1234567"):
        assert value not in everything
        assert value.encode().hex() not in everything
    entries = [(each.kind, each.reason) for each in shop.statement("m1").entries]
    assert entries[0] == ("unlink_identity", "")


def test_neither_command_nor_identity_shows_the_value(shop: Shop) -> None:
    command = shop.make(tb.LinkIdentity, identity=phone())
    assert "1701234567" not in repr(command)
    assert phone().hashes["e164"] not in repr(command)
    assert b"1701234567" not in pickle.dumps(command)
    with pytest.raises(tb.InvalidInput) as refused:
        phone("\x00 +491701234567")
    assert "170" not in str(refused.value)


def test_a_replay_is_known_with_and_without_encryption(shop: Shop) -> None:
    command = shop.make(tb.LinkIdentity, identity=phone())
    plain = tb.Identity(kind="phone", hashes=phone().hashes)
    first = shop.book.do(command)
    again = shop.book.do(
        tb.LinkIdentity(program="shop", member="m1", request_id=command.request_id, identity=plain)
    )
    assert (again.entry, again.replayed) == (first.entry, True)
    with pytest.raises(tb.RequestIdReused):
        shop.book.do(
            tb.LinkIdentity(
                program="shop", member="m1", request_id=command.request_id, identity=phone("+491709999999")
            )
        )


def test_what_is_kept_encrypted_can_be_read_back_and_what_is_hashed_cannot(shop: Shop) -> None:
    link(shop, "m1", phone())
    link(shop, "m1", phone("ada@example.org", "email"))
    email, number = shop.book.ask(tb.ListIdentities(program="shop", member="m1"))
    assert (email.kind, email.sealed) == ("email", "")
    assert tb.reveal(KEY, "shop", "phone", number.sealed) == "+491701234567"
    for key, program, kind in (
        (tb.CodeKey("another secret of ours"), "shop", "phone"),
        (KEY, "other", "phone"),
        (KEY, "shop", "email"),
    ):
        with pytest.raises(tb.InvalidInput):
            tb.reveal(key, program, kind, number.sealed)


def test_what_is_to_be_encrypted_is_not_kept_without(shop: Shop) -> None:
    with pytest.raises(tb.InvalidInput, match="cryptography"):
        link(shop, "m1", tb.Identity(kind="phone", hashes=phone().hashes))
    assert kinds(shop, "m1") == []


def test_the_same_value_is_another_hash_for_another_kind_or_program() -> None:
    made = [
        tb.identify(KEY, program, kind, "+491701234567").hashes["as_is"]
        for program, kind in itertools.product(("shop", "other"), ("phone", "card"))
    ]
    assert len(set(made)) == 4


def test_nobody_knows_who_is_not_enrolled(shop: Shop) -> None:
    with pytest.raises(tb.UnknownMember):
        kinds(shop, "m9")
    with pytest.raises(tb.UnknownMember):
        link(shop, "m9", phone())
    assert resolved(shop, phone()) is None


@pytest.mark.parametrize("identity", ["+49170", None, tb.Identity(kind="phone", hashes={"e164": "short"})])
def test_an_identity_is_made_by_identify(shop: Shop, identity: object) -> None:
    with pytest.raises(tb.InvalidInput):
        shop.make(tb.LinkIdentity, identity=identity)


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        ("+49 170 1234567", {"e164": "+491701234567", "lower": "+49 170 1234567"}),
        ("00491701234567", {"e164": "+491701234567", "lower": "00491701234567"}),
        ("+0123456789", {"lower": "+0123456789"}),
        ("+49 170 12x4567", {"lower": "+49 170 12x4567"}),
        ("+12345678901234567", {"lower": "+12345678901234567"}),
        (" ＡＤＡ@x.org ", {"lower": "ada@x.org"}),
        ("STRASSE", {"lower": "strasse"}),
        ("straße", {"lower": "strasse"}),
    ],
)
def test_forms(value: str, forms: dict[str, str]) -> None:
    assert normal_forms(value) == {**forms, "as_is": value}


@pytest.mark.parametrize("value", ["", "a" * 257, "a\nb", "\ud800"])
def test_what_is_no_value_has_no_form(value: str) -> None:
    assert normal_forms(value) == {}


def test_a_kind_stays_and_so_does_its_form(shop: Shop) -> None:
    for changed in ("", KINDS.replace("e164", "as_is")):
        with pytest.raises(tb.ProgramInvalid, match=r"identities.* stays"):
            shop.book.apply(PROGRAM + changed)
    shop.book.apply(PROGRAM + KINDS.replace("encrypted", "hashed"))


def test_a_book_with_a_key_identifies_and_one_without_says_so(database_url: str) -> None:
    with tb.Book.open(database_url, code_key=KEY) as book:
        assert book.identify("shop", "phone", NUMBER) == phone()
    with tb.Book.open(database_url) as book, pytest.raises(tb.CodeKeyMissing):
        book.identify("shop", "phone", NUMBER)
