"""An arrival is confirmed by another person than entered it: who stands behind those that still wait is said."""


def migrate(cr, version):
    cr.execute(
        "UPDATE bphs_fund_receipt SET proposed_by_id = COALESCE(write_uid, create_uid)"
        " WHERE state = 'draft' AND proposed_by_id IS NULL"
    )
