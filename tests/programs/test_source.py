"""Reading program text: what YAML and JSON may say, and what they may not. Knows no program."""

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs import source
from tallybook.programs.source import LENGTH_MAX, read

PLAIN = st.recursive(
    st.text(max_size=8) | st.booleans() | st.integers(min_value=-(10**17), max_value=10**17),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=8), below, max_size=4),
    max_leaves=20,
)


def plain(text: str) -> object:
    found = read(text)
    assert found.problems == []
    assert found.root is not None
    return found.root.plain()


def said(text: str) -> str:
    (problem,) = read(text).problems
    return f"{problem.line}:{problem.column} {problem.path} {problem.message}"


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_Loader", getattr(yaml, request.param))


@pytest.mark.usefixtures("_each_loader")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: -12", {"a": -12}),
        ("a: '1'", {"a": "1"}),
        ("a: [yes, no, on, off, y]", {"a": ["yes", "no", "on", "off", "y"]}),
        ("a: [true, False]", {"a": [True, False]}),
        ("a: 2026-12-31", {"a": "2026-12-31"}),
        ("a: 12:30:00", {"a": "12:30:00"}),
        ("a: 1_000", {"a": "1_000"}),
        ("1: a", {"1": "a"}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ('{"a": "\\u00e9\\/\\ud83d\\ude00"}', {"a": "é/😀"}),
        ('{"a": "\\\\ud83d\\\\ude00"}', {"a": "\\ud83d\\ude00"}),
        ('{\n\t"a":\t[1,\t2]\n}', {"a": [1, 2]}),
        ("\ufeff{}", {}),
        ("[]", []),
        ("a", "a"),
    ],
)
def test_plain_yaml_and_json_are_read(text: str, value: object) -> None:
    assert plain(text) == value


@pytest.mark.usefixtures("_each_loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1.0", "1:4 a is not a whole number"),
        ("é: [1, -0.5]", "1:8 é[1] is not a whole number"),
        ("a: 1e9", "1:4 a is not a whole number"),
        ("a: 007", "1:4 a is not a whole number"),
        ("a: +1", "1:4 a is not a whole number"),
        ("a: .NaN", "1:4 a is not a whole number"),
        ("a: " + 19 * "9", "1:4 a has more than 18 digits"),
        ("a:\nb: 1", "1:1 a has no value"),
        ("a: {b: ~}", "1:5 a.b has no value"),
        ("- null", "1:3 [0] has no value"),
        ("a: 1\nb: 2\na: 3", "3:1 a is written twice, the first time in line 1"),
        ("x: {a: 1, 'a': 2}", "1:11 x.a is written twice, the first time in line 1"),
        ("a: &x 1", "1:4 a uses an anchor or an alias"),
        ("a: !!str 1", "1:4 a has a tag"),
        ("a: ! 1", "1:4 a has a tag"),
        ("a: !!python/object/apply:os.system [ls]", "1:4 a has a tag"),
        ("!!map {a: 1}", "1:1  has a tag"),
        ("? [a]\n: 1", "1:3  has a name that is not plain text"),
        ("? {a: 1}\n: 1", "1:3  has a name that is not plain text"),
        ("a: 1\n---\nb: 2", "2:1  must be one document"),
        ("a: b: c", "1:5  cannot be read: mapping values are not allowed"),
        ("a:\n\t- b", "2:1  cannot be read: found character"),
        ("%YAML 3.0\n---\na: 1", "1:1  cannot be read: found incompatible YAML document"),
        ("a: 1\nb: \x07", "2:4  has a character that cannot be printed: U+0007"),
        ("a: \ud800", "1:4  has a character that cannot be printed: U+D800"),
        ("a: x\r\nb: \x00", "2:4  has a character that cannot be printed: U+0000"),
        ("[" * 50, "1:33 " + 32 * "[0]" + " goes deeper than 32 levels"),
        (" " * (LENGTH_MAX + 1), "1:1  is longer than 2097152 characters"),
    ],
)
def test_what_is_not_plain_is_refused_at_its_place(text: str, expected: str) -> None:
    assert said(text).startswith(expected)


def test_an_unfinished_text_says_what_was_begun() -> None:
    assert said("a: [1,\nb: 2").endswith("while parsing a flow sequence that begins in line 1")


def test_aliases_cannot_multiply() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdef", "bcdefg", strict=True)
    )
    found = read(laughs)
    assert all("write it out" in problem.message for problem in found.problems)
    assert len(found.problems) == 7 + 12


def test_a_merge_key_is_a_name_like_any_other() -> None:
    assert plain("<<: {a: 1}") == {"<<": {"a": 1}}


def test_reading_goes_on_after_a_mistake() -> None:
    found = read("a: 1.5\nb: &x 2\nc:\nd: ok\n")
    assert [problem.path for problem in found.problems] == ["a", "b", "c"]
    assert found.root is not None
    assert found.root.plain() == {"a": "1.5", "b": 2, "c": "", "d": "ok"}


def test_the_number_of_values_is_bounded() -> None:
    assert re.match(r"1:\d+ .*has more than 200000 values", said("[" + "1," * 300_000 + "]"))


def test_nothing_is_an_empty_source() -> None:
    assert read("") == read("# only a comment\n") == source.Source()


@given(
    st.dictionaries(st.text(max_size=8), PLAIN, max_size=5), st.sampled_from([None, 2, "\t"]), st.booleans()
)
def test_all_json_is_read_as_it_was_written(
    value: object, indent: str | int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = read(text)
    if found.problems:
        assert any(not character.isprintable() for character in text.replace("\n", "").replace("\t", "")) or (
            "\\ud" in text
        )
        return
    assert found.root is not None
    assert found.root.plain() == json.loads(text)


@given(st.text(alphabet=st.sampled_from(list("ab:,[]{}-? \n'\"&*!|>%#1.0~")), max_size=60))
def test_any_text_is_read_or_refused_at_a_place(text: str) -> None:
    found = read(text)
    lines = text.count("\n") + 2
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in found.problems)
    assert found.root is None or isinstance(found.root.plain(), dict | list | str | int)
