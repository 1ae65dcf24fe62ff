"""How an rpc becomes a method of a client, blocking or awaiting. Knows no channel and no particular rpc.

A verb joins an rpc with the function that builds its request. What it gives depends on whose attribute it is:
on a `Blocking` client a function that returns the reply, on an `Awaiting` one a function that returns it when
awaited. So a call is described once, and its arguments and its reply are typed on both.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, Self, TypeVar, overload

from google.protobuf.message import Message

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

TIMEOUT_SECONDS = 5.0
TIMEOUT_REPORT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Method(Generic[R]):
    """An rpc: its path, how to read the bytes of its reply, and what a call gets for a deadline, in seconds.

    Nearly all are of one program, which the client fills in.
    """

    path: str
    read: Callable[[bytes], R]
    timeout: float = TIMEOUT_SECONDS
    of_program: bool = True


class Blocking(ABC):
    """A client whose calls return when they are done."""

    @abstractmethod
    def call(self, method: Method[R], request: Message) -> R:
        """Send a request and return its reply."""

    @abstractmethod
    def fetch_all(self, method: Method[R], request: Any, items: Callable[[R], Iterable[T]]) -> Iterator[T]:
        """Send a request for page after page, and yield the items."""

    @abstractmethod
    def watch(self, method: Method[R], request: Message) -> Iterator[R]:
        """Send a request and yield what comes."""


class Awaiting(ABC):
    """A client whose calls are awaited."""

    @abstractmethod
    async def call(self, method: Method[R], request: Message) -> R:
        """Send a request and return its reply."""

    @abstractmethod
    def fetch_all(
        self, method: Method[R], request: Any, items: Callable[[R], Iterable[T]]
    ) -> AsyncIterator[T]:
        """Send a request for page after page, and yield the items."""

    @abstractmethod
    def watch(self, method: Method[R], request: Message) -> AsyncIterator[R]:
        """Send a request and yield what comes."""


class Unary(Generic[P, R]):
    """A call with one reply."""

    def __init__(self, method: Method[R], build: Callable[P, Message]) -> None:
        self.method, self.build, self.__doc__ = method, build, build.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: Blocking, owner: type) -> Callable[P, R]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> Callable[P, Awaitable[R]]: ...
    def __get__(self, client: Blocking | Awaiting | None, owner: type) -> Any:
        if client is None:
            return self

        def send(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.call(self.method, self.build(*args, **kwargs))

        return send


class Paged(Generic[P, R, T]):
    """A call with a reply in pages, read as one run of items."""

    def __init__(
        self, method: Method[R], build: Callable[P, Message], items: Callable[[R], Iterable[T]]
    ) -> None:
        self.method, self.build, self.items, self.__doc__ = method, build, items, build.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: Blocking, owner: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> Callable[P, AsyncIterator[T]]: ...
    def __get__(self, client: Blocking | Awaiting | None, owner: type) -> Any:
        if client is None:
            return self

        def send(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.fetch_all(self.method, self.build(*args, **kwargs), self.items)

        return send


class Watched(Generic[P, R]):
    """A call with a stream of replies."""

    def __init__(self, method: Method[R], build: Callable[P, Message]) -> None:
        self.method, self.build, self.__doc__ = method, build, build.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: Blocking, owner: type) -> Callable[P, Iterator[R]]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> Callable[P, AsyncIterator[R]]: ...
    def __get__(self, client: Blocking | Awaiting | None, owner: type) -> Any:
        if client is None:
            return self

        def send(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.watch(self.method, self.build(*args, **kwargs))

        return send
