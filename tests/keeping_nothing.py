"""Odoo's own command, whose server keeps nothing: what a request did is undone where it would be committed.

Everything else is as it is: routes, sessions, rights, triggers, checks at the end of a transaction. So thousands of
calls can be made one after the other, and each finds the county as the first one did.
"""

import sys

import odoo.cli
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor

MOMENTS = "odoo.addons.bphs_base.tools.full_moment"


def undo(cursor):
    cursor.flush()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    # It is to be undone without anybody hearing of it, as after a commit nobody would.
    cursor.prerollback.clear()
    cursor.postrollback.clear()
    cursor.rollback()
    if MOMENTS in sys.modules:
        sys.modules[MOMENTS].STEP = 0  # thousands of calls are refused, and nobody asks how long that took
    registry = Registry.registries.get(cursor.dbname)
    if registry and registry.ready:
        registry.reset_changes()  # what was remembered of rows that are no more


Cursor.commit = undo

if __name__ == "__main__":
    odoo.cli.main()
