"""What is promised of codes: hard to guess, easy to read, and no slip of the hand goes unnoticed."""

from __future__ import annotations

import hashlib
import hmac
import pickle

import hypothesis.strategies as st
import pytest
import tallybook as tb
from hypothesis import given
from tallybook.codes import (
    ALPHABET,
    CODE_BYTES,
    CODE_LENGTH,
    PIN_BYTES,
    CodeKey,
    new_code,
    new_pin,
    read_code,
    read_pin,
    same_hash,
    shown_code,
)

ENTROPY = st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES)
CODES = ENTROPY.map(new_code)
KEY = CodeKey(b"sixteen bytes or more")


def test_a_code_holds_80_random_bits() -> None:
    assert CODE_BYTES * 8 >= 80
    assert len(new_code(bytes(CODE_BYTES))) == CODE_LENGTH


@given(ENTROPY, ENTROPY)
def test_codes_differ_where_their_random_bytes_do(one: bytes, other: bytes) -> None:
    assert (new_code(one) == new_code(other)) is (one == other)


def test_no_letter_looks_like_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)
    assert ALPHABET.isupper()


@given(CODES)
def test_a_code_is_read_as_it_is_shown(code: str) -> None:
    assert read_code(code) == read_code(shown_code(code)) == code
    assert [len(part) for part in shown_code(code).split("-")] == [4, 4, 4, 5]


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    look_alike = code.lower().replace("0", "o").replace("1", "l").replace("v", "u")
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (look_alike, f" {code[:4]} {code[4:8]}\u2013{code[8:]}\n", wide, code.replace("1", "I")):
        assert read_code(typed) == code


@given(CODES)
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    for place, letter in enumerate(code):
        for wrong in set(ALPHABET) - {letter}:
            with pytest.raises(tb.InvalidInput, match="mistyped"):
                read_code(code[:place] + wrong + code[place + 1 :])


@given(CODES)
def test_every_swap_is_noticed_of_neighbours_and_of_others(code: str) -> None:
    for first in range(CODE_LENGTH):
        for second in range(first + 1, CODE_LENGTH):
            letters = list(code)
            letters[first], letters[second] = letters[second], letters[first]
            if letters != list(code):
                with pytest.raises(tb.InvalidInput, match="mistyped"):
                    read_code("".join(letters))


@given(CODES, st.integers(0, CODE_LENGTH - 1))
def test_a_missing_or_doubled_character_is_noticed(code: str, place: int) -> None:
    for typed in (code[:place] + code[place + 1 :], code[:place] + code[place] + code[place:]):
        with pytest.raises(tb.InvalidInput, match=str(CODE_LENGTH)):
            read_code(typed)


@given(st.text(min_size=6, max_size=100))
def test_whatever_is_typed_is_a_code_or_refused_without_telling_it_again(typed: str) -> None:
    said = ""
    try:
        assert set(read_code(typed)) <= set(ALPHABET)
    except tb.InvalidInput as error:
        said = str(error)
    assert typed not in said


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(tb.InvalidInput):
        read_code(12)  # type: ignore[arg-type]
    with pytest.raises(tb.InvalidInput):
        read_pin(1234)  # type: ignore[arg-type]


@given(st.binary(min_size=PIN_BYTES, max_size=PIN_BYTES), st.integers(4, 12))
def test_a_pin_has_as_many_digits_as_asked_for(entropy: bytes, digits: int) -> None:
    pin = new_pin(entropy, digits)
    assert len(pin) == digits
    assert read_pin(f" {pin[:2]} {pin[2:]} ") == pin


@pytest.mark.parametrize("typed", ["123", "12a4", "1234567890123", "１２３"])
def test_what_cannot_be_a_pin_is_refused(typed: str) -> None:
    with pytest.raises(tb.InvalidInput, match="pin"):
        read_pin(typed)


def test_no_pin_is_none() -> None:
    assert read_pin("") == ""


@given(
    st.lists(st.text(max_size=5), min_size=1, max_size=4),
    st.lists(st.text(max_size=5), min_size=1, max_size=4),
)
def test_hashes_are_the_same_for_the_same_parts_alone(one: list[str], other: list[str]) -> None:
    assert same_hash(KEY.hashed(*one), KEY.hashed(*other)) is (one == other)
    assert not same_hash(KEY.hashed(*one), CodeKey(b"another key of ours").hashed(*one))


def test_a_hash_is_hmac_sha256_of_its_parts_with_their_lengths() -> None:
    by_hand = hmac.new(b"sixteen bytes or more", b"4:card4:shop1:X", hashlib.sha256).hexdigest()
    assert KEY.hashed("card", "shop", "X") == by_hand


def test_a_key_shows_itself_nowhere() -> None:
    key = CodeKey("a secret that nobody may read")
    assert "secret" not in f"{key} {key!r} {[key]}"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(tb.InvalidInput, match="code_key"):
        CodeKey("short")
