"""Finds an order of operations that explains what all clients were told, or says how far one reaches. Pure.

The search is that of Wing & Gong, "Testing and Verifying Concurrent Objects", Journal of Parallel and
Distributed Computing 17, 1993: of the operations that none of the others precedes, take one that may come
next, try it on the page, go on with the rest, and come back for another where that leads nowhere. Lowe,
"Testing for Linearizability", Concurrency and Computation 29, 2017, adds what makes it quick: a set of
operations that led to a page once is not tried again, in whatever order it leads there.

An operation without an outcome need not be taken, and may be taken at any time after it was sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.torture.linearizability.operations import Operation, agrees, repeated
from tests.torture.linearizability.page import Page, step

STEPS_MAX = 2_000_000
"""A history with many unknown outcomes can have too many orders to look through."""


class TooManyOrdersError(Exception):
    """The search was given up: nothing is known about the history."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """No order explains a history.

    `order` is as far as one reaches; each of the operations that could come next was told something else than
    the `page` it leads to would answer.
    """

    order: tuple[Operation, ...]
    page: Page
    next: tuple[Operation, ...]

    def __str__(self) -> str:
        lines = ["No order explains this. The longest that explains its part:"]
        lines += [f"  {operation}" for operation in self.order]
        lines += [f"That leads to {self.page}, where none of these can have come next:"]
        lines += [f"  {operation}" for operation in self.next]
        return "\n".join(lines)


def explain(history: Sequence[Operation], page: Page | None = None) -> list[Operation] | Unexplained:
    """An order of one member's operations that explains every outcome, beginning with a page.

    By default that of a member who was just enrolled. Raises `TooManyOrdersError`.
    """
    return _Search(history, page or Page()).run()


class _Search:
    """The state of one search. Operations are told by their place in the order they were sent."""

    def __init__(self, history: Sequence[Operation], page: Page) -> None:
        self._operations = sorted(history, key=lambda operation: operation.invoked)
        self._repeated = repeated(self._operations)
        self._answered = sum(1 << i for i, each in enumerate(self._operations) if each.outcome is not None)
        self._begin = page
        self._order: list[int] = []
        self._longest: tuple[list[int], int, Page] = ([], 0, page)

    def run(self) -> list[Operation] | Unexplained:
        """Depth first, by hand: histories are longer than Python's stack is deep."""
        tried = {(0, self._begin)}
        ways = [self._ways(0, self._begin)]
        while ways:
            for index, taken, page in ways[-1]:
                if (taken, page) in tried:
                    continue
                if len(tried) == STEPS_MAX:
                    raise TooManyOrdersError
                tried.add((taken, page))
                self._order.append(index)
                if taken & self._answered == self._answered:
                    return [self._operations[each] for each in self._order]
                if len(self._order) > len(self._longest[0]):
                    self._longest = (self._order.copy(), taken, page)
                ways.append(self._ways(taken, page))
                break
            else:
                ways.pop()
                if self._order:
                    self._order.pop()
        return self._unexplained() if self._answered else []

    def _ways(self, taken: int, page: Page) -> Iterator[tuple[int, int, Page]]:
        """Each operation that can come next, what is taken then, and the page it leads to.

        Those with an outcome come first: whether one without is needed shows when they lead nowhere.
        """
        candidates = self._candidates(taken)
        candidates.sort(key=lambda index: self._operations[index].outcome is None)
        for index in candidates:
            operation = self._operations[index]
            after, should = step(page, operation.call, self._repeated)
            if operation.outcome is None or agrees(operation.outcome, should):
                yield index, taken | 1 << index, after

    def _candidates(self, taken: int) -> list[int]:
        """The operations not taken that were sent before any other of them was answered."""
        found: list[int] = []
        answers: list[int] = []
        for index, operation in enumerate(self._operations):
            if answers and operation.invoked > min(answers):
                break
            if not taken >> index & 1:
                found.append(index)
                answers += [] if operation.returned is None else [operation.returned]
        return found

    def _unexplained(self) -> Unexplained:
        order, taken, page = self._longest
        return Unexplained(
            tuple(self._operations[index] for index in order),
            page,
            tuple(self._operations[index] for index in self._candidates(taken)),
        )
