"""How long tests with a long form take: `make torture` runs that, `make test` the short one."""

import os
from typing import Final

IS_LONG: Final = os.environ.get("HYPOTHESIS_PROFILE") == "torture"

TIMES_LONGER: Final = 20 if IS_LONG else 1
"""By how much more examples or rounds are tried."""
