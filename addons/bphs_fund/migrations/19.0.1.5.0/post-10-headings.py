"""What is taken over from the period before has one name on every paper; a heading the county chose itself stays."""


def migrate(cr, version):
    cr.execute(
        "UPDATE bphs_print_column col SET name = '上期待扣回' FROM bphs_print_template template"
        " WHERE template.id = col.template_id AND template.code IN ('S6', 'S7')"
        " AND col.key = 'carry_in' AND col.name = '待扣回'"
    )
