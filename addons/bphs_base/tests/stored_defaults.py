"""Defaults as they may lie in a database from before they were refused: put there past `ir.default` itself."""

import json

from odoo.tools import SQL


def store_default(env, model, field, value, user=None):
    """Store a default where the ORM would refuse it.

    :param user: whose; everyone's without
    """
    store_defaults(env, [(model, field, value)], user)


def store_defaults(env, rows, user=None):
    """The same for many (model, field, value) at once."""
    env.flush_all()
    ids = {
        (field.model, field.name): field.id
        for field in env["ir.model.fields"].sudo().search([("model", "in", [model for model, __, __ in rows])])
    }
    for model, field, value in rows:
        env.cr.execute(
            SQL(
                "INSERT INTO ir_default (field_id, user_id, json_value) VALUES (%s, %s, %s)",
                ids[model, field],
                user.id if user else None,
                json.dumps(value),
            )
        )
    env.registry.clear_cache()
    env.invalidate_all()
