def migrate(cr, version):
    """Every scheme so far was held to 70 %. Published ones refuse an UPDATE: the new column brings the value along."""
    cr.execute("ALTER TABLE bphs_fund_scheme ADD COLUMN IF NOT EXISTS prepay_floor numeric DEFAULT 0.70")
    cr.execute("ALTER TABLE bphs_fund_scheme ALTER COLUMN prepay_floor DROP DEFAULT")
