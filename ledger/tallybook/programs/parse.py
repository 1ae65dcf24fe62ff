"""From program text to a checked document, or to every mistake in it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Final

from tallybook.programs.document import Document
from tallybook.programs.mistakes import Located, described, located
from tallybook.programs.problems import Path, Problem, ProgramInvalid, written
from tallybook.programs.source import Source, read
from tallybook.programs.validation import Misunderstood, validated

PROBLEMS_MAX: Final = 100
"""A text that is nothing but mistakes is not described to its end."""


def parse(text: str) -> Document:
    """The document that a program text (YAML or JSON) describes.

    Raises `ProgramInvalid` with all mistakes, each with its path, line and column, in the order of the text.
    """
    source = read(text)
    if source.root is None:
        raise _invalid(source.problems or [Problem("", 1, 1, "is empty")])
    if not isinstance(source.root.value, dict):
        place = source.root.place
        raise _invalid([Problem("", place.line, place.column, "must hold names with values")])
    try:
        document = validated(source.root.plain())
    except Misunderstood as error:
        raise _misunderstood(source, error) from None
    if source.problems:
        raise _invalid(source.problems)
    return document


def refuse(text: str, mistakes: Iterable[tuple[Path, str]]) -> ProgramInvalid:
    """The error for the text of a document that has these mistakes: paths in it, and what is wrong there."""
    root = read(text).root
    assert root is not None, "the text has been parsed before"
    problems = []
    for path, message in mistakes:
        place = root.nearest(path)
        problems.append(Problem(written(path), place.line, place.column, message))
    return _invalid(problems)


def _misunderstood(source: Source, error: Misunderstood) -> ProgramInvalid:
    assert source.root is not None
    root = source.root
    known = {problem.path for problem in source.problems}
    errors = [found for each in error.mistakes if _is_news(found := located(each, root), known)]
    errors.sort(key=lambda found: found.place)
    problems = [described(found) for found in errors[:PROBLEMS_MAX]]
    problems = _without_explained(problems, errors)
    return _invalid(source.problems + problems, unsaid=max(0, len(errors) - PROBLEMS_MAX))


def _is_news(found: Located, known: Set[str]) -> bool:
    """Is there more to the error than a problem that the text, or a part of the value, has already?"""
    if found.type == "too_short" and found.node.value:
        return False
    return written(found.path) not in known


def _without_explained(problems: list[Problem], errors: Sequence[Located]) -> list[Problem]:
    """Drop what is missing because its name is misspelt."""
    meant = {
        written((*found.path[:-1], problem.suggestion))
        for problem, found in zip(problems, errors, strict=False)
        if found.type == "extra_forbidden" and problem.suggestion is not None
    }
    return [
        problem
        for problem, found in zip(problems, errors, strict=False)
        if not (found.type == "missing" and problem.path in meant)
    ]


def _invalid(problems: Sequence[Problem], unsaid: int = 0) -> ProgramInvalid:
    ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
    return ProgramInvalid(problems=tuple(ordered[:PROBLEMS_MAX]), total=len(ordered) + unsaid)
