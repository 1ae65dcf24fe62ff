"""What callers know of coupons, to be had from `tallybook` itself. Decides nothing."""

from __future__ import annotations

from tallybook.coupons.basket import Basket, BasketLine
from tallybook.coupons.by_code import (
    CodesToIssue,
    CodesToVoid,
    Coupons,
    NewCode,
    is_unique_code,
    present_coupon,
)
from tallybook.coupons.claim_code import ClaimCode
from tallybook.coupons.claim_coupon import ClaimCoupon
from tallybook.coupons.evaluation import Evaluation
from tallybook.coupons.facts import Combination
from tallybook.coupons.facts import Discount as CouponDiscount
from tallybook.coupons.facts import Reason as CouponReason
from tallybook.coupons.facts import Unusable as UnusableCoupon
from tallybook.coupons.facts import Why as WhyNotUsable
from tallybook.coupons.issue import NewCoupon
from tallybook.coupons.issue_codes import CodesIssued, IssueCodes
from tallybook.coupons.issue_coupons import CouponsIssued, IssueCoupons
from tallybook.coupons.moves import State as CouponStanding
from tallybook.coupons.notes import BasketNote as CouponOrder
from tallybook.coupons.present_coupon import CouponPresented, PresentCoupon
from tallybook.coupons.queries import (
    BasketEvaluation,
    CouponPage,
    CouponView,
    EvaluateBasket,
    GetCoupon,
    GetCouponOrder,
    ListCouponTemplates,
    MyCoupons,
    TemplateView,
)
from tallybook.coupons.redeem_in_store import (
    RedeemedInStore,
    RedeemInStore,
    RedemptionRevoked,
    RevokeRedemption,
)
from tallybook.coupons.reserve_coupons import (
    CouponsReleased,
    CouponsReserved,
    ReleaseCoupons,
    ReserveCoupons,
)
from tallybook.coupons.return_coupons import CouponsReturned, ReturnCoupons
from tallybook.coupons.returning import CouponBack
from tallybook.coupons.transfer_coupon import CouponTransferred, TransferCoupon
from tallybook.coupons.use_coupons import CouponsUsed, UseCoupons
from tallybook.coupons.void_codes import CodesVoided, VoidCodes
from tallybook.coupons.void_coupon import CouponVoided, VoidCoupon
from tallybook.refusals.coupons import (
    CodesExist,
    CouponLimitReached,
    CouponNotClaimable,
    CouponNotTransferable,
    CouponNotUsable,
    CouponOrderState,
    CouponOutOfStock,
    CouponState,
    ReturnExceedsOrder,
    RevocationTooLate,
    UnknownCoupon,
    UnknownCouponCode,
    UnknownCouponOrder,
    UnknownCouponTemplate,
)

__all__ = [
    "Basket",
    "BasketEvaluation",
    "BasketLine",
    "ClaimCode",
    "ClaimCoupon",
    "CodesExist",
    "CodesIssued",
    "CodesToIssue",
    "CodesToVoid",
    "CodesVoided",
    "Combination",
    "CouponBack",
    "CouponDiscount",
    "CouponLimitReached",
    "CouponNotClaimable",
    "CouponNotTransferable",
    "CouponNotUsable",
    "CouponOrder",
    "CouponOrderState",
    "CouponOutOfStock",
    "CouponPage",
    "CouponPresented",
    "CouponReason",
    "CouponStanding",
    "CouponState",
    "CouponTransferred",
    "CouponView",
    "CouponVoided",
    "Coupons",
    "CouponsIssued",
    "CouponsReleased",
    "CouponsReserved",
    "CouponsReturned",
    "CouponsUsed",
    "EvaluateBasket",
    "Evaluation",
    "GetCoupon",
    "GetCouponOrder",
    "IssueCodes",
    "IssueCoupons",
    "ListCouponTemplates",
    "MyCoupons",
    "NewCode",
    "NewCoupon",
    "PresentCoupon",
    "RedeemInStore",
    "RedeemedInStore",
    "RedemptionRevoked",
    "ReleaseCoupons",
    "ReserveCoupons",
    "ReturnCoupons",
    "ReturnExceedsOrder",
    "RevocationTooLate",
    "RevokeRedemption",
    "TemplateView",
    "TransferCoupon",
    "UnknownCoupon",
    "UnknownCouponCode",
    "UnknownCouponOrder",
    "UnknownCouponTemplate",
    "UnusableCoupon",
    "UseCoupons",
    "VoidCodes",
    "VoidCoupon",
    "WhyNotUsable",
    "is_unique_code",
    "present_coupon",
]
