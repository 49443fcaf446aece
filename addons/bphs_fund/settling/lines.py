"""Put computed lines into a run's draft settlements: new ones by COPY, changed ones in one UPDATE."""

import json

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO

from .store import copy_rows, next_ids

AMOUNT_COLUMNS = (
    "base",
    "deduction",
    "settled",
    "prepaid",
    "carry_in",
    "due",
    "frozen",
    "pay",
    "carry",
    "claim",
    "limited",
    "final",
    "paid",
    "balance",
    "payable",
    "capped",
)
COMPUTED_COLUMNS = (
    "score",
    "coefficient",
    *AMOUNT_COLUMNS,
    "explanation",
    "fingerprint",
    "workload_id",
    "score_id",
    "prepayment_line_id",
    "previous_line_id",
    "false_work_id",
)
ITEM_COLUMNS = ("line_id", "item_id", "price", "reported", "invalid", "false_qty", "verified", "amount", "false_amount")
# What PostgreSQL has to be told about the values of the UPDATE.
COLUMN_TYPES = {
    "explanation": "jsonb",
    "fingerprint": "varchar",
    "workload_id": "int",
    "score_id": "int",
    "prepayment_line_id": "int",
    "previous_line_id": "int",
    "false_work_id": "int",
}


def _row(values):
    values = {name: values.get(name, ZERO if name in AMOUNT_COLUMNS else None) for name in COMPUTED_COLUMNS}
    values["explanation"] = json.dumps(values["explanation"], ensure_ascii=False)
    return [values[name] for name in COMPUTED_COLUMNS]


def insert_lines(env, settled):
    """Write new lines and their items.

    :param settled: list of (head, values, items); head has settlement_id, institution_id, period_id, kind,
        correction_of_id and confirm_deadline, the others as the loaders' ``settle`` returns them
    """
    if not settled:
        return
    ids = next_ids(env, "bphs_fund_settlement_line", len(settled))
    now = env.cr.now()
    heads = ("settlement_id", "institution_id", "period_id", "kind", "correction_of_id", "confirm_deadline")
    columns = (
        "id",
        *heads,
        *COMPUTED_COLUMNS,
        "confirm_state",
        "posted",
        "reversed",
        "create_uid",
        "create_date",
        "write_uid",
        "write_date",
    )
    copy_rows(
        env.cr,
        "bphs_fund_settlement_line",
        columns,
        (
            [
                line_id,
                *(head[name] for name in heads),
                *_row(values),
                "waiting",
                "f",
                "f",
                env.uid,
                now,
                env.uid,
                now,
            ]
            for line_id, (head, values, _items) in zip(ids, settled, strict=True)
        ),
    )
    _copy_items(env, zip(ids, (items for _head, _values, items in settled), strict=True))


def update_lines(env, changed, confirm_deadline=None):
    """Rewrite changed lines of draft settlements; their clinics are asked again.

    :param changed: list of (line id, values, items)
    """
    if not changed:
        return
    ids = [line_id for line_id, _values, _items in changed]
    names = ("id", *COMPUTED_COLUMNS)
    types = {"id": "int", **{name: COLUMN_TYPES.get(name, "numeric") for name in COMPUTED_COLUMNS}}
    env.execute_query(
        SQL(
            """
            UPDATE bphs_fund_settlement_line line
               SET %(assignments)s, confirm_state = 'waiting', confirmed_by_id = NULL, confirmed_on = NULL,
                   confirm_deadline = COALESCE(%(deadline)s, line.confirm_deadline),
                   write_uid = %(uid)s, write_date = %(now)s
              FROM (VALUES %(rows)s) AS computed (%(names)s)
             WHERE line.id = computed.id
            RETURNING line.id
            """,
            assignments=SQL(", ").join(
                SQL("%s = computed.%s", SQL.identifier(name), SQL.identifier(name)) for name in COMPUTED_COLUMNS
            ),
            deadline=confirm_deadline,
            uid=env.uid,
            now=env.cr.now(),
            rows=SQL(", ").join(
                SQL(
                    "(%s)",
                    SQL(", ").join(
                        SQL(f"%s::{types[name]}", value)
                        for name, value in zip(names, [line_id, *_row(values)], strict=True)
                    ),
                )
                for line_id, values, _items in changed
            ),
            names=SQL(", ").join(map(SQL.identifier, names)),
        )
    )
    env.execute_query(SQL("DELETE FROM bphs_fund_settlement_item WHERE line_id = ANY(%s) RETURNING id", ids))
    _copy_items(env, ((line_id, items) for line_id, _values, items in changed))


def delete_lines(env, line_ids):
    """Take lines out of draft settlements, with their items."""
    if line_ids:
        env.execute_query(SQL("DELETE FROM bphs_fund_settlement_line WHERE id = ANY(%s) RETURNING id", list(line_ids)))


def _copy_items(env, lines):
    copy_rows(
        env.cr,
        "bphs_fund_settlement_item",
        ITEM_COLUMNS,
        ((line_id, *item) for line_id, items in lines for item in items),
    )
