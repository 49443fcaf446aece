"""Due rows know the institution and the place of the house by themselves: filled here in one pass, not row by row."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(SQL("ALTER TABLE bphs_followup ADD COLUMN IF NOT EXISTS institution_id integer"))
    cr.execute(SQL("ALTER TABLE bphs_followup ADD COLUMN IF NOT EXISTS door_order integer"))
    cr.execute(
        SQL(
            """
            UPDATE bphs_followup f SET institution_id = r.institution_id, door_order = h.door_order
              FROM bphs_resident r LEFT JOIN bphs_household h ON h.id = r.household_id
             WHERE r.id = f.resident_id
            """
        )
    )
    # Indexes that others have taken the place of.
    for name in ("plan_id", "clock_id", "due_on"):
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(f"bphs_followup__{name}_index")))
