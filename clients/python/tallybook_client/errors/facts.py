"""A fact of an error: text in its metadata, read as what it is. Knows no particular error."""

from collections.abc import Callable
from typing import Generic, Protocol, Self, TypeVar, overload

T = TypeVar("T")


class HasMetadata(Protocol):
    """Something with facts as text, by name."""

    metadata: dict[str, str]


class Fact(Generic[T]):
    """A fact that stands in the metadata, as text, under the attribute's name or another."""

    def __init__(self, read: Callable[[str], T], name: str = "") -> None:
        self._read = read
        self.name = name

    def __set_name__(self, owner: type[HasMetadata], name: str) -> None:
        self.name = self.name or name

    @overload
    def __get__(self, error: None, owner: type[HasMetadata]) -> Self: ...
    @overload
    def __get__(self, error: HasMetadata, owner: type[HasMetadata]) -> T | None: ...
    def __get__(self, error: HasMetadata | None, owner: type[HasMetadata]) -> Self | T | None:
        if error is None:
            return self
        text = error.metadata.get(self.name)
        return None if text is None else self._read(text)
