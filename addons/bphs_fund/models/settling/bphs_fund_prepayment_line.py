from odoo import api, fields, models


class BphsFundPrepaymentLine(models.Model):
    """What one clinic is prepaid for a quarter. Written by computing alone; nobody has the right to edit it."""

    _name = "bphs.fund.prepayment.line"
    _description = "Prepayment Line"
    _inherit = ["bphs.approval.line.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "prepayment_id, institution_id, id"
    _approval_parent_field = "prepayment_id"

    prepayment_id = fields.Many2one(
        "bphs.fund.prepayment", required=True, index=True, readonly=True, ondelete="cascade"
    )
    institution_id = fields.Many2one(string="Clinic", readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    approval_state = fields.Selection(related="prepayment_id.approval_state")
    basis = fields.Selection(
        [("plan", "Annual plan"), ("last_year", "Same quarter of last year")], required=True, readonly=True
    )
    needed = fields.Monetary(
        required=True, readonly=True, help="The year's plan, or what the same quarter of last year was settled at."
    )
    ratio = fields.Float(digits=(5, 4), required=True, readonly=True, aggregator=None)
    amount = fields.Monetary(string="This Time", required=True, readonly=True)
    cumulative = fields.Monetary(string="In the Year", required=True, readonly=True)

    _clinic_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This clinic is prepaid for this quarter already."
    )
    _amounts_sign = models.Constraint(
        "CHECK(needed >= 0 AND amount >= 0 AND ratio > 0 AND ratio <= 1)",
        "A prepayment is a part of what is needed, not below zero.",
    )

    def init(self):
        # The floor is asked of a scheme when it is made. A line has its own scheme's ratio, whatever floor comes later.
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION bphs_fund_prepayment_ratio() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                scheme_ratio numeric;
            BEGIN
                SELECT scheme.prepay_ratio INTO scheme_ratio
                  FROM bphs_fund_prepayment prepayment
                  JOIN bphs_fund_scheme scheme ON scheme.id = prepayment.scheme_id
                 WHERE prepayment.id = NEW.prepayment_id;
                IF NEW.ratio IS DISTINCT FROM scheme_ratio THEN
                    RAISE EXCEPTION 'bphs_fund_prepayment_line: prepaid at %, the scheme says %',
                        NEW.ratio, scheme_ratio USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE OR REPLACE TRIGGER bphs_fund_prepayment_ratio
            BEFORE INSERT OR UPDATE OF ratio, prepayment_id ON bphs_fund_prepayment_line
            FOR EACH ROW EXECUTE FUNCTION bphs_fund_prepayment_ratio();
        """)
        return super().init()

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.institution_id.name or ''} {line.period_id.display_name or ''}".strip()
