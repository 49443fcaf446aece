from lxml.builder import E

from odoo import api, models

OURS = "bphs."
KEPT = ("name", "widget", "options", "groups")
STATE_WIDGETS = {"badge", "label_selection"}
# More columns than that are wider than a phone.
FIT = 3
# Marks a column of codes, which who keeps a register reads at a desk.
CODE = "o_bphs_code"
PRESSED = ("name", "type", "title", "context", "confirm", "invisible", "groups")
# What names a record; a code, a number or a day does not, where a name stands beside it.
TOLD = ("char", "text")
NAMING = (*TOLD, "many2one")
CODES = {"code", "number", "id"}
UNGROUPED = {"id", "year"}  # a year is no 2,026
# Many records alike have these; which of them it is says its own name, or the institution.
SHARED, OF = {"township_id", "period_id"}, ("name", "institution_id")
# In a table these show a picture beside the name, on a card the picture alone.
PICTURES = {"many2one_avatar", "many2one_avatar_user", "many2one_avatar_employee"}


class Base(models.AbstractModel):
    """On a phone a table is cut at the edge: a list of the suite without cards of its own is shown as cards.

    A card holds what the list shows at first: its name as the title, the state beside it, then a line each.
    """

    _inherit = "base"

    @api.model
    def _get_default_kanban_view(self):
        if not self._name.startswith(OURS):
            return super()._get_default_kanban_view()
        table, _view = self._get_view(view_type="list")
        return self._cards_of(table)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._name.startswith(OURS):
            for node in [*arch.iter("field")]:
                self._add_cards(node)
        return arch, view

    @api.model
    def _add_cards(self, node):
        """Give a table on a form cards beside it, where it is wider than a phone and not written in its lines."""
        tables = node.findall("list")
        if len(tables) != 1 or node.find("kanban") is not None or node.get("widget") or tables[0].get("editable"):
            return
        model = self._model_of_table(node)
        if model is not None and len(self._shown_columns(tables[0])) + len(tables[0].findall("button")) > FIT:
            node.append(model._cards_of(tables[0]))
            node.set("mode", "list,kanban")

    @api.model
    def _model_of_table(self, node):
        """:return: the records that the table of this node shows; None for those of another house"""
        model = self
        above = [parent.get("name") for parent in node.iterancestors("field")]
        for name in (*reversed(above), node.get("name")):
            field = model._fields.get(name)
            if field is None or not (field.comodel_name or "").startswith(OURS):
                return None
            model = self.env[field.comodel_name]
        return model

    @staticmethod
    def _shown_columns(table):
        columns = [node for node in table.iterchildren("field") if not node.get("column_invisible")]
        # What a row is dragged by is nothing to read.
        return [node for node in columns if node.get("optional") != "hide" and node.get("widget") != "handle"]

    @api.model
    def _cards_of(self, table):
        """:return: the cards that show what this table does, but for its codes: on a phone names alone are read"""
        shown = [node for node in self._shown_columns(table) if CODE not in (node.get("class") or "").split()]
        # Amounts are written with the currency of a column that no list shows.
        hidden = [
            E.field(name=node.get("name")) for node in table.iterchildren("field") if node.get("column_invisible")
        ]
        buttons = [self._card_button(node) for node in table.iterchildren("button")]
        states = [node for node in shown if node.get("widget") in STATE_WIDGETS][:1]
        rest = [node for node in shown if node not in states]
        title = self._card_title(rest)
        rest.remove(title)
        heading = E.div(
            self._card_field(title, {"class": "fw-bold"}), *map(self._card_field, states),
            {"class": "d-flex justify-content-between gap-2"},
        )  # fmt: skip
        footer = [E.footer(*buttons)] if buttons else []
        card = E.t(heading, *map(self._card_line, rest), *footer, {"t-name": "card"})
        rights = {name: table.get(name) for name in ("create", "edit", "delete") if table.get(name)}
        return E.kanban(*hidden, E.templates(card), {**rights, "class": "o_kanban_mobile"}, string=self._description)

    @api.model
    def _card_title(self, nodes):
        """:return: the column by which people know a record: the first, unless that is a code, a number or a day"""
        first, *others = nodes
        name = first.get("name")
        kind = self._fields[name].type
        if name in SHARED:
            return next((node for of in OF for node in others if node.get("name") == of), first)
        if name in CODES:
            naming = NAMING
        elif kind == "integer":
            naming = TOLD
        elif kind in ("date", "datetime"):
            # Of whom or of what it is of that day stands next to it; where nothing does, the day is its name.
            others, naming = others[:1], ("many2one",)
        else:
            return first
        # What few readers see names nothing to the others.
        told = [node for node in others if not (node.get("groups") or self._fields[node.get("name")].groups)]
        return next((node for node in told if self._fields[node.get("name")].type in naming), first)

    @api.model
    def _card_button(self, node):
        kept = {key: value for key, value in node.items() if key in PRESSED}
        icon = [E.i({"class": f"fa {node.get('icon')} me-1"})] if node.get("icon") else []
        return E.button(
            *icon, E.span(node.get("string") or node.get("title") or ""), {**kept, "class": "btn btn-sm btn-secondary"}
        )

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
        if kept.get("widget") in PICTURES:
            del kept["widget"]
        if node.get("widget") in STATE_WIDGETS:
            kept.update({key: value for key, value in node.items() if key.startswith("decoration-")})
        if self._fields[kept["name"]].type == "monetary":
            kept.setdefault("widget", "monetary")
        elif kept["name"] in UNGROUPED and self._fields[kept["name"]].type == "integer":
            kept |= {"widget": "integer", "options": "{'enable_formatting': false}"}
        elif "options" in kept and self._fields[kept["name"]].type == "integer":
            kept.setdefault("widget", "integer")  # which alone minds them: a year is no 2,026
        return E.field({**kept, "class": "text-end", **dict(extra)})
