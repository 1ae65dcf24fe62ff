"""Commands about coupons for the tests of all commands: what they need, other values, and fingerprints."""

from typing import Any, Final

import tallybook as tb

Kind = type[tb.Command[Any]]
_BASKET: Final = tb.Basket(currency="USD", lines=(tb.BasketLine(amount=1_000),))

NEEDED: dict[Kind, dict[str, Any]] = {
    tb.IssueCoupons: {"template": "t", "reason": "x"},
    tb.ClaimCoupon: {"template": "t"},
    tb.IssueCodes: {
        "member": "codes:b-00001",
        "template": "t",
        "batch": "b",
        "first": 1,
        "code_hashes": ("0" * 64,),
    },
    tb.PresentCoupon: {"member": "caller:x", "code_hash": "0" * 64},
    tb.ClaimCode: {"code_hash": "0" * 64},
    tb.ReserveCoupons: {"order_id": "o1", "coupons": ("c1",)},
    tb.ReleaseCoupons: {"order_id": "o1"},
    tb.UseCoupons: {"order_id": "o1", "basket": _BASKET},
    tb.ReturnCoupons: {"order_id": "o1"},
    tb.VoidCodes: {"member": "codes:b-00001", "first": 1, "count": 1, "reason": "x"},
    tb.VoidCoupon: {"coupon": "c1", "reason": "x"},
    tb.TransferCoupon: {"coupon": "c1", "to_member": "m2"},
    tb.RedeemInStore: {"coupon": "c1", "store": "s1", "operator": "kim", "basket": _BASKET},
    tb.RevokeRedemption: {"order_id": "o1", "operator": "kim", "reason": "x"},
}
OTHERS: dict[str, Any] = {
    "template": "u",
    "count": 2,
    "first": 2,
    "code_hashes": ("1" * 64,),
    "claimant": "m9",
    "order_id": "o2",
    "coupons": ("c2",),
    "basket": tb.Basket(currency="USD", lines=(tb.BasketLine(amount=2_000),)),
    "lines": {"1": 1},
    "coupon": "c2",
    "store": "s2",
    "operator": "lee",
}
BEARERS: dict[Kind, str] = {
    tb.IssueCodes: "codes:c-00001",
    tb.PresentCoupon: "caller:y",
    tb.VoidCodes: "codes:c-00001",
}
NOT_TOGETHER: set[tuple[Kind, str]] = {(tb.ClaimCoupon, "code"), (tb.ReturnCoupons, "cancelled")}
GOLDEN: dict[str, str] = {
    "issue_coupons": "fb9e41754187a1e639dfbe9dcfcb63f9",
    "claim_coupon": "d815f2f733573ded7e4c3d3212a8331b",
    "issue_codes": "bb96a4738a106bf554b8672fbd8c300a",
    "present_coupon": "a0bb2fe23523c0657a3ca9daea79ed04",
    "claim_code": "1b2f6b7c72ef56739a1e292d51e877b1",
    "reserve_coupons": "5651831b56a9333536cfce13bc4d3e78",
    "release_coupons": "d5e8d69dee0fb3624e4ad56024cdea22",
    "use_coupons": "ec8836d33ffeaacb06966f388642aedb",
    "return_coupons": "03bd09646122c5df92b51552b56e1328",
    "void_codes": "4ad594a5de461078ae443412a8a9dccf",
    "void_coupon": "f6c7e7c93dd93c7396775714829ba8bc",
    "transfer_coupon": "8b1c50fad2672ae3325198bb521bccb4",
    "redeem_in_store": "2a8399a8e24a7d97da517b0b75425aab",
    "revoke_redemption": "e95a3624ca605fe16d627e138c419ed4",
}
