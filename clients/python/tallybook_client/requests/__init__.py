"""Build the messages that are sent, from plain values. It draws request ids, and knows no channel.

Amounts are whole numbers in the unit's smallest step, money is in the currency's minor unit, and every time
has a time zone. A wrong type or an impossible combination raises here (TypeError, ValueError); all else is
for the server to decide. The messages name no program: the client that sends them does.

Every command takes these by keyword:

- `request_id`: names the request, once for the member. Drawn at random when it is not given; give one that
  comes from your own order or event to be safe from sending the same thing twice under two ids.
- `occurred_at`: when it happened. `source`: where. `reason`: why. `metadata`: facts of your own.
- `validate_only`: answer as usual and record nothing.

Events take no `request_id`: the id of the order, the refund or the event is that.
"""

# A request is added in one place: what these modules hold is what this package holds.
from .cards import *  # noqa: F403
from .checkout import *  # noqa: F403
from .commands import *  # noqa: F403
from .coupons import *  # noqa: F403
from .draws import *  # noqa: F403
from .events import *  # noqa: F403
from .growth import *  # noqa: F403
from .mall import *  # noqa: F403
from .members import *  # noqa: F403
from .memberships import *  # noqa: F403
from .programs import *  # noqa: F403
from .reads import *  # noqa: F403
from .referrals import *  # noqa: F403
from .stored_value import *  # noqa: F403
from .teams import *  # noqa: F403
