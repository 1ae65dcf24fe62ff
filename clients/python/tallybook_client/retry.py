"""When to send a request again, and how long to wait before it. Knows no channel and does not sleep.

A request is sent again as it is, so under the request id that it has, and a command that was carried out
before its reply was lost is answered and not repeated. Hence every call may be retried, commands included.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import grpc

from .errors import Failed, TallybookError
from .status import error_of_call

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Growing pauses, in seconds. Each is drawn from the upper half of its step, so that callers spread."""

    pause_first: float = 0.05
    pause_growth: float = 2.0
    pause_max: float = 1.0

    def pause(self, failures: int, chance: float) -> float:
        """Seconds before the next attempt, after `failures` of them; `chance` is drawn from [0, 1)."""
        step = min(self.pause_first * self.pause_growth ** (failures - 1), self.pause_max)
        return step * (0.5 + chance / 2)


class Attempts:
    """The attempts at one call, all within one deadline."""

    def __init__(
        self,
        timeout: float,
        policy: RetryPolicy,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._chance = chance
        self._deadline = clock() + timeout
        self._failures = 0
        self._last_failure: TallybookError | None = None
        self._doubt: Failed | None = None

    def time_left(self) -> float:
        """Seconds until the deadline; what the next attempt gets."""
        return max(self._deadline - self._clock(), 0.0)

    def pause_after(self, error: grpc.RpcError) -> float:
        """Seconds to wait before the next attempt. Raises what the error means when there shall be none.

        A server's own hint goes before the policy, with some spread on top: it gives many the same hint.
        """
        self._failures += 1
        failure = error_of_call(error)
        pause = self._policy.pause(self._failures, self._chance())
        if failure.retry_after is not None:
            pause = failure.retry_after * (1 + self._chance() / 4)
        if isinstance(failure, Failed) and failure.in_doubt:
            self._doubt = failure
        if not failure.retryable or pause >= self.time_left():
            if self._last_failure is not None:
                failure.add_note(f"It was attempt {self._failures}. The one before: {self._last_failure}")
            ending = in_spite_of(self._doubt, failure)
            if ending is not failure:
                ending.add_note(f"The last attempt recorded nothing; it ended with: {failure}")
            raise ending from error
        self._last_failure = failure
        return pause

    def result(self, reply: R) -> R:
        """What the call gives, now that it has its reply."""
        if isinstance(reply, list) and self._doubt is not None:
            return cast(R, [in_spite_of(self._doubt, outcome) for outcome in reply])
        return reply


def in_spite_of(doubt: Failed | None, outcome: T) -> T | Failed:
    """What a command ended with, when an attempt before the last left it in `doubt`.

    An attempt that recorded nothing says nothing of those before it: where one of them is in doubt, so is the
    command. A refusal is certain, since the server looks first whether the request was carried out.
    """
    if doubt is None or not isinstance(outcome, Failed) or outcome.in_doubt:
        return outcome
    return doubt
