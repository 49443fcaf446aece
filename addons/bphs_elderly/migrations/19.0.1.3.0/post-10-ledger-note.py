from odoo.tools import SQL

OLD = "“应访”为本年截至当日已到期的分级随访次数，“已访”为其中已完成的次数；姓名已脱敏。"
NEW = (
    "“应访”为本年截至当日已到期的分级随访次数，由慢病随访代替分级随访的，按慢病随访计；"
    "“已访”为其中已完成的次数；姓名已脱敏。"
)


def migrate(cr, version):
    """Where the county left the note of the ledger as it came, it says what is counted now."""
    cr.execute(SQL("UPDATE bphs_print_template SET note = %s WHERE code = 'E16' AND note = %s", NEW, OLD))
