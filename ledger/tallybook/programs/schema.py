"""The JSON Schema of program documents, and the way from a path to the part of it that rules there. Pure."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from tallybook.programs.document import Document
from tallybook.programs.problems import Path, PathPart

Rule = dict[str, Any]
"""A JSON Schema, or a part of one."""


def schema() -> Rule:
    """The JSON Schema (draft 2020-12) of a program document, for completion and checks in an editor."""
    return deepcopy(_schema())


@cache
def _schema() -> Rule:
    found = Document.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_null(found)}


def _without_null(rule: Any) -> Any:
    """What may be left out may not be null: a name without a value is more often a slip than a wish."""
    match rule:
        case {"anyOf": [*choices, {"type": "null"}]}:
            rest = {name: part for name, part in rule.items() if name not in ("anyOf", "default")}
            inner = choices[0] if len(choices) == 1 else {"anyOf": choices}
            return {**_without_null(rest), **_without_null(inner)}
        case dict():
            return {name: _without_null(part) for name, part in rule.items()}
        case list():
            return [_without_null(part) for part in rule]
        case _:
            return rule


def names_at(path: Path) -> list[str]:
    """The names that the mapping at `path` may have; none where it may have any."""
    return sorted(_rule_at(path).get("properties", ()))


def choices_at(path: Path) -> list[str]:
    """The values that the text at `path` may have; none where it may have any. For a choice, its kinds."""
    rule = _rule_at(path)
    if "const" in rule:
        return [rule["const"]]
    return rule.get("enum") or kinds_at(path)


def kinds_at(path: Path) -> list[str]:
    """The kinds of the choice at `path`, which pydantic has as a step of the way below; none elsewhere."""
    return sorted(_rule_at(path).get("discriminator", {}).get("mapping", ()))


def _rule_at(path: Path) -> Rule:
    """The rule for a path in pydantic's form, where the kind of a choice stands among the names."""
    rule = _resolved(_schema())
    for part in path:
        rule = _resolved(_below(rule, part))
    return rule


def _below(rule: Rule, part: PathPart) -> Rule:
    if isinstance(part, int):
        items: Rule = rule.get("items", {})
        return items
    kinds = rule.get("discriminator", {}).get("mapping", {})
    if part in kinds:
        return {"$ref": kinds[part]}
    named: Rule | None = rule.get("properties", {}).get(part)
    # A mapping from names to sections has one rule for all of them, maybe under the pattern of a code.
    others = [*rule.get("patternProperties", {}).values(), rule.get("additionalProperties")]
    return named or next((each for each in others if isinstance(each, dict)), {})


def _resolved(rule: Rule) -> Rule:
    if "$ref" in rule:
        definitions: dict[str, Rule] = _schema()["$defs"]
        return definitions[rule["$ref"].removeprefix("#/$defs/")]
    return rule
