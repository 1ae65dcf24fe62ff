"""What every error of a call tells, and the two families of them. Knows no particular reason."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from grpc import StatusCode


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One thing wrong with a request: where, as a path of field names, and what."""

    field: str
    description: str


class TallybookError(Exception):
    """A call that did not give its reply.

    `reason` is the ErrorReason without its prefix, empty where the server named none. `metadata` holds the
    facts as they came. `retry_after` is how many seconds the server asks to wait: infinity where it says to
    stop.
    """

    REASON: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        code: StatusCode,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: Sequence[FieldViolation] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason or self.REASON
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.reason or self.code.name}: {self.message}"

    @property
    def replayed(self) -> bool:
        """Whether the same request was refused this way before, and this is what it was told then."""
        return self.metadata.get("replayed") == "true"

    @property
    def retryable(self) -> bool:
        """Whether the same request, under the same id, may get another answer later."""
        if self.retry_after == math.inf:
            return False
        if self.code is StatusCode.RESOURCE_EXHAUSTED:  # also a message over the size limit, which stays so
            return self.retry_after is not None
        return self.code in {StatusCode.UNAVAILABLE, StatusCode.ABORTED}


class Refused(TallybookError):
    """The server decided against it; nothing was recorded."""


class Failed(TallybookError):
    """No decision was made, or none could be heard. The same request, sent again, finds out."""

    MAY_BE_RECORDED: ClassVar[bool] = True

    @property
    def in_doubt(self) -> bool:
        """Whether the request may have been carried out all the same."""
        return self.MAY_BE_RECORDED
