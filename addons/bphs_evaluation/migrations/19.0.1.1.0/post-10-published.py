def migrate(cr, version):
    # The guard of what was published is the base's now; the triggers call it already.
    cr.execute("DROP FUNCTION IF EXISTS bphs_evaluation_fixed()")
