"""The one file of a problem, and of a problem at an institution, becomes its first piece of evidence."""

PHOTOS = ("image/jpeg", "image/png", "image/webp")


def migrate(cr, version):
    _move(cr, "bphs.problem", "owner.id", "NULL::integer")
    _move(cr, "bphs.problem.line", "owner.problem_id", "owner.id")


def _move(cr, model, problem, line):
    """Make a piece of evidence of each file, and give the file to it."""
    table = model.replace(".", "_")
    # Table and columns are this file's own words.
    cr.execute(
        f"""
        INSERT INTO bphs_problem_evidence (problem_id, line_id, name, kind, uploaded_by_id, upload_key,
                                           create_uid, create_date, write_uid, write_date)
        SELECT {problem}, {line}, coalesce(nullif(owner.evidence_name, ''), '佐证材料'),
               CASE WHEN file.mimetype IN %s THEN 'photo' ELSE 'file' END,
               coalesce(file.create_uid, owner.create_uid, 1), 'file-' || file.id,
               file.create_uid, file.create_date, file.write_uid, file.write_date
          FROM ir_attachment file
          JOIN {table} owner ON owner.id = file.res_id
         WHERE file.res_model = %s AND file.res_field = 'evidence'
         ORDER BY file.id
        """,
        [PHOTOS, model],
    )
    cr.execute(
        """
        UPDATE ir_attachment file
           SET res_model = 'bphs.problem.evidence', res_field = 'attachment', name = 'attachment', res_id = proof.id
          FROM bphs_problem_evidence proof
         WHERE file.res_model = %s AND file.res_field = 'evidence' AND proof.upload_key = 'file-' || file.id
        """,
        [model],
    )
