from lxml.builder import E

from odoo import api, models

OURS = "bphs."
KEPT = ("name", "widget", "options", "groups")
STATE_WIDGETS = {"badge", "label_selection"}


class Base(models.AbstractModel):
    """On a phone a table is cut at the edge: a list of the suite without cards of its own is shown as cards.

    A card holds what the list shows at first: its first column as the title, the state beside it, then a line each.
    """

    _inherit = "base"

    @api.model
    def _get_default_kanban_view(self):
        if not self._name.startswith(OURS):
            return super()._get_default_kanban_view()
        table, _view = self._get_view(view_type="list")
        columns = [node for node in table.iterchildren("field") if not node.get("column_invisible")]
        # What a row is dragged by is nothing to read.
        shown = [node for node in columns if node.get("optional") != "hide" and node.get("widget") != "handle"]
        # Amounts are written with the currency of a column that no list shows.
        hidden = [E.field(name=node.get("name")) for node in table.iterchildren("field") if node not in columns]
        states = [node for node in shown if node.get("widget") in STATE_WIDGETS][:1]
        title, *rest = [node for node in shown if node not in states]
        heading = E.div(
            self._card_field(title, {"class": "fw-bold"}), *map(self._card_field, states),
            {"class": "d-flex justify-content-between gap-2"},
        )  # fmt: skip
        card = E.t(heading, *map(self._card_line, rest), {"t-name": "card"})
        rights = {name: table.get(name) for name in ("create", "edit", "delete") if table.get(name)}
        return E.kanban(*hidden, E.templates(card), {**rights, "class": "o_kanban_mobile"}, string=self._description)

    @api.model
    def _card_line(self, node):
        """What every reader's view is cut from: a field of few readers takes its label away with it."""
        name = node.get("name")
        field = self._fields[name]
        text = node.get("string") or field._description_string(self.env)
        label = E.span(text, {"class": "text-muted text-nowrap"})
        line = E.div(label, self._card_field(node), {"class": "d-flex justify-content-between gap-3"})
        if groups := node.get("groups") or field.groups:
            line.set("groups", groups)
        if unseen := node.get("invisible"):
            line.set("invisible", unseen)  # a zero that the table leaves empty is no figure
        if field.type in ("char", "text", "many2one", "date", "datetime", "selection"):
            line.set("t-if", f"record.{name}.raw_value")  # no line for what is empty; zero is a figure
        return line

    @api.model
    def _card_field(self, node, extra=()):
        kept = {key: value for key, value in node.items() if key in KEPT}
        if node.get("widget") in STATE_WIDGETS:
            kept.update({key: value for key, value in node.items() if key.startswith("decoration-")})
        if self._fields[kept["name"]].type == "monetary":
            kept.setdefault("widget", "monetary")
        elif "options" in kept and self._fields[kept["name"]].type == "integer":
            kept.setdefault("widget", "integer")  # which alone minds them: a year is no 2,026
        return E.field({**kept, "class": "text-end", **dict(extra)})
