"""The verbs of coupons: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1.coupon_pb2 import (
    ClaimCouponResponse,
    IssueCouponsResponse,
    RedeemInStoreResponse,
    ReleaseCouponsResponse,
    ReserveCouponsResponse,
    ReturnCouponsResponse,
    RevokeRedemptionResponse,
    TransferCouponResponse,
    UseCouponsResponse,
    VoidCouponResponse,
)
from ._gen.tallybook.v1.coupon_service_pb2 import (
    ClaimCouponCodeResponse,
    EvaluateBasketResponse,
    GetCouponOrderResponse,
    GetCouponReportResponse,
    GetCouponResponse,
    IssueCouponCodesResponse,
    ListCouponsResponse,
    ListCouponTemplatesResponse,
    RedeemCouponCodeResponse,
    VoidCouponCodesResponse,
)
from .verbs import TIMEOUT_REPORT_SECONDS, Method, Paged, Unary, Watched

COUPONS = "/tallybook.v1.CouponService"
TIMEOUT_CODES_SECONDS = 3_600.0


class CouponContract:
    """These rpcs, under their own names. Their arguments are those of the function beside them."""

    issue_coupons = Unary(
        Method(f"{COUPONS}/IssueCoupons", IssueCouponsResponse.FromString), requests.issue_coupons
    )
    claim_coupon = Unary(
        Method(f"{COUPONS}/ClaimCoupon", ClaimCouponResponse.FromString), requests.claim_coupon
    )
    reserve_coupons = Unary(
        Method(f"{COUPONS}/ReserveCoupons", ReserveCouponsResponse.FromString), requests.reserve_coupons
    )
    release_coupons = Unary(
        Method(f"{COUPONS}/ReleaseCoupons", ReleaseCouponsResponse.FromString), requests.release_coupons
    )
    use_coupons = Unary(Method(f"{COUPONS}/UseCoupons", UseCouponsResponse.FromString), requests.use_coupons)
    return_coupons = Unary(
        Method(f"{COUPONS}/ReturnCoupons", ReturnCouponsResponse.FromString), requests.return_coupons
    )
    void_coupon = Unary(Method(f"{COUPONS}/VoidCoupon", VoidCouponResponse.FromString), requests.void_coupon)
    transfer_coupon = Unary(
        Method(f"{COUPONS}/TransferCoupon", TransferCouponResponse.FromString), requests.transfer_coupon
    )
    redeem_in_store = Unary(
        Method(f"{COUPONS}/RedeemInStore", RedeemInStoreResponse.FromString), requests.redeem_in_store
    )
    revoke_redemption = Unary(
        Method(f"{COUPONS}/RevokeRedemption", RevokeRedemptionResponse.FromString), requests.revoke_redemption
    )
    claim_coupon_code = Unary(
        Method(f"{COUPONS}/ClaimCouponCode", ClaimCouponCodeResponse.FromString), requests.claim_coupon_code
    )
    redeem_coupon_code = Unary(
        Method(f"{COUPONS}/RedeemCouponCode", RedeemCouponCodeResponse.FromString),
        requests.redeem_coupon_code,
    )
    void_coupon_codes = Unary(
        Method(
            f"{COUPONS}/VoidCouponCodes", VoidCouponCodesResponse.FromString, timeout=TIMEOUT_CODES_SECONDS
        ),
        requests.void_coupon_codes,
    )
    get_coupon_order = Unary(
        Method(f"{COUPONS}/GetCouponOrder", GetCouponOrderResponse.FromString), requests.get_coupon_order
    )
    get_coupon = Unary(Method(f"{COUPONS}/GetCoupon", GetCouponResponse.FromString), requests.get_coupon)
    evaluate_basket = Unary(
        Method(f"{COUPONS}/EvaluateBasket", EvaluateBasketResponse.FromString), requests.evaluate_basket
    )
    list_coupon_templates = Unary(
        Method(f"{COUPONS}/ListCouponTemplates", ListCouponTemplatesResponse.FromString),
        requests.list_coupon_templates,
    )
    get_coupon_report = Unary(
        Method(
            f"{COUPONS}/GetCouponReport", GetCouponReportResponse.FromString, timeout=TIMEOUT_REPORT_SECONDS
        ),
        requests.get_coupon_report,
    )
    list_coupons = Paged(
        Method(f"{COUPONS}/ListCoupons", ListCouponsResponse.FromString),
        requests.list_coupons,
        lambda page: page.coupons,
    )
    issue_coupon_codes = Watched(
        Method(
            f"{COUPONS}/IssueCouponCodes", IssueCouponCodesResponse.FromString, timeout=TIMEOUT_CODES_SECONDS
        ),
        requests.issue_coupon_codes,
    )
