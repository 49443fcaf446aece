"""The posts of workers are kept apart by a constraint over their days, which needs this extension."""


def migrate(cr, version):
    cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
