def migrate(cr, version):
    """Parts of what is published are guarded by `bphs_draft_part` once every module has made its triggers anew."""
    cr.execute("DROP FUNCTION IF EXISTS bphs_published_part()")
