"""A page token leads on in the query it was made for, and nowhere else."""

import base64
from typing import Any

import pytest
import tallybook as tb
from hypothesis import given
from hypothesis import strategies as st
from tallybook.engine.paging import page_position, page_size, page_token

SCOPE = ("statement", "shop", "m1", "points")


@given(st.lists(st.text(st.characters(codec="ascii"))), st.integers(0, 2**63 - 1))
def test_a_token_leads_to_its_position(scope: list[str], position: int) -> None:
    assert page_position(tuple(scope), page_token(tuple(scope), str(position))) == str(position)


@pytest.mark.parametrize(
    "other",
    [
        ("statement", "shop", "m2", "points"),
        ("statement", "shop", "m1", ""),
        ("statement", "shoq", "m1", "points"),
        ("holds", "shop", "m1", "points"),
        ("statement", "shop", "m1"),
        ("statement", "shop", "m1points", ""),
        (),
    ],
)
def test_a_token_of_another_query_is_refused(other: tuple[str, ...]) -> None:
    with pytest.raises(tb.PageTokenInvalid, match="other arguments"):
        page_position(other, page_token(SCOPE, "17"))


TOKEN = page_token(SCOPE, "17")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_every_edit_of_one_letter_is_refused() -> None:
    for place in range(len(TOKEN)):
        for letter in LETTERS.replace(TOKEN[place], ""):
            with pytest.raises(tb.PageTokenInvalid):
                page_position(SCOPE, TOKEN[:place] + letter + TOKEN[place + 1 :])


def test_every_truncation_and_every_addition_is_refused() -> None:
    for length in range(len(TOKEN)):
        with pytest.raises(tb.PageTokenInvalid):
            page_position(SCOPE, TOKEN[:length])
    for addition in ("A", "=", "==", "AAAA", " ", "\n", TOKEN):
        with pytest.raises(tb.PageTokenInvalid):
            page_position(SCOPE, TOKEN + addition)


@given(st.text() | st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_nonsense_is_refused_as_such(token: str) -> None:
    with pytest.raises(tb.PageTokenInvalid):
        page_position(SCOPE, token)


@pytest.mark.parametrize("token", [None, 17, b"AAAA"])
def test_what_is_no_text_is_refused(token: Any) -> None:
    with pytest.raises(tb.PageTokenInvalid, match="must be text"):
        page_position(SCOPE, token)


@pytest.mark.parametrize(("asked", "given"), [(0, 50), (1, 1), (1000, 1000), (1001, 1000), (2**70, 1000)])
def test_no_size_asks_for_the_default_and_too_large_a_size_gets_the_largest(asked: int, given: int) -> None:
    assert page_size(asked) == given


@pytest.mark.parametrize("asked", [-1, -(2**70), 1.0, "1", None, True])
def test_other_sizes_are_refused(asked: Any) -> None:
    with pytest.raises(tb.InvalidInput, match="page_size"):
        page_size(asked)
