"""The year's columns of S6 and S7 stand in their templates, to be renamed and ordered like the quarter's; S15 in the
order in which it is printed. A county's templates are its own: an update leaves them alone.
"""

COLUMNS = {
    "print_template_s6": (
        (72, "claim", "年度应结算"),
        (74, "limited", "封顶后"),
        (76, "final", "年度结算额"),
        (93, "paid", "全年已拨"),
        (96, "balance", "年度差额"),
        (103, "capped", "封顶核减暂缓"),
        (106, "payable", "年度实拨"),
    ),
    "print_template_s7": (
        (62, "claim", "年度应结算"),
        (66, "final", "年度结算额"),
        (83, "paid", "全年已拨"),
        (86, "balance", "年度差额"),
        (93, "capped", "封顶核减暂缓"),
        (96, "payable", "年度实拨"),
    ),
}


def migrate(cr, version):
    for name, columns in COLUMNS.items():
        cr.execute(
            "INSERT INTO bphs_print_column (template_id, sequence, key, name, shown)"
            " SELECT data.res_id, new.sequence, new.key, new.name, TRUE"
            "   FROM ir_model_data data"
            "  CROSS JOIN unnest(%s::int[], %s::varchar[], %s::varchar[]) AS new(sequence, key, name)"
            "   JOIN bphs_print_template template ON template.id = data.res_id"
            "  WHERE data.module = 'bphs_fund' AND data.name = %s"
            " ON CONFLICT DO NOTHING",
            [*map(list, zip(*columns, strict=True)), name],
        )
    cr.execute(
        "UPDATE bphs_print_column SET sequence = 45 WHERE key = 'raw' AND sequence = 80 AND template_id IN"
        " (SELECT res_id FROM ir_model_data WHERE module = 'bphs_fund' AND name = 'print_template_s15')"
    )
