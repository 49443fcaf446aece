from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

from ..tools.statement import EDITORS


class BphsWorkloadImportMixin(models.AbstractModel):
    """What the imports of workload statements share: their period, their clinics, who may load.

    Each row names its period, so that last quarter's file cannot be loaded into this quarter.
    """

    _name = "bphs.workload.import.mixin"
    _inherit = "bphs.import.wizard"
    _description = "Import of Workload Statements"

    period_id = fields.Many2one(
        "bphs.period",
        required=True,
        default=lambda self: self.env["bphs.workload.open"]._default_period_id(),
    )

    # === HOOKS === #

    def _import_fields(self):
        """:return list: the fields of `bphs.workload.line` this import sets, all open in one
        state
        """
        raise NotImplementedError(self._name)

    @api.model
    def _import_clinic_columns(self):
        return [
            ImportColumn("period", self.env._("Period"), "code", required=True, fixed=True),
            ImportColumn("clinic", self.env._("Clinic Code"), "code", required=True, fixed=True),
            ImportColumn("clinic_name", self.env._("Clinic Name"), fixed=True),
        ]

    def _import_clinic_values(self, statement):
        """:return dict: the cells that say whose row it is"""
        return {
            "period": statement.period_id.code,
            "clinic": statement.institution_id.code,
            "clinic_name": statement.institution_id.name,
        }

    # === CHECKS === #

    def _import_check(self, rows):
        self._import_check_role()
        clinics = self._import_find(rows, "clinic", "bphs.institution")
        statements = self._import_statements(clinics.values())
        closed = self._import_closed(statements)
        states = dict(self.env["bphs.workload"]._fields["state"]._description_selection(self.env))
        for row in rows:
            if row.get("period") and row["period"] != self.period_id.code:
                row.error(
                    "period",
                    self.env._(
                        "“%(found)s” is not the period chosen, %(period)s",
                        found=row["period"],
                        period=self.period_id.code,
                    ),
                )
            clinic = clinics.get(row.get("clinic"))
            if not clinic:
                continue
            statement = statements.get(clinic.id)
            if not statement:
                row.error("clinic", self.env._("has no statement for this period; open it first"))
            elif statement.state != self._import_state():
                row.error(
                    "clinic",
                    self.env._(
                        "the statement is “%(state)s”; only one that is “%(wanted)s” is loaded",
                        state=states[statement.state],
                        wanted=states[self._import_state()],
                    ),
                )
            elif clinic.id in closed:
                row.error("clinic", closed[clinic.id])
            else:
                self._import_check_quantities(row, statement)

    def _import_check_quantities(self, row, statement):
        """Check the quantities of a row, whose statement is open to it."""
        raise NotImplementedError(self._name)

    def _import_check_role(self):
        """:raise AccessError: this user's role may not set these quantities at all"""
        roles = EDITORS[self._import_state()][self._import_fields()[0]]
        if not self.env.user._holds_role(roles):
            raise AccessError(self.env._("Your role may not load these quantities."))

    def _import_closed(self, statements):
        """:return dict: institution id -> why the period is closed to it"""
        closed = {}
        pairs = [(self.period_id.id, institution_id) for institution_id in statements]
        try:
            self.env["bphs.period"]._check_open(pairs)
        except UserError:
            # Which of them: asked one by one only in this rare case.
            for pair in pairs:
                try:
                    self.env["bphs.period"]._check_open([pair])
                except UserError as error:
                    closed[pair[1]] = str(error)
        return closed

    # === HELPERS === #

    def _import_state(self):
        """:return str: the state in which the fields of this import are open"""
        name = self._import_fields()[0]
        return next(state for state, editors in EDITORS.items() if name in editors)

    def _import_statements(self, institutions):
        """:return dict: institution id -> its statement of the period, in one query"""
        statements = self.env["bphs.workload"].search(
            [
                ("period_id", "=", self.period_id.id),
                ("institution_id", "in", [institution.id for institution in institutions]),
            ]
        )
        return {statement.institution_id.id: statement for statement in statements}

    def _import_open_statements(self):
        """:return: the statements of the user's scope that this import can fill"""
        return self.env["bphs.workload"].search(
            [("period_id", "=", self.period_id.id), ("state", "=", self._import_state())],
            order="township_id, institution_id",
        )

    def _import_problem(self, line, values):
        """:return: what would be wrong with `line` once `values` are set, or None"""
        return self.env["bphs.workload.line"]._values_problem(
            {name: values.get(name, line[name]) for name in line._quantity_names()}
        )

    def _import_load(self, wanted):
        """Set what differs.

        :param list wanted: (line, values of ``_import_fields`` in order)
        :return int: lines changed
        """
        names = self._import_fields()
        changed = [
            (line.id, *values)
            for line, values in wanted
            if any((line[name] or None) != (value or None) for name, value in zip(names, values, strict=True))
        ]
        self.env["bphs.workload.line"]._load_quantities(names, changed)
        return len(changed)
