"""Conditions in CEL: what they may say, what they cost, and what they answer. Knows no database."""

import re
from bisect import bisect_left
from time import perf_counter

import pytest
from pydantic_core import PydanticCustomError
from tallybook.earning import events
from tallybook.programs import condition_limits
from tallybook.programs.cel_tree import Constant, Name, Node, Select, nodes, tree_of
from tallybook.programs.conditions import (
    TEXT_MAX,
    Condition,
    ConditionFailed,
    activation,
    compile_condition,
)
from tallybook.programs.mistakes import closest

from tests.programs.seen import LINE, VARIABLES

ATTRIBUTES = frozenset([("minutes", "number"), ("vip", "flag"), ("note", "text")])


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("true", True),
        ('order.ordinal == 1 && member.tier == "gold"', True),
        ("order.ordinal > 1 || order.days_since_last > 90", False),
        ("order.spend * 100 >= order.total * 96 && order.total - order.spend == 50", True),
        ('order.currency == "EUR" ? order.total > 1000 : order.total > 1200', True),
        ('"vip" in member.tags && !("staff" in member.tags)', True),
        ('"plus" in member.memberships && !("silver" in member.tiers)', True),
        ('member.tags.exists(tag, tag.startsWith("v"))', True),
        ('member.enrolled < timestamp("2026-01-01T12:00:01Z")', True),
        ('member.enrolled + duration("24h") < timestamp("2026-01-02T12:00:00Z")', False),
        ("member.birthday_month == local.month", False),
        ("local.weekday in [6, 7] && local.hour >= 17", True),
        ('local.date >= "2026-01-11" && local.date < "2026-02-01"', True),
        ('store == event.store && channel.contains("e") && event.id.endsWith("1")', True),
        ("size(lines) == 2 && lines.size() < 3", True),
        ('lines.exists(l, l.category == "dairy" && l.quantity >= 2)', True),
        ('lines.all(line, line.brand == "Meadow" && line.spend + 20 == line.amount)', True),
        ('lines.exists_one(l, has(l.attributes.size) && l.attributes.size == "1l")', True),
        ("lines.exists(l, l.category in member.tags)", True),
        ('["dairy", "fruit"].all(c, lines.exists(l, l.category == c))', False),
        ('lines.exists(l, l.sku == "B2" && "size" in l.attributes)', False),
        ("event.attributes.minutes > 30 && event.attributes.gift == true", True),
        ('has(event.attributes.coupon) && event.attributes.coupon == "X"', False),
        ('event.attributes["é"] == "x" && int(event.attributes.minutes) + 1 == 46', True),
        ('event.attributes.exists(name, name == "note") && size(event.attributes) == 4', True),
        ('member.tier == "gold"   // who has spent a lot\n  && order.quantity % 2 == 1', True),
    ],
)
def test_a_condition_holds_or_not(source: str, holds: bool) -> None:
    condition = compile_condition(source)
    assert condition.source == source
    assert condition.holds(activation(VARIABLES)) is holds


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("event.attributes.coupon == 1", 'Key not found in map : "coupon"'),
        ('event.attributes.minutes > "1"', "No matching overloads"),
        ("order.total / (order.ordinal - 1) > 3", "divide by zero"),
        ("order.total * 9223372036854775807 > 3", "integer overflow"),
        ("int(event.attributes.note) == 3", "cannot convert"),
        ('event.attributes.note && store == "s1"', "No matching overload"),
    ],
)
def test_a_condition_without_an_answer_says_why(source: str, said: str) -> None:
    condition = compile_condition(source)
    with pytest.raises(ConditionFailed) as failed:
        condition.holds(activation(VARIABLES))
    assert failed.value.detail.startswith(said)


def test_a_variable_that_is_not_there_or_of_another_type_is_no_answer() -> None:
    condition = compile_condition("order.total > 3")
    for variables in ({}, {"order.total": "4"}, {"order.total": None}, {"order.total": 2**64}):
        with pytest.raises(ConditionFailed):
            condition.holds(activation(variables))
    with pytest.raises(ConditionFailed):
        compile_condition('store == "s"').holds(activation({"store": "\ud800"}))


def test_a_question_decided_by_one_side_needs_no_other() -> None:
    condition = compile_condition('store == "s1" || event.attributes.coupon == 1')
    assert condition.holds(activation(VARIABLES))


