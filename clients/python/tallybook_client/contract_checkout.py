"""The verbs of checkout: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1.checkout_pb2 import (
    CaptureCheckoutResponse,
    HoldCheckoutResponse,
    QuoteCheckoutResponse,
    RefundCheckoutResponse,
    ReleaseCheckoutResponse,
)
from ._gen.tallybook.v1.checkout_service_pb2 import GetCheckoutResponse
from .verbs import Method, Unary

CHECKOUT = "/tallybook.v1.CheckoutService"


class CheckoutContract:
    """These rpcs, under their own names. Their arguments are those of the function beside them."""

    quote_checkout = Unary(
        Method(f"{CHECKOUT}/QuoteCheckout", QuoteCheckoutResponse.FromString), requests.quote_checkout
    )
    hold_checkout = Unary(
        Method(f"{CHECKOUT}/HoldCheckout", HoldCheckoutResponse.FromString), requests.hold_checkout
    )
    capture_checkout = Unary(
        Method(f"{CHECKOUT}/CaptureCheckout", CaptureCheckoutResponse.FromString), requests.capture_checkout
    )
    release_checkout = Unary(
        Method(f"{CHECKOUT}/ReleaseCheckout", ReleaseCheckoutResponse.FromString), requests.release_checkout
    )
    refund_checkout = Unary(
        Method(f"{CHECKOUT}/RefundCheckout", RefundCheckoutResponse.FromString), requests.refund_checkout
    )
    get_checkout = Unary(
        Method(f"{CHECKOUT}/GetCheckout", GetCheckoutResponse.FromString), requests.get_checkout
    )
