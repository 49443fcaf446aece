from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.statement import MOST_OF_ITEM, line_problem

QUANTITIES = ("planned", "reported", "invalid", "invalid_reason", "false_qty")


class BphsWorkloadLine(models.Model):
    """One service item of a workload statement: planned, reported, refused and verified quantity
    in the item's unit.
    """

    _name = "bphs.workload.line"
    _description = "Workload Statement Line"
    _inherit = ["bphs.scope.mixin", "bphs.period.guard.mixin"]
    _order = "workload_id, item_id"
    _rec_name = "item_id"

    workload_id = fields.Many2one("bphs.workload", string="Statement", required=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="workload_id.institution_id", store=True, precompute=True)
    period_id = fields.Many2one(related="workload_id.period_id", store=True, precompute=True, required=True, index=True)
    township_id = fields.Many2one(related="workload_id.township_id", string="Township Institution")
    state = fields.Selection(related="workload_id.state")
    item_id = fields.Many2one(
        "bphs.service.item", string="Service Item", required=True, index=True, ondelete="restrict"
    )
    unit = fields.Char(related="item_id.unit")
    planned = fields.Integer()
    reported = fields.Integer()
    answered = fields.Boolean(help="Somebody said how much was done, be it nothing.")
    invalid = fields.Integer(help="Done, but not to the specification: not paid.")
    invalid_reason = fields.Char()
    false_qty = fields.Integer(string="False", help="Reported, but not done: not paid.")
    verified = fields.Integer(string="Verified Quantity", compute="_compute_verified", store=True, precompute=True)

    _item_uniq = models.Constraint("UNIQUE(workload_id, item_id)", "A statement holds each service item once.")
    _quantities_not_negative = models.Constraint(
        "CHECK(planned >= 0 AND reported >= 0 AND invalid >= 0 AND false_qty >= 0)",
        "A quantity cannot be negative.",
    )
    _refused_within_reported = models.Constraint(
        "CHECK(invalid + false_qty <= reported)",
        "Invalid and false quantities together cannot exceed the reported quantity.",
    )
    _invalid_has_reason = models.Constraint(
        "CHECK(invalid = 0 OR btrim(coalesce(invalid_reason, '')) <> '')",
        "An invalid quantity needs a reason.",
    )
    _verified_is_difference = models.Constraint(
        "CHECK(verified = reported - invalid - false_qty)",
        "The verified quantity is the reported one less the invalid and false ones.",
    )

    def init(self):
        """Guard the lines in the database too, against bulk SQL and against a state change in
        another transaction.

        Taking the statement FOR SHARE makes a concurrent submission or verification wait or
        fail, never slip by.
        """
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION bphs_workload_line_guard() RETURNS trigger
            LANGUAGE plpgsql AS $$
            DECLARE
                statement_state text;
            BEGIN
                SELECT state INTO statement_state FROM bphs_workload
                 WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.workload_id ELSE OLD.workload_id END
                   FOR SHARE;
                IF TG_OP = 'DELETE' THEN
                    -- No statement: it is being deleted itself, and its lines go with it.
                    IF statement_state IS NULL OR statement_state = 'draft' THEN
                        RETURN OLD;
                    END IF;
                ELSIF TG_OP = 'INSERT' THEN
                    IF statement_state = 'draft' THEN
                        RETURN NEW;
                    END IF;
                ELSIF NEW.workload_id = OLD.workload_id AND (
                    statement_state = 'draft'
                    OR (NEW.item_id, NEW.planned, NEW.reported, NEW.invalid, NEW.false_qty)
                        IS NOT DISTINCT FROM
                       (OLD.item_id, OLD.planned, OLD.reported, OLD.invalid, OLD.false_qty)
                       AND NEW.invalid_reason IS NOT DISTINCT FROM OLD.invalid_reason
                    OR statement_state = 'submitted'
                       AND (NEW.item_id, NEW.planned, NEW.reported)
                         = (OLD.item_id, OLD.planned, OLD.reported)
                ) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'bphs_workload_line: the statement is %, its quantities are closed',
                    statement_state
                    USING ERRCODE = 'check_violation';
            END $$;
            CREATE OR REPLACE TRIGGER bphs_workload_line_guard
            BEFORE INSERT OR UPDATE OR DELETE ON bphs_workload_line
            FOR EACH ROW EXECUTE FUNCTION bphs_workload_line_guard();
        """)
        return super().init()

    # === COMPUTE METHODS === #

    @api.depends("reported", "invalid", "false_qty")
    def _compute_verified(self):
        for line in self:
            line.verified = line.reported - line.invalid - line.false_qty

    # === CONSTRAINTS === #

    @api.constrains("planned", "reported")
    def _check_plausible_quantities(self):
        # The refused ones stay below the reported: the database sees to it.
        if any(max(line.planned, line.reported) > MOST_OF_ITEM for line in self):
            raise ValidationError(self._problem_text("too_many"))

    @api.constrains(*QUANTITIES)
    def _check_quantities(self):
        for line in self:
            problem = self._values_problem({name: line[name] for name in QUANTITIES})
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(clinic)s, %(item)s: %(problem)s",
                        clinic=line.institution_id.name,
                        item=line.item_id.name,
                        problem=problem,
                    )
                )

    @api.model
    def _quantity_names(self):
        """:return: the fields a person or a file fills in"""
        return QUANTITIES

    @api.model
    def _values_problem(self, values):
        """:return: a sentence on what is wrong with these values of ``QUANTITIES``, or None"""
        problem = line_problem(**values)
        return problem and self._problem_text(problem)

    @api.model
    def _problem_text(self, problem):
        """:return str: the sentence for a result of ``line_problem``"""
        return {
            "negative": self.env._("A quantity cannot be negative."),
            "too_many": self.env._(
                "A quantity of more than %(most)s in one statement is a slip of the pen.", most=f"{MOST_OF_ITEM:,}"
            ),
            "too_much_refused": self.env._(
                "Invalid and false quantities together cannot exceed the reported quantity."
            ),
            "no_reason": self.env._("An invalid quantity needs a reason."),
        }[problem]

    # === CRUD METHODS === #

    def _said_fields(self):
        return super()._said_fields() | frozenset(QUANTITIES)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Who the line belongs to follows from its statement, never from the caller.
            if closed := sorted(set(vals) - {"workload_id", "item_id", *QUANTITIES}):
                raise UserError(self.env._("%(field)s of a workload line cannot be set directly.", field=closed[0]))
            workload = self.env["bphs.workload"].browse(vals.get("workload_id"))
            workload._check_quantities_open({"reported"} | {name for name in QUANTITIES if vals.get(name)})
        return super().create(vals_list)

    def write(self, vals):
        self.workload_id._check_quantities_open(vals)
        if "reported" in vals:
            vals = {**vals, "answered": True}
        written = super().write(vals)
        # In one UPDATE with what it follows from: a query between the two would store half of what the database checks.
        self._recompute_recordset(["verified"])
        return written

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_closed(self):
        self.workload_id._check_quantities_open({"planned", "reported"})

    # === BUSINESS METHODS === #

    @api.model
    def _load_quantities(self, names, rows):
        """Set quantities of many lines in one statement of SQL, under the same rights and rules
        as by hand.

        :param list names: fields among ``QUANTITIES``
        :param list rows: (line id, value of each of ``names`` ...)
        :raise AccessError, UserError: as by hand, and nothing is changed
        """
        if not rows:
            return
        lines = self.browse([line_id for line_id, *__ in rows])
        lines.check_access("write")
        lines.workload_id._check_quantities_open(names)
        lines._check_period_open()
        self.flush_model()
        new = {name: SQL("new.%s", SQL.identifier(name)) for name in names}
        now = {name: new.get(name, SQL("line.%s", SQL.identifier(name))) for name in QUANTITIES}
        columns = [
            SQL(
                "%s::%s[]",
                list(column),
                SQL("varchar") if name == "invalid_reason" else SQL("integer"),
            )
            for name, column in zip(["id", *names], zip(*rows, strict=True), strict=True)
        ]
        self.env.cr.execute(
            SQL(
                """
                UPDATE bphs_workload_line line
                   SET %(assign)s, %(answered)s verified = %(reported)s - %(invalid)s - %(false_qty)s,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM unnest(%(columns)s) AS new(id, %(names)s)
                 WHERE line.id = new.id
                """,
                assign=SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in new.items()),
                **{name: now[name] for name in ("reported", "invalid", "false_qty")},
                answered=SQL("answered = TRUE,") if "reported" in names else SQL(""),
                uid=self.env.uid,
                now=self.env.cr.now(),
                columns=SQL(", ").join(columns),
                names=SQL(", ").join(SQL.identifier(name) for name in names),
            )
        )
        lines.invalidate_recordset()
        lines.workload_id.invalidate_recordset()
