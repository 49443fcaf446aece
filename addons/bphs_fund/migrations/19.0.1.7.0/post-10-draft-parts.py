def migrate(cr, version):
    """Prices, and lines and quarters of plans, are guarded by `bphs_draft_part`: their former triggers go."""
    cr.execute("DROP FUNCTION IF EXISTS bphs_fund_freeze_line() CASCADE")
