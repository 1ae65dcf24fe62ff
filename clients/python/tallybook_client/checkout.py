"""What is public of checkout: quotes and replies."""

from ._gen.tallybook.v1.checkout_pb2 import (
    AskedTender,
    CaptureCheckoutResponse,
    CheckoutQuote,
    CheckoutState,
    HoldCheckoutResponse,
    PricedLine,
    QuoteCheckoutResponse,
    RefundCheckoutResponse,
    ReleaseCheckoutResponse,
    TenderPart,
)
from ._gen.tallybook.v1.checkout_service_pb2 import GetCheckoutResponse

__all__ = [
    "AskedTender",
    "CaptureCheckoutResponse",
    "CheckoutQuote",
    "CheckoutState",
    "GetCheckoutResponse",
    "HoldCheckoutResponse",
    "PricedLine",
    "QuoteCheckoutResponse",
    "RefundCheckoutResponse",
    "ReleaseCheckoutResponse",
    "TenderPart",
]
