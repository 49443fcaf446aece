"""What a request comes to is what its amount was, as far as it was kept."""


def migrate(cr, version):
    cr.execute("UPDATE bphs_approval_request SET result = amount WHERE result IS NULL")
