"""Before the first fen moves: documents, budget and arrivals, scheme, payees with accounts, annual plans."""

from decimal import Decimal

from odoo import Command

from odoo.addons.bphs_base.tools.money import largest_remainder

from ..county import read

SHARES = {"central": 0.60, "province": 0.20, "city": 0.04, "county": 0.16}
POOL = "11398678.00"  # 40 % of what arrived is the village clinics'
# Two doctors whose accounts are not in order: their money is left for later, with the reason.
WITHOUT_ACCOUNT = "140404201205"
NOT_VERIFIED = "140404203207"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def budget(county):
    """The year's budget and what of it arrived; the sums are those of the county's bulletin."""
    documents = {}
    for row in read("documents"):
        key = row.pop("key")
        documents[key] = county.as_("finance1", "bphs.document").create(
            {name: value or False for name, value in row.items()}
        )
    county.documents = documents
    county.budget = county.as_("finance1", "bphs.fund.budget").create(
        {
            "institution_id": county.bureau.id,
            "period_id": county.period("2025").id,
            "standard": 90,
            "population": 316289,
            "population_basis": "财政拨款人口（通报口径）",
            "has_pool": True,
            "pool_amount": POOL,
            "source_ids": [Command.create({"level": level, "share": share}) for level, share in SHARES.items()],
        }
    )
    source = {source.level: source.id for source in county.budget.source_ids}
    receipts = county.as_("finance1", "bphs.fund.receipt").create(
        [
            {
                "source_id": source[row["level"]],
                "document_id": documents[row["document"]].id,
                "indicator_amount": row["amount"],
                "issued_date": documents[row["document"]].date,
                "date": row["date"],
                "amount": row["amount"],
            }
            for row in read("receipts")
        ]
    )
    county.countersign(receipts)


def scheme(county):
    """The settlement scheme with its 23 prices, published after a look at what it means."""
    item = county.item_ids()
    county.scheme = county.as_("finance1", "bphs.fund.scheme").create(
        {
            "name": "2025年村卫生室基本公共卫生资金结算办法",
            "institution_id": county.bureau.id,
            "period_id": county.period("2025").id,
            "period_from_id": county.period("2025Q1").id,
            "document_id": county.documents["scheme"].id,
            "township_method": "points_fixed_value",
            "price_ids": [
                Command.create({"item_id": item[row["item"]], "price": row["price"]}) for row in county.items
            ],
        }
    )
    # Ruled from the last quarter on, which stands open: what was settled before it stays as it was.
    county.as_("finance1", "bphs.fund.false.work").create(
        {"date_from": "2025-10-01", "times": 3, "document_number": "演示卫发〔2025〕41号"}
    )
    action = county.scheme.action_publish()
    county.as_("finance1", action["res_model"]).browse(action["res_id"]).action_publish()


def payees(county):
    """The doctors and their accounts: one officer enters them, another checks them against the paper."""
    accounts, shares = [], []
    for row in county.villages:
        clinic = county.clinic[row["code"]]
        if not row["doctors"]:
            continue
        names = row["doctors"].split("、")
        for number, (name, share) in enumerate(zip(names, row["shares"].split("、"), strict=True)):
            accounts.append(
                {
                    "holder": name,
                    "id_number": _id_number(county, row["code"], number),
                    "bank": "演示农村商业银行上党支行",
                    # No bank has numbers that begin with 9999.
                    "account_number": f"9999{row['code']}{number + 1:03d}",
                    "institution_id": clinic.id,
                }
            )
            shares.append(
                {
                    "institution_id": clinic.id,
                    "name": name,
                    "share": share,
                    "date_from": "2025-01-01",
                }
            )
    served = [row for row in county.villages if not row["doctors"]]
    seats = county.env["bphs.institution"].union(*(county.seat[row["township"]] for row in served))
    of_seat = dict(zip(seats, range(len(accounts), len(accounts) + len(seats)), strict=True))
    accounts += [
        {
            "holder": seat.name,
            "bank": "演示农村商业银行上党支行",
            "account_number": f"9998{seat.code}000",
            "institution_id": seat.id,
        }
        for seat in seats
    ]
    made = county.as_("finance1", "bphs.bank.account").create(accounts)
    in_order = made.filtered(lambda account: account.institution_id != county.clinic[NOT_VERIFIED])
    county.countersign(in_order)
    for vals, account in zip(shares, made, strict=False):
        if vals["institution_id"] != county.clinic[WITHOUT_ACCOUNT].id:
            vals["account_id"] = account.id
    shares += [
        {
            "institution_id": county.clinic[row["code"]].id,
            "kind": "institution",
            "payee_institution_id": county.seat[row["township"]].id,
            "account_id": made[of_seat[county.seat[row["township"]]]].id,
            "share": 1,
            "date_from": "2025-01-01",
        }
        for row in served
    ]
    county.as_("finance1", "bphs.fund.payee").create(shares)


def plans(county):
    """What each clinic is expected to do: the county's figures by residents, some the same for every clinic."""
    item = county.item_ids()
    residents = {row["code"]: int(row["residents"]) for row in county.villages}
    county.planned = {code: {} for code in residents}
    for row in county.items:
        quantity = int(row["quantity"])
        if row["per"] == "county":
            parts = whole_parts(quantity, residents)
        else:
            parts = dict.fromkeys(residents, quantity)
        for code, part in parts.items():
            county.planned[code][row["item"]] = part
    made = county.as_("finance1", "bphs.fund.plan").create(
        [
            {
                "institution_id": county.clinic[code].id,
                "period_id": county.period("2025").id,
                "scheme_id": county.scheme.id,
                "line_ids": [
                    Command.create({"item_id": item[key], "quantity": quantity}) for key, quantity in quantities.items()
                ],
            }
            for code, quantities in county.planned.items()
        ]
    )
    made.action_confirm()


def whole_parts(total, weights):
    """Whole numbers that sum to `total`, by largest remainder: the fen of so many hundredths."""
    return {key: int(part * 100) for key, part in largest_remainder(Decimal(total) / 100, weights).items()}


def _id_number(county, code, number):
    """An identity number of a region that does not exist, so that it is nobody's."""
    draw = county.draw("id", code, number)
    born = f"{draw.randint(1962, 1996)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    body = f"140499{born}{draw.randint(1, 999):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