def test_conditions_of_one_event_share_its_variables() -> None:
    shared = activation(VARIABLES)
    assert compile_condition("order.ordinal == 1").holds(shared)
    assert not compile_condition("lines.exists(l, l.quantity > 3)").holds(shared)
    assert compile_condition("lines.exists(l, l.quantity == 3)").holds(shared)


def test_a_condition_knows_the_variables_that_it_reads() -> None:
    condition = compile_condition("lines.exists(l, l.sku in member.tags) && event.attributes.a == store")
    assert condition.reads == {"lines", "lines.sku", "member.tags", "event.attributes", "store"}
    assert condition == compile_condition(condition.source)
    assert compile_condition("size(lines) == 2").reads == {"lines"}
    sold_in = "lines.all(l, store in l.attributes || l.amount > 1)"
    assert compile_condition(sold_in).reads == {"lines", "lines.attributes", "lines.amount", "store"}


# --- mistakes --------------------------------------------------------------------------------------------

# A condition; then what is said of it, and what was probably meant.
MISTAKES = [
    ('member.tear == "gold"', "at column 1: member.tear is not a variable here", "member.tier"),
    (
        "oder.total > 3 &&\n  Store == store",
        "at line 1, column 1: oder.total is not a variable here; at line 2, column 3: Store is not",
        "order.total",
    ),
    ("member == store", "at column 1: member is not a variable here", "member.tier"),
    ("member.tier == 3", "at column 13: == cannot be applied to (string, int)", None),
    ("order.total > 1.5", "at column 13: > cannot be applied to (int, double)", None),
    ("!order.total", "at column 1: ! cannot be applied to (int)", None),
    ("order.total in store", "at column 13: in cannot be applied to (int, string)", None),
    ("store.startsWith(3)", "at column 17: startsWith cannot be applied to (string, int)", None),
    ('store.strtsWith("a")', "at column 16: strtsWith is not a function here", "startsWith"),
    ('lines.exist(l, l.sku == "x")', "at column 12: exist is not a function here", "exists"),
    ('lines.exists(l, l.skuu == "x")', "at column 17: l.skuu is not a field of a line", "sku"),
    (
        'lines.exists(row, row.sku == 3 && row.quantity > "x")',
        "at column 27: == cannot be applied to (string, int); at column 48: > cannot be applied to (int, str",
        None,
    ),
    ("lines.all(l, l.attributes.size == 3)", "at column 32: == cannot be applied to (string, int)", None),
    ("lines.exists(l, has(l.sku))", "at column 21: every line has sku", None),
    ('lines.exists(l, l["sku"] == "x")', "at column 17: l is a whole line: name one of its fields", None),
    ("lines.exists(l, l == l)", "at column 17: l is a whole line", None),
    ("lines == lines", "at column 1: lines can be looked through", None),
    ("lines[0].sku == store", "at column 1: lines can be looked through", None),
    ("[lines].exists(l, true)", "at column 2: lines can be looked through", None),
    ("member.tags == member.tags", "at column 1: member.tags can be looked through", None),
    ("event.attributes == event.attributes", "at column 1: event.attributes can be looked through", None),
    ("lines.exists(l, l.attributes == l.attributes)", "at column 17: l.attributes can be looked", None),
    ("[store].exists(store, true)", "at column 15: store has a meaning already", None),
    ('[store].exists(a, ["x"].exists(a, a == store))', "at column 31: a has a meaning already", None),
    ("store.exists(s, true)", "at column 1: expression of type 'string' cannot be the range of", None),
    (
        "[[1]].exists(a, a.exists(b, b == 1))",
        "at column 17: lines, member.tags, member.tiers, member.memberships, event.attributes and",
        None,
    ),
    ("lines.map(l, l.sku) == []", "at column 10: map and filter are left out", None),
    ("lines.filter(l, true).size() > 2", "at column 13: map and filter are left out", None),
    ('store.matches("^a+$")', "at column 14: matches is left out", None),
    ('store + "x" == "y"', "at column 7: + adds numbers and times", None),
    ('lines.exists(l, l.sku + l.sku == "x")', "at column 23: + adds numbers and times", None),
    ("event.attributes.a + event.attributes.b > 3", "at column 20: + adds numbers and times", None),
    ("dyn(3) == 3", "at column 4: dyn is not a function here", None),
    ("type(store) == string", "at column 5: type is not a function here; at column 16: string is not", None),
    ("__line__.sku == store", "at column 1: __line__.sku is not a variable here", None),
    ("1.5 > 0.5", "at column 1: a literal of type double has no use here", None),
    ("1u == 1u", "at column 1: a literal of type uint has no use here", None),
    ("null == null", "at column 1: a literal of type null has no use here", None),
    ('{"a": 1}.a == 1', "at column 1: a map or message cannot be written in a condition", None),
    (
        'timestamp("2026-01-01") < member.enrolled',
        'at column 10: timestamp must be such as timestamp("20',
        None,
    ),
    ("timestamp(store) < member.enrolled", "at column 10: timestamp takes a text that is written out", None),
    ('duration("3 days") < duration("1h")', 'at column 9: duration must be such as duration("36h")', None),
    ("member.enrolled.getFullYear() == 3", "at column 28: getFullYear is not a function here", None),
    ("order.total == 99999999999999999999", "at column 16: invalid int literal", None),
    ("", "at column 1: Syntax error: mismatched input the end", None),
    ("store == &&", "at column 10: Syntax error: mismatched input '&&'; at column 12: Syn", None),
    ("(" * 100 + "true" + ")" * 100, "at column 1: Expression recursion limit exceeded", None),
    ("!" + "(!" * 40 + "true" + ")" * 40, "at column 1: E", None),
    ("store" + ".x" * 100, "at column 1: Exceeded max recursion depth", None),
]


