"""The print kit was bphs_fund's: its models, screens and rights keep their rows under the new owner."""

MOVED = (
    r"(model|field|constraint|access)_bphs_print_(template|column|log|mixin)(_.*)?",
    r"bphs_print_(template|log)_(view_.*|action)",
    r"menu_print_(template|log)",
)


def migrate(cr, version):
    cr.execute(
        "UPDATE ir_model_data SET module = 'bphs_base' WHERE module = 'bphs_fund' AND name ~ %s",
        [f"^({'|'.join(MOVED)})$"],
    )
    cr.execute(
        "UPDATE ir_model_constraint SET module = base.id FROM ir_module_module base, ir_module_module fund, ir_model m"
        " WHERE base.name = 'bphs_base' AND fund.name = 'bphs_fund' AND ir_model_constraint.module = fund.id"
        " AND m.id = ir_model_constraint.model"
        " AND m.model IN ('bphs.print.template', 'bphs.print.column', 'bphs.print.log')"
    )
