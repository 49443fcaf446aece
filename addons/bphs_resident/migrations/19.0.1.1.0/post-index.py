"""The index of villages and birth dates begins with the village: that of the village alone is of no use beside it."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS bphs_resident__division_id_index")
