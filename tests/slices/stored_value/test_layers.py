"""Layers: what is left of each top-up, as it is spent, given back and forgotten."""

from tallybook.members.layers import (
    LAYERS_MAX,
    OLDER,
    RECEIVED,
    SPENT_LAYERS_MAX,
    Layer,
    Layers,
    given_back,
    kept,
    trimmed,
    with_changed,
    with_older,
    with_received,
)


def layer(name: str, principal: int, bonus: int = 0, **fields: int) -> Layer:
    given = {"paid": principal, "granted": bonus, "principal": principal, "bonus": bonus, **fields}
    return Layer(top_up=name, **given)


TWO: Layers = (layer("T1", 100, 20), layer("T2", 50, 10))


def amounts(layers: Layers) -> list[tuple[str, int, int, int]]:
    return [(each.top_up, each.principal, each.bonus, each.bonus_spent) for each in layers]


def test_the_oldest_is_spent_first() -> None:
    assert amounts(trimmed(TWO, 40, 5, spent=True)) == [("T1", 0, 0, 20), ("T2", 40, 5, 5)]


def test_what_lapses_was_not_spent() -> None:
    assert amounts(trimmed(TWO, 150, 5, spent=False)) == [("T1", 100, 0, 0), ("T2", 50, 5, 0)]


def test_bonus_of_no_layer_is_spent_before_theirs() -> None:
    assert trimmed(TWO, 150, 40, spent=True) == TWO


def test_what_comes_back_goes_to_the_newest_that_lost_some() -> None:
    spent = trimmed(TWO, 40, 5, spent=True)
    assert amounts(given_back(spent, 15, 10, 15)) == [("T1", 5, 5, 15), ("T2", 50, 10, 0)]
    assert given_back(spent, 110, 25, 0) == TWO


def test_what_comes_back_to_nobody_is_of_the_older_ones_and_bears_the_bonus_that_did_not() -> None:
    layers = given_back(TWO, 30, 0, 20)
    assert amounts(layers) == [(OLDER, 30, 0, 20), *amounts(TWO)]
    assert layers[0].payable == 10
    assert amounts(with_older(layers, 5)) == [(OLDER, 35, 0, 20), *amounts(TWO)]


def test_what_was_bought_with_the_bonus_is_not_paid_back() -> None:
    assert layer("T1", 100, 20, bonus_spent=20).payable == 80
    assert layer("T1", 10, bonus_spent=20).payable == 0
    assert layer("T1", 100, bonus_spent=-20).payable == 100


def test_nothing_more_is_paid_back_while_something_is_on_its_way() -> None:
    assert layer("T1", 100, reserved=1).payable == 0


def test_layers_long_spent_are_forgotten_and_others_are_not() -> None:
    spent = [layer(f"S{number}", 0) for number in range(SPENT_LAYERS_MAX + 1)]
    assert [each.top_up for each in kept((*spent, *TWO))] == [
        *(each.top_up for each in spent[1:]),
        "T1",
        "T2",
    ]
    on_its_way = layer("S0", 0, reserved=1)
    assert kept((on_its_way, *spent[1:])) == (on_its_way, *spent[1:])


def test_too_many_layers_become_one_with_nothing_lost() -> None:
    many = tuple(layer(f"T{number}", 100, 20, bonus_spent=1) for number in range(LAYERS_MAX + 2))
    layers = kept(many)
    assert len(layers) == LAYERS_MAX
    assert amounts(layers[:2]) == [(OLDER, 300, 60, 3), ("T3", 100, 20, 1)]
    assert with_changed(layers, "T0", principal=-1)[0].principal == 299


def test_what_was_received_is_spent_first_and_not_paid_back() -> None:
    layers = with_received(with_older(TWO, 30), 40)
    assert [each.top_up for each in layers] == [RECEIVED, OLDER, "T1", "T2"]
    assert [each.payable for each in layers] == [0, 30, 100, 50]
    assert amounts(trimmed(layers, 170, 30, spent=True))[:2] == [(RECEIVED, 0, 0, 0), (OLDER, 20, 0, 0)]
    assert amounts(with_received(layers, 5))[0] == (RECEIVED, 45, 0, 0)
    assert with_received(TWO, 0) == TWO


def test_what_was_received_stays_received_when_all_else_is_forgotten() -> None:
    spent = tuple(layer(f"T{number}", 0, paid=10) for number in range(SPENT_LAYERS_MAX + 3))
    layers = kept(trimmed(with_received(spent, 40), 0, 0, spent=True))
    assert [each.top_up for each in layers][:2] == [RECEIVED, "T3"]
    many = tuple(layer(f"T{number}", 10) for number in range(LAYERS_MAX + 1))
    assert [each.top_up for each in kept(with_received(many, 40))][:3] == [RECEIVED, OLDER, "T2"]
