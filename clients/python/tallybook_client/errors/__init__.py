"""What can go wrong with a call: one exception class per reason, with its facts. Knows no channel, no bytes.

`Refused` is for what the server decided against: nothing was recorded.
`Failed` is for a server that could not decide, or could not be heard.

Each class is named for its value of the contract's ErrorReason, whose comment shows its facts. A fact that
the server left out is None.
"""

from grpc import StatusCode

# A reason is added in one place: what these modules hold is what this package holds.
from .cards import *  # noqa: F403
from .checkout import *  # noqa: F403
from .coupons import *  # noqa: F403
from .draws import *  # noqa: F403
from .earning import *  # noqa: F403
from .failures import *  # noqa: F403
from .failures import DeadlineExceeded, ServerUnreachable
from .families import *  # noqa: F403
from .families import TallybookError
from .growth import *  # noqa: F403
from .mall import *  # noqa: F403
from .members import *  # noqa: F403
from .memberships import *  # noqa: F403
from .referrals import *  # noqa: F403
from .refusals import *  # noqa: F403
from .stored_value import *  # noqa: F403
from .teams import *  # noqa: F403


def _classes_below(root: type[TallybookError]) -> list[type[TallybookError]]:
    return [root, *(each for child in root.__subclasses__() for each in _classes_below(child))]


BY_REASON: dict[str, type[TallybookError]] = {
    each.REASON: each for each in _classes_below(TallybookError) if each.REASON
}

# For a status without a reason: of the network's making, or of a server's that is not Tallybook.
BY_CODE: dict[StatusCode, type[TallybookError]] = {
    StatusCode.UNAVAILABLE: ServerUnreachable,
    StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
}
