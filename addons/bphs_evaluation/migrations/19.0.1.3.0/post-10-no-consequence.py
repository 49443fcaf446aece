from odoo.tools import SQL


def migrate(cr, version):
    """What follows from no untrue record was called as the red line that gives nothing; an update keeps such words."""
    cr.execute(
        SQL(
            """UPDATE ir_model_fields_selection s SET name = s.name || '{"zh_CN": "无"}'::jsonb
                 FROM ir_model_fields f
                WHERE f.id = s.field_id AND f.model = 'bphs.evaluation.sample.frame' AND f.name = 'consequence'
                  AND s.value = 'none' AND s.name ? 'zh_CN'"""
        )
    )
