"""What a document changes is told value by value, wherever it was written and in whatever order."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs import parse
from tallybook.programs.difference import Change, differences

from tests.programs.documents import SMALL, text, unit

Told = list[str]


def told(before: Any, after: Any) -> Told:
    return [str(change) for change in differences(json.dumps(before), json.dumps(after))]


def told_of_documents(before: str, after: str) -> Told:
    return [str(change) for change in differences(parse(before).canonical(), parse(after).canonical())]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"rules": {"a": {"times": 2}}}, {"rules": {"a": {"times": 3}}}, ["rules.a.times: 2 -> 3"]),
        ({"zone": "UTC"}, {"zone": "Asia/Tokyo"}, ['zone: "UTC" -> "Asia/Tokyo"']),
        ({"a": 1}, {"a": 1, "b": {"c": [1]}}, ['b: added {"c": [1]}']),
        ({"a": 1, "b": {"c": [1]}}, {"a": 1}, ['b: removed {"c": [1]}']),
        ({"a": 1}, {"a": "1"}, ['a: 1 -> "1"']),
        ({"a": 1}, {"a": True}, ["a: 1 -> true"]),
        ({"a": 1}, {"a": [1]}, ["a: 1 -> [1]"]),
        ({"a": "客户"}, {"a": "x\u001b"}, ['a: "客户" -> "x\\u001b"']),
        ({"b": 1, "a": 1}, {"a": 2, "b": 2}, ["a: 1 -> 2", "b: 1 -> 2"]),
    ],
    ids=["changed", "text", "added", "removed", "type", "truth", "shape", "printable", "sorted"],
)
def test_a_value_is_told_with_its_path(before: Any, after: Any, expected: Told) -> None:
    assert told(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a", "b"], ["a", "b", "c"], ['list[2]: added "c"']),
        (["a", "b", "c"], ["b", "c"], ['list[0]: removed "a"']),
        (["a", "b", "c"], ["a", "x", "c"], ['list[1]: "b" -> "x"']),
        (["a", "b"], ["b", "a"], ['list: ["a", "b"] -> ["b", "a"]']),
        ([], ["a"], ['list[0]: added "a"']),
        (list("abcdef"), list("acdf"), ['list[1]: removed "b"', 'list[4]: removed "e"']),
        ([1, 1], [1, 1, 1], ["list[2]: added 1"]),
        ([1, "1"], [True, "1"], ["list[0]: 1 -> true"]),
    ],
    ids=["added", "removed", "changed", "order", "first", "apart", "repeated", "truth"],
)
def test_names_in_a_list_are_told_one_by_one(before: list[Any], after: list[Any], expected: Told) -> None:
    assert told({"list": before}, {"list": after}) == expected


CAPS = [{"period": "day", "most": 10}, {"period": "month", "most": 90}, {"period": "life", "most": 500}]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([CAPS[0], {"period": "month", "most": 80}, CAPS[2]], ["caps[1].most: 90 -> 80"]),
        (CAPS[1:], ['caps[0]: removed {"most": 10, "period": "day"}']),
        ([*CAPS, {"most": 1}], ['caps[3]: added {"most": 1}']),
        ([CAPS[0], CAPS[2]], ['caps[1]: removed {"most": 90, "period": "month"}']),
        ([{"most": 1}, *CAPS], ['caps[0]: added {"most": 1}']),
    ],
)
def test_a_mapping_in_a_list_is_one_change_wherever_it_stands(after: list[Any], expected: Told) -> None:
    assert told({"caps": CAPS}, {"caps": after}) == expected


def test_only_what_a_document_means_counts() -> None:
    spelled_out = text(timezone="Europe/Berlin", units=unit(vesting={"kind": "at_once"}), funds=[])
    assert told_of_documents(SMALL, "# A comment.\n" + spelled_out) == []


def test_a_policy_that_is_exchanged_is_told_by_its_parts() -> None:
    days = text(units=unit(expiry={"kind": "after_days", "days": 9}))
    months = text(units=unit(expiry={"kind": "after_months", "months": 9}), funds=["partner"])
    assert told_of_documents(days, months) == [
        'funds: added ["partner"]',
        "units.points.expiry.days: removed 9",
        'units.points.expiry.kind: "after_days" -> "after_months"',
        "units.points.expiry.months: added 9",
    ]


def test_a_change_has_what_was_and_what_is_as_json() -> None:
    assert differences('{"a":1}', '{"b":[2]}') == (Change("a", "1", None), Change("b", None, "[2]"))


plain = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=3),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(st.text("abc", max_size=2), below, max_size=4)
    ),
    max_leaves=12,
)
documents = st.dictionaries(st.text("abc", min_size=1, max_size=2), plain, max_size=4)


@given(documents, documents)
def test_equal_documents_differ_in_nothing_and_others_in_something(before: Any, after: Any) -> None:
    same = json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert (told(before, after) == []) is same
    assert told(before, before) == []
    backwards = differences(json.dumps(after), json.dumps(before))
    assert {(each.before, each.after) for each in differences(json.dumps(before), json.dumps(after))} == {
        (each.after, each.before) for each in backwards
    }
