"""Pydantic's errors, told in the document's words and placed in its text. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from posixpath import commonprefix
from typing import Any, Final

from pydantic_core import ErrorDetails

from tallybook.programs.problems import Path, Problem, written
from tallybook.programs.schema import choices_at, kinds_at, names_at
from tallybook.programs.source import Node, Place


@dataclass(frozen=True, slots=True)
class Located:
    """An error, with the way to its value in the text; `path` may end in a name that the text leaves out."""

    error: ErrorDetails
    path: Path
    place: Place
    node: Node

    @property
    def type(self) -> str:
        return self.error["type"]

    @property
    def facts(self) -> dict[str, Any]:
        return self.error.get("ctx", {})


def located(error: ErrorDetails, root: Node) -> Located:
    """Find the value that an error is about, or the mapping that it is missing from."""
    node = root
    path: Path = ()
    parts = _parts(error)
    for index, part in enumerate(parts):
        if part in kinds_at(parts[:index]):
            continue
        below = node.child(part)
        if below is not None:
            node, path = below, (*path, part)
        elif part in names_at(parts[:index]):
            path = (*path, part)
    about_name = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    place = node.named_at if about_name else node.seen_at
    return Located(error, path, place, node)


def _parts(error: ErrorDetails) -> Path:
    """The error's own path, and the last steps, which are known but do not stand there."""
    if error["type"] == "union_tag_invalid":
        return (*error["loc"], "kind")
    return (*error["loc"], *error.get("ctx", {}).get("at", ()))


def described(found: Located) -> Problem:
    """The problem that an error is, with a suggestion where a name looks misspelt."""
    sentence = SENTENCES.get(found.type)
    message = found.error["msg"] if sentence is None else sentence(found)
    return Problem(written(found.path), found.place.line, found.place.column, message, _suggestion(found))


def _suggestion(found: Located) -> str | None:
    if found.type == "extra_forbidden":
        here = found.error["loc"][:-1]
        return closest(str(found.error["loc"][-1]), names_at(here))
    if isinstance(found.node.value, str):
        word = found.facts.get("word") or found.node.value
        return closest(word, found.facts.get("candidates") or choices_at(found.error["loc"]))
    return None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most probably stands for, whatever the case of its letters."""
    by_folded = {candidate.casefold(): candidate for candidate in candidates if candidate != word}
    matches = get_close_matches(word.casefold(), by_folded, n=3)
    # People mistype the end of a word more often than its beginning.
    best = max(matches, key=lambda match: len(commonprefix([word.casefold(), match])), default=None)
    return None if best is None else by_folded[best]


def _choices(found: Located) -> str:
    return ", ".join(choices_at(found.error["loc"]))


def _names_and_values(found: Located) -> str:
    choices = choices_at(found.error["loc"])
    if not choices:
        return "must hold names with values"
    kind = found.node.value if found.node.value in choices else choices[0]
    return f"must say its kind and what belongs to it, such as {{kind: {kind}}}"


def _text(found: Located) -> str:
    return "must be text" if isinstance(found.node.value, dict | list) else "must be text: write it in quotes"


def _whole(found: Located) -> str:
    return "must be a whole number, without quotes"


def _list(found: Located) -> str:
    return "must be a list"


SENTENCES: Final[dict[str, Callable[[Located], str]]] = {
    "mistake": lambda found: found.facts["sentence"],
    "missing": lambda found: "is missing",
    "extra_forbidden": lambda found: "is not a name that belongs here",
    "string_type": _text,
    "int_type": _whole,
    "bool_type": lambda found: "must be true or false",
    "dict_type": _names_and_values,
    "model_type": _names_and_values,
    "mapping_type": _names_and_values,
    "tuple_type": _list,
    "too_short": lambda found: "must not be empty",
    "too_long": lambda found: f"must have at most {found.facts['max_length']} entries",
    "greater_than_equal": lambda found: f"must be at least {found.facts['ge']}",
    "less_than_equal": lambda found: f"must be at most {found.facts['le']}",
    "enum": lambda found: f"must be one of {_choices(found)}",
    "literal_error": lambda found: f"must be one of {_choices(found)}",
    "union_tag_invalid": lambda found: f"must be one of {_choices(found)}",
    "union_tag_not_found": lambda found: f"needs a kind: one of {_choices(found)}",
}
"""What each type of pydantic's errors is called here. A type that is not here keeps pydantic's own words."""
