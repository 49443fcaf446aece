"""The one file of a problem, and of a problem at an institution, becomes its first piece of evidence."""

from odoo.tools import SQL

PHOTOS = ("image/jpeg", "image/png", "image/webp")


def migrate(cr, version):
    _move(cr, "bphs.problem", SQL("owner.id"), SQL("NULL::integer"))
    _move(cr, "bphs.problem.line", SQL("owner.problem_id"), SQL("owner.id"))


def _move(cr, model, problem, line):
    """Make a piece of evidence of each file, and give the file to it."""
    cr.execute(
        SQL(
            """
            INSERT INTO bphs_problem_evidence (problem_id, line_id, name, kind, uploaded_by_id, upload_key,
                                               create_uid, create_date, write_uid, write_date)
            SELECT %(problem)s, %(line)s, coalesce(nullif(owner.evidence_name, ''), '佐证材料'),
                   CASE WHEN file.mimetype IN %(photos)s THEN 'photo' ELSE 'file' END,
                   coalesce(file.create_uid, owner.create_uid, 1), 'file-' || file.id,
                   file.create_uid, file.create_date, file.write_uid, file.write_date
              FROM ir_attachment file
              JOIN %(owners)s owner ON owner.id = file.res_id
             WHERE file.res_model = %(model)s AND file.res_field = 'evidence'
             ORDER BY file.id
            """,
            problem=problem,
            line=line,
            photos=PHOTOS,
            owners=SQL.identifier(model.replace(".", "_")),
            model=model,
        )
    )
    cr.execute(
        SQL(
            """
            UPDATE ir_attachment file
               SET res_model = 'bphs.problem.evidence', res_field = 'attachment', name = 'attachment', res_id = proof.id
              FROM bphs_problem_evidence proof
             WHERE file.res_model = %s AND file.res_field = 'evidence' AND proof.upload_key = 'file-' || file.id
            """,
            model,
        )
    )
