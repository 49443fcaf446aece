from odoo.tools import SQL


def migrate(cr, version):
    """Documents made to be downloaded stayed as files of a record, or of nobody: they go with the next night."""
    cr.execute(
        SQL(
            r"""
            UPDATE ir_attachment SET res_model = 'bphs.download', res_id = NULL
             WHERE res_field IS NULL AND url IS NULL AND NOT coalesce(public, FALSE)
               AND (res_model IN ('bphs.evaluation', 'bphs.fund.run') AND name ~ '^(evaluation|settlement)-.*\.json$'
                    OR res_model IS NULL AND (name ~ '^[\w-]+-([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+)\.json$'
                                              OR name ~ '^(plans|gradings)-[0-9-]{10}\.zip$'))
            """
        )
    )