def mistake_in(source: str, attributes: frozenset[tuple[str, str]] | None = None) -> tuple[str, str | None]:
    with pytest.raises(PydanticCustomError) as caught:
        compile_condition(source, attributes)
    facts = caught.value.context or {}
    return caught.value.message(), closest(facts["word"] or source, facts["candidates"])


@pytest.mark.parametrize(("source", "said", "meant"), MISTAKES)
def test_a_mistake_is_found_at_its_place(source: str, said: str, meant: str | None) -> None:
    message, suggestion = mistake_in(source)
    assert message.startswith(f"is wrong {said}")
    assert suggestion == meant


@pytest.mark.parametrize("source", ["order.ordinal", "store", '"true"', "event.attributes.gift"])
def test_a_condition_is_true_or_false(source: str) -> None:
    message, _ = mistake_in(source)
    assert re.fullmatch("must be true or false, and this is of type (int|string|dyn)", message)


def test_a_condition_has_an_end() -> None:
    assert compile_condition("true" + " " * (TEXT_MAX - 4))
    assert mistake_in("true" + " " * TEXT_MAX) == (f"has more than {TEXT_MAX} characters", None)


@pytest.mark.parametrize(
    ("source", "said", "meant"),
    [
        ("event.attributes.minuts > 3", "at column 18: minuts is not an attribute of this event", "minutes"),
        ("has(event.attributes.vop)", "at column 5: vop is not an attribute of this event", "vip"),
        ('event.attributes["vop"] == true', "at column 18: vop is not an attribute of this event", "vip"),
        ('event.attributes.minutes > "3"', "at column 26: > cannot be applied to (int, string)", None),
        ("event.attributes.note + event.attributes.note == store", "at column 23: + adds numbers", None),
        ("order.total > 3", "at column 1: order.total is not a variable here", None),
        ("size(lines) > 3", "at column 6: lines is not a variable here", None),
        ("lines.exists(l, true)", "at column 1: lines is not a variable here", None),
    ],
)
def test_a_custom_event_has_its_attributes_and_no_order(source: str, said: str, meant: str | None) -> None:
    message, suggestion = mistake_in(source, ATTRIBUTES)
    assert message.startswith(f"is wrong {said}")
    assert suggestion == meant


def test_declared_attributes_have_types() -> None:
    condition = compile_condition("event.attributes.vip && event.attributes.minutes + 1 > 3", ATTRIBUTES)
    variables = {**VARIABLES, "event.attributes": {"vip": True, "minutes": 3}}
    assert condition.holds(activation(variables))
    with pytest.raises(ConditionFailed):
        condition.holds(activation({**variables, "event.attributes": {"vip": "yes", "minutes": 3}}))


# --- work ------------------------------------------------------------------------------------------------


