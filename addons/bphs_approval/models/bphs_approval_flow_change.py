from odoo import api, fields, models

KINDS = [("add", "Added"), ("change", "Changed"), ("remove", "Removed")]


class BphsApprovalFlowChange(models.Model):
    """What was changed in an approval flow: who, when, from what to what. It counts for what is submitted later.

    Names stand here as text, so that a row tells the same when flow and stage are long gone.
    """

    _name = "bphs.approval.flow.change"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Change of an Approval Flow"
    _order = "id desc"
    _rec_name = "flow_name"

    changed_at = fields.Datetime(string="Time", required=True, index=True)
    user_id = fields.Many2one("res.users", string="Changed By", required=True, index=True, ondelete="restrict")
    flow_name = fields.Char(string="Approval Flow", required=True)
    flow_code = fields.Char(string="Code", required=True, index=True)
    stage_name = fields.Char(string="Stage", help="Empty where the flow itself was changed.")
    kind = fields.Selection(KINDS, string="Change", required=True)
    what = fields.Char(string="Changed Field")
    before = fields.Char(string="Before the Change")
    after = fields.Char(string="After the Change")
    relaxes = fields.Boolean(
        string="Asks for Less",
        help="A stage taken out, applied from a higher amount, or no longer asking for minutes;"
        " a flow taken out of use.",
    )

    @api.model
    def _note(self, before, after):
        """Append what differs between two tellings of the same flows or stages.

        :param dict before: {id: telling}, of :meth:`BphsApprovalFlowTrackedMixin._telling`; empty for what is new
        :param dict after: likewise; empty for what is removed
        """
        rows = []
        for key in sorted(before.keys() | after.keys()):
            old, new = before.get(key), after.get(key)
            known = {**(new or old)["names"], "changed_at": self._now(), "user_id": self.env.uid}
            if not old:
                rows.append({**known, "kind": "add", "after": self._all(new)})
            elif not new:
                rows.append({**known, "kind": "remove", "before": self._all(old), "relaxes": True})
            else:
                rows += [
                    {
                        **known,
                        "kind": "change",
                        "what": label,
                        "before": old["texts"][label],
                        "after": text,
                        "relaxes": new["ranks"].get(label, 0) > old["ranks"].get(label, 0),
                    }
                    for label, text in new["texts"].items()
                    if text != old["texts"][label]
                ]
        # sudo: nobody writes this log; whoever changed the flow had the right to
        self.sudo().create(rows)

    @staticmethod
    def _all(telling):
        return "；".join(f"{label}：{text}" for label, text in telling["texts"].items() if text)


class BphsApprovalFlowTrackedMixin(models.AbstractModel):
    """A flow or a stage, of which every change is noted, whoever makes it and by whatever way."""

    _name = "bphs.approval.flow.tracked.mixin"
    _description = "Changes Are Noted"

    # What is noted; and of that what asks for less where an amount grows or a box is no longer ticked.
    _tracked_fields = ()
    _relaxing_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["bphs.approval.flow.change"]._note({}, records._telling())
        return records

    def write(self, vals):
        before = self._telling()
        result = super().write(vals)
        self.env["bphs.approval.flow.change"]._note(before, self._telling())
        return result

    def unlink(self):
        before = self._telling()
        result = super().unlink()
        self.env["bphs.approval.flow.change"]._note(before, {})
        return result

    def _tracked_flow(self):
        """:return: the flow this is, or is a stage of"""
        raise NotImplementedError

    def _telling(self):
        """{id: names of flow and stage, tracked values as texts by label, ranks (more asks for less) by label}"""
        labels = {name: self._fields[name]._description_string(self.env) for name in self._tracked_fields}
        telling = {}
        # sudo: what is noted is the same whoever changes it
        for record in self.sudo():
            flow = record._tracked_flow()
            telling[record.id] = {
                "names": {
                    "flow_name": flow.name,
                    "flow_code": flow.code,
                    "stage_name": record != flow and record.name,
                },
                "texts": {label: record._tracked_text(name) for name, label in labels.items()},
                "ranks": {labels[name]: record._tracked_rank(name) for name in self._relaxing_fields},
            }
        return telling

    def _tracked_text(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "monetary":
            return f"{value:,.2f}"
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        return str(value or "")

    def _tracked_rank(self, name):
        return not self[name] if self._fields[name].type == "boolean" else self[name]
