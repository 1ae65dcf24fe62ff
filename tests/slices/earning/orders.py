"""Orders for property tests: small ones that add up, with lines that are often alike."""

import msgspec
from hypothesis import strategies as st
from tallybook.earning.events import Discount, Line, Purchase, Tender, check_event, total_of

MONEY = st.integers(0, 400)
LINES = st.builds(
    Line,
    sku=st.sampled_from("ab"),
    category=st.sampled_from("xy"),
    quantity=st.integers(1, 3),
    amount=MONEY,
    tax=st.integers(0, 40),
)


@st.composite
def orders(draw: st.DrawFn) -> Purchase:
    """An order in dollars, with a discount and taxes, paid partly with points."""
    lines = tuple(draw(st.lists(LINES, min_size=1, max_size=6)))
    off = draw(st.integers(0, sum(line.amount for line in lines)))
    unpaid = Purchase(
        order_id="o1",
        currency="USD",
        lines=lines,
        tax=draw(MONEY),
        shipping=draw(MONEY),
        discounts=(Discount(code="c", amount=off),) if off else (),
    )
    total = total_of(unpaid)
    points = draw(st.integers(0, total))
    tenders = (Tender(kind="points", amount=points), Tender(kind="card", amount=total - points))
    event = msgspec.structs.replace(unpaid, tenders=tenders)
    check_event(event)
    return event
