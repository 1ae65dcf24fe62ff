"""Conditions of rules that are asked all at once. Knows no database."""

from collections.abc import Mapping, Sequence

from pydantic_core import PydanticCustomError
from tallybook.programs.conditions import TEXT_MAX, Together, activation, asked_together, compile_condition

from tests.programs.seen import VARIABLES

FLAGS = frozenset([("vip", "flag"), ("new", "flag")])
ANSWERED = {
    "first": ("order.ordinal == 1", True),
    "commented": ("order.total > 2000 // a comment to the end", False),
    "in lines": ('lines.exists(l, l.category == "dairy")\n', True),
    "either": ('store == "s2" || channel == "app"', False),
}


def test_conditions_that_are_asked_together_answer_as_each_does() -> None:
    conditions = {name: compile_condition(source) for name, (source, _) in ANSWERED.items()}
    (together,) = asked_together(conditions)
    assert answers([together], VARIABLES) == {name: holds for name, (_, holds) in ANSWERED.items()}
    others = VARIABLES | {"order.ordinal": 2, "lines": [], "order.total": 3_000, "channel": "app"}
    assert answers([together], others) == {
        name: condition.holds(activation(others)) for name, condition in conditions.items()
    }


def test_where_one_of_them_fails_none_is_answered() -> None:
    conditions = {name: compile_condition(source) for name, (source, _) in ANSWERED.items()}
    failing = compile_condition("order.total / (order.ordinal - 1) > 3")
    (together,) = asked_together(conditions | {"failing": failing})
    assert answers([together], VARIABLES) == dict.fromkeys([*ANSWERED, "failing"])


def test_what_is_neither_true_nor_false_is_told_as_it_is() -> None:
    conditions = {name: compile_condition(f"event.attributes.{name}", FLAGS) for name in ("vip", "new")}
    (together,) = asked_together(conditions)
    attributes = {"vip": "yes", "new": True}
    assert answers([together], {"event.attributes": attributes}) == attributes


def test_conditions_are_asked_together_where_that_can_be() -> None:
    first = compile_condition("order.ordinal == 1")
    assert asked_together({}) == asked_together({"alone": first}) == []
    # As deep as a condition can be by itself: in a list it would be too deep.
    deepest = max(
        (source for size in range(1, 40) if compiles(source := "(" * size + "true" + ")" * size)), key=len
    )
    assert asked_together({"deep": compile_condition(deepest), "first": first}) == []
    many = {f"rule{place}": compile_condition(f"order.total > {place * 1000}") for place in range(100)}
    groups = asked_together(many)
    assert [name for group in groups for name in group.names] == list(many)
    shared = activation(VARIABLES)
    assert answers(groups, VARIABLES) == {name: condition.holds(shared) for name, condition in many.items()}


def test_conditions_that_are_too_long_for_one_text_are_asked_in_more_than_one() -> None:
    sources = {f"rule{place}": f"order.total > {place * 100}".ljust(TEXT_MAX) for place in range(120)}
    long = {name: compile_condition(source) for name, source in sources.items()}
    groups = asked_together(long)
    assert len(groups) > 2
    shared = activation(VARIABLES)
    assert answers(groups, VARIABLES) == {name: condition.holds(shared) for name, condition in long.items()}


def answers(groups: Sequence[Together], variables: Mapping[str, object]) -> dict[str, object]:
    """The answer of each condition, by its name."""
    shared = activation(variables)
    return {
        name: answer
        for group in groups
        for name, answer in zip(group.names, group.answers(shared), strict=True)
    }


def compiles(source: str) -> bool:
    """Whether this is a condition."""
    try:
        compile_condition(source)
    except PydanticCustomError:
        return False
    return True
