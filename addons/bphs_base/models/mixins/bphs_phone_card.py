from copy import deepcopy

from lxml.builder import E

from odoo import api, models

from ..forms.our_forms import OURS

KEPT = ("name", "widget", "options", "groups", "context")
STATE_WIDGETS = {"badge", "label_selection"}
# More columns than that are wider than a phone.
FIT = 3
# Marks a column of codes, which who keeps a register reads at a desk.
CODE = "o_bphs_code"
# What a row is known by, where its own name is not among its columns: whose it is.
KNOWN_BY = ("resident_id", "worker_id", "institution_id")
# Nothing a card is known by: where a row stands among the others, and what many alike stand below.
PLACES = ("id", "sequence", "township_id", "period_id")
# Of these many rows hold the same: where nothing else names them, it is the time they are of.
ALIKE = ("selection", "integer", "float", "monetary", "boolean")
# Empty of these tells nothing; zero is a figure.
EMPTY = ("char", "text", "many2one", "date", "datetime", "selection", "boolean")
# What is said of a column and means nothing on a form.
OF_A_COLUMN = {"column_invisible", "invisible", "optional", "width", "sum", "avg", "class", "nolabel"}
PRESSED = ("name", "type", "title", "context", "confirm", "invisible", "groups")
# A year is no 2,026.
UNGROUPED = {"id", "year"}
# In a table these show a picture beside the name, on a card the picture alone.
PICTURES = {"many2one_avatar", "many2one_avatar_user", "many2one_avatar_employee"}


class Base(models.AbstractModel):
    """On a phone a table is cut at the edge: a list of the suite without cards of its own is shown as cards.

    A card holds what the list shows at first: what the row is known by as the title, its state beside it, then a line
    each.
    """

    _inherit = "base"

    @api.model
    def _get_default_kanban_view(self):
        if not self._name.startswith(OURS):
            return super()._get_default_kanban_view()
        table, _view = self._get_view(view_type="list")
        return self._cards_of(table)

    @api.model
    def _finish_form(self, form):
        # First, for the forms of the rows are finished as well.
        for node in [*form.iter("field")]:
            self._add_cards(node)
        super()._finish_form(form)

    @api.model
    def _add_cards(self, node):
        """Give a table on a form cards beside it, where it is wider than a phone.

        What is written in its lines at a desk is written on a form of the same columns, which a card opens; where a
        node says that it is a list, say one in which people tick, it stays one.
        """
        tables = node.findall("list")
        if len(tables) != 1 or node.find("kanban") is not None or node.get("widget"):
            return
        if tables[0].get("editable") and node.get("mode"):
            return
        model = self._model_of_table(node)
        if model is None or len(self._shown_columns(tables[0])) + len(tables[0].findall("button")) <= FIT:
            return
        node.append(model._cards_of(tables[0]))
        node.set("mode", "list,kanban")
        if tables[0].get("editable") and node.find("form") is None:
            node.append(model._form_of(tables[0]))

    @api.model
    def _model_of_table(self, node):
        """:return: the records that the table of this node shows; None for those of another house"""
        owner = self._model_of_node(node)
        field = None if owner is None else owner._fields.get(node.get("name"))
        ours = field is not None and (field.comodel_name or "").startswith(OURS)
        return self.env[field.comodel_name] if ours else None

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
        states = [node for node in shown if node.get("widget") in STATE_WIDGETS]
        states = sorted(states, key=lambda node: node.get("name") != "state")[:1]
        title = self._title_of([node for node in shown if node not in states])
        rest = [node for node in shown if node not in states and node is not title]
        heading = E.div(
            self._card_field(title, {"class": "fw-bold"}), *map(self._card_field, states),
            {"class": "d-flex justify-content-between gap-2"},
        )  # fmt: skip
        footer = [E.footer(*buttons)] if buttons else []
        card = E.t(heading, *map(self._card_line, rest), *footer, {"t-name": "card"})
        rights = {name: table.get(name) for name in ("create", "edit", "delete") if table.get(name)}
        return E.kanban(*hidden, E.templates(card), {**rights, "class": "o_kanban_mobile"}, string=self._description)

    @api.model
    def _form_of(self, table):
        """:return: the form on which a line of this table is written, where it is no line"""
        columns = [node for node in table.iterchildren("field") if node.get("widget") != "handle"]
        return E.form(E.group(E.group(*map(self._form_field, columns))), string=self._description)

    @staticmethod
    def _form_field(node):
        """A column as a field of a form: what the table leaves out altogether is left out here as well."""
        kept = {key: value for key, value in node.items() if key not in OF_A_COLUMN}
        unseen = [f"({node.get(key)})" for key in ("invisible", "column_invisible") if node.get(key)]
        if unseen:
            kept["invisible"] = " or ".join(unseen)
        field = E.field(**kept)
        field.extend(deepcopy(child) for child in node)
        return field

    @api.model
    def _title_of(self, columns):
        """:return: the column a row is known by: its name, else whose it is, else the first that is no place or code"""
        # What few readers see names nothing to the others.
        seen = [node for node in columns if not (node.get("groups") or self._fields[node.get("name")].groups)]
        by_name = {node.get("name"): node for node in seen}
        own = self._rec_name or "name"
        if own in by_name and own not in PLACES and not self._is_code(own):
            return by_name[own]
        for name in KNOWN_BY:
            if name in by_name and self._fields[name].required:
                return by_name[name]
        told = [node for node in seen if node.get("name") not in PLACES and not self._is_code(node.get("name"))]
        if told and self._fields[told[0].get("name")].type in ALIKE and "period_id" in by_name:
            return by_name["period_id"]
        return (told or columns)[0]

    @staticmethod
    def _is_code(name):
        return name == "code" or name.endswith("_code")

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
        # What is switched on the card itself stays, switched off too.
        if field.type in EMPTY and node.get("widget") != "boolean_toggle":
            line.set("t-if", f"record.{name}.raw_value")
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
