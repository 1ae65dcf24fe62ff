"""Documents that mean the same are the same, whatever they look like; and the schema that editors use."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs import DEMO_PROGRAM, Document, ProgramInvalid, parse, schema
from tallybook.programs.schema import choices_at, names_at

from tests.programs.documents import SMALL, base, content, text, unit


def same(one: str, other: str) -> bool:
    return parse(one).etag() == parse(other).etag()


def test_yaml_and_json_of_one_content_are_the_same_document() -> None:
    assert same(DEMO_PROGRAM, json.dumps(yaml.safe_load(DEMO_PROGRAM), default=str))
    assert same(DEMO_PROGRAM, json.dumps(yaml.safe_load(DEMO_PROGRAM), default=str, indent="\t"))
    assert parse(DEMO_PROGRAM) == parse(DEMO_PROGRAM)


@pytest.mark.parametrize(
    "other",
    [
        "# Points for all.\n" + SMALL,
        SMALL.replace("\n", "\r\n"),
        "\ufeff" + SMALL,
        "--- \n" + SMALL,
        'units: {"points": {kind: redeemable}}\ntimezone: "Europe/Berlin"\nprogram: shop\n',
        SMALL + "    scale: 0\n    expiry: {kind: never}\nfunds: []\nholds: {default_seconds: 900}\n",
    ],
)
def test_looks_order_and_spelt_out_defaults_do_not_matter(other: str) -> None:
    assert same(SMALL, other)


@pytest.mark.parametrize(
    "other",
    [
        content(program="shop2"),
        content(timezone="Europe/Berlin"),
        content(units=unit(scale=1)),
        content(units=unit(expiry={"kind": "end_of_month", "plus_months": 1})),
        content(funds=["bonus"]),
        content(request_retention_days=31),
    ],
)
def test_another_meaning_has_another_etag(other: dict[str, Any]) -> None:
    assert not same(text(), json.dumps(other))


def test_amounts_are_the_same_however_they_are_written() -> None:
    one = text(rules=base(units=1, per="1.00"))
    assert same(one, text(rules=base(units="1", per=1)))
    assert not same(one, text(rules=base(units=2)))


def test_a_document_does_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        parse(SMALL).program = "other"


@given(st.text(max_size=40))
def test_any_printable_display_name_survives(name: str) -> None:
    try:
        document = parse(text(display_name=name))
    except ProgramInvalid:
        assert not name.isprintable()
        return
    assert document.display_name == name


def test_the_schema_is_json_and_knows_every_section() -> None:
    found = schema()
    assert json.loads(json.dumps(found)) == found
    assert set(found["properties"]) == set(Document.model_fields)
    assert found["required"] == ["program", "timezone", "units"]
    assert '"null"' not in json.dumps(found)
    assert "rounding" in found["$defs"]["RuleSection"]["properties"]


def test_the_schema_explains_every_name() -> None:
    found = schema()
    rules = [found, *(rule for rule in found["$defs"].values() if rule["title"].endswith("Section"))]
    silent = [
        (rule["title"], name)
        for rule in rules
        for name, property_ in rule["properties"].items()
        # Where it refers to a section, the section's own description serves.
        if not property_.get("description") and "$ref" not in property_
    ]
    assert silent == []


def test_a_schema_can_be_changed_without_harm() -> None:
    schema()["properties"].clear()
    assert schema()["properties"]


def test_names_and_choices_are_known_at_every_path() -> None:
    assert "timezone" in names_at(())
    assert names_at(("units", "any", "expiry", "after_days")) == ["days", "kind"]
    assert choices_at(("units", "any", "kind")) == ["redeemable", "qualifying", "money"]
    assert "end_of_quarter" in choices_at(("units", "any", "expiry"))
    assert choices_at(("program",)) == names_at(("nowhere", 3, "deep")) == []
