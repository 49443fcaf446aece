from odoo import api, fields, models

from ..tools import merging


class BphsResidentMerging(models.TransientModel):
    """Lays two files side by side, and makes them one or says that they are two persons."""

    _name = "bphs.resident.merging"
    _description = "Compare Two Files"
    _inherit = "bphs.readable.links.mixin"

    first_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="cascade")
    second_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="cascade")
    stays = fields.Selection(
        [("first", "First File"), ("second", "Second File")],
        string="The File That Stays",
        required=True,
        compute="_compute_stays",
        store=True,
        precompute=True,
        readonly=False,
    )
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)
    reason = fields.Char(help="Why these are one person, or two.")

    # === COMPUTE METHODS === #

    @api.depends("first_id", "second_id")
    def _compute_stays(self):
        """The fuller file: one with a document before one without, then the one served last, then the older."""
        for dialog in self:
            # sudo: whether there is a document, not which
            first, second = dialog.first_id.sudo(), dialog.second_id.sudo()
            better = max(
                (first, second),
                key=lambda file: (bool(file.id_index), str(file.last_service_on or ""), -file.id),
            )
            dialog.stays = "first" if better == first else "second"

    @api.depends("first_id", "second_id", "stays")
    def _compute_comparison(self):
        for dialog in self:
            if not (dialog.first_id and dialog.second_id):
                dialog.comparison = False
                continue
            dialog.comparison = self.env["ir.qweb"]._render(
                "bphs_resident.merge_comparison",
                {
                    "first": dialog.first_id,
                    "second": dialog.second_id,
                    "stays": dialog.stays,
                    "rows": dialog._comparison_rows(),
                    "links": dialog._link_lines(),
                },
            )

    # === ACTIONS === #

    def action_merge(self):
        """Make the two one file.

        :return: the action that opens the merge, with what it did
        """
        self.ensure_one()
        survivor, closed = self._survivor_and_closed()
        merge = closed._merge_into(survivor, self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": merge._name,
            "res_id": merge.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_distinct(self):
        """Say that these are two persons: the pair does not come back.

        :raise UserError: no reason is given
        """
        self.ensure_one()
        duplicates = self.env["bphs.resident.duplicate"]
        duplicates._check_decider()
        (self.first_id | self.second_id).check_access("write")
        resident = self.env["bphs.resident"]
        reason = resident._checked_reason(self.reason, self.env._("Say in words why these are two persons."))
        duplicates._set_distinct(self.first_id, self.second_id, reason)
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    def _survivor_and_closed(self):
        first, second = self.first_id, self.second_id
        return (first, second) if self.stays == "first" else (second, first)

    def _comparison_rows(self):
        """One row a fact: both values as the screen shows them, and what becomes of it.

        :return: list of (label, first, second, result) of text
        """
        both = self.first_id | self.second_id
        both.check_access("read")
        for file in both:
            file._log_opening()
        survivor, closed = self._survivor_and_closed()
        # sudo: ciphers are compared here and never shown; both files were checked for reading
        choices = merging.choices(survivor.sudo()._merge_facts(), closed.sudo()._merge_facts())
        words = {
            survivor._merge_field(choice.column).name: survivor._merge_words(choice.why, bool(choice.values))
            for choice in choices
        }
        if "household_id" in words:
            words["relation"] = words["household_id"]  # the one goes with the other
        rows = []
        for name in (
            "ehr_number", "name", "sex", "birth_date", "id_number", "phone", "division_id", "household_id", "relation",
            "status", "file_created_on", "opened_on", "last_service_on", "living_alone", "empty_nest",
            "extreme_poverty", "minimum_living", "disability_card",
        ):  # fmt: skip
            field = self.first_id._fields[name]
            values = [self._shown(file, field) for file in (self.first_id, self.second_id)]
            if any(values):
                label = field._description_string(self.env)
                differs = values[0] != values[1] and survivor._merge_words("kept", False)
                rows.append((label, *values, words.get(name) or differs or ""))
        return rows

    def _shown(self, file, field):
        value = file[field.name]
        if field.type == "many2one":
            return value.display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("Yes") if value else ""
        return str(value) if value else ""

    def _link_lines(self):
        """What hangs on the file that is closed: model, how many move, and how many stay as the other has the same.

        Of what this user sees of it: what only named persons see of somebody whom everybody sees moves untold.
        """
        survivor, closed = self._survivor_and_closed()
        # sudo: what hangs on it, of any module
        links = closed.sudo()._resident_links()
        lines = []
        for (model, name), records in links.items():
            seen = records.with_env(self.env)._filtered_access("read")
            stay = len(seen & records._stay_behind(name, survivor.sudo()))  # sudo: as above
            if seen:
                lines.append((self.env["ir.model"]._get(model).name, len(seen) - stay, stay))
        return lines