def test_the_largest_event_is_as_large_as_events_may_be() -> None:
    assert condition_limits.LARGEST["lines"] == events.LINES_MAX
    assert condition_limits.LARGEST["event.attributes"] == events.ATTRIBUTES_MAX
    assert condition_limits.LARGEST_ATTRIBUTES == events.ATTRIBUTES_MAX


LARGE = {
    **VARIABLES,
    "member.tags": ["t" * 120 + str(place) for place in range(100)],
    "event.attributes": {f"x{place}": "a" * 512 for place in range(32)},
    "lines": [
        {**LINE, "sku": "A" * 120 + str(place), "attributes": {"a": "b" * 512}} for place in range(1_000)
    ],
}
LONG = "b" * 100 + "a"
# Parts that are repeated for as long as the condition is allowed.
HEAVY = [
    ("lines.exists(l, %s)", 'l.sku == "x"'),
    ("lines.exists(l, %s)", f'l.attributes.a.contains("{LONG}")'),
    ("lines.exists(l, %s)", "l.attributes.a == event.attributes.x1"),
    ("lines.exists(l, %s)", "l.sku in member.tags"),
    ("lines.exists(l, %s)", '[l.sku, l.sku, l.sku] == [l.sku, l.sku, "x"]'),
    ("lines.exists(l, %s)", 'timestamp("2020-01-01T00:00:00Z") > member.enrolled'),
    ("lines.exists(l, %s)", '["x", "y"].exists(c, l.sku == c)'),
    ("lines.exists(l, %s)", "l.quantity * 3 / 2 - 1 > 1000"),
    ("%s", "lines.exists(l, false)"),
    ("%s", "lines.exists_one(l, l.quantity == 2)"),
    ("member.tags.exists(t, %s)", f't.contains("{LONG}")'),
    ("event.attributes.exists(n, %s)", "member.tags.exists(t, t == n)"),
]


@pytest.mark.parametrize(("frame", "part"), HEAVY)
def test_the_heaviest_condition_ends_soon_on_the_largest_order(frame: str, part: str) -> None:
    def allowed(times: int) -> Condition | None:
        try:
            return compile_condition(frame % " || ".join([part] * times))
        except PydanticCustomError:
            return None

    condition = allowed(bisect_left(range(1, 200), True, key=lambda times: allowed(times) is None))
    assert condition is not None
    took = []
    for _ in range(3):
        began = perf_counter()
        condition.holds(activation(LARGE))
        took.append(perf_counter() - began)
    assert min(took) < 0.05


@pytest.mark.parametrize(
    "source",
    [
        "lines.exists(a, lines.exists(b, a.sku == b.sku))",
        'lines.exists(l, l.attributes.exists(n, n == "x"))',
        "member.tags.exists(a, member.tags.exists(b, a == b))",
        'lines.exists(l, l.sku.contains("x") || l.brand.contains("x"))',
    ],
)
def test_too_much_work_is_refused(source: str) -> None:
    message, _ = mistake_in(source)
    assert re.search(r"too much work: it may take \d+ steps, and 60000 are the most", message)


def test_a_condition_is_decided_in_microseconds() -> None:
    condition = compile_condition('order.ordinal == 1 && member.tier == "gold" && order.total > 1000')
    shared = activation(VARIABLES)
    took = []
    for _ in range(200):
        began = perf_counter()
        condition.holds(shared)
        took.append(perf_counter() - began)
    assert min(took) < 0.000_006


# --- the tree --------------------------------------------------------------------------------------------


def tree(source: str) -> Node:
    return tree_of(compile_condition(source)._expression.serialize())


def test_the_tree_tells_names_literals_and_their_places() -> None:
    found = list(nodes(tree('member.tier == "é" && lines.exists(l, has(l.attributes.size))')))
    assert Name(6, "member.tier") in found
    assert Constant(15, "string", "é") in found
    assert Name(22, "lines") in found
    assert [(each.field, each.is_test) for each in found if isinstance(each, Select)] == [
        ("size", True),
        ("attributes", False),
    ]


def test_the_tree_tells_which_operations_may_run() -> None:
    source = 'order.total + 1 > 2 && member.enrolled + duration("1h") > member.enrolled && -1 < 1'
    overloads = {name for node in nodes(tree(source)) for name in getattr(node, "overloads", ())}
    assert {"add_int64", "add_timestamp_duration", "greater_timestamp"} <= overloads
