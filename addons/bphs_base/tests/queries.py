"""Holds lists and forms to a number of queries that does not grow with what they show."""

from ast import literal_eval

from lxml import etree

from odoo.tools import SQL

FEW, MANY = 20, 460


class QueriesMixin:
    """For a test case with a county of ``MANY`` clinics: asks the server what the web client asks."""

    def queries(self, ask):
        """:return: the number of queries of ``ask()``, with nothing in the cache before"""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        ask()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assert_lists_bounded(self, module, key, growing):
        """Every list that the menus of ``module`` open to ``self.user[key]`` costs the same for few rows as for many.

        :param set growing: models that grow with the clinics, of which there must be ``MANY`` rows at least
        """
        self._tell_how_many(growing)
        met = set()
        for action in self._list_actions(module, key):
            records = self.as_user(key, action.res_model)
            domain = literal_eval(action.domain or "[]")
            total = records.search_count(domain)
            with self.subTest(action=action.get_external_id()[action.id], rows=total):
                ask = self._list_question(records, domain, action.view_id.id)
                self.assert_bounded(ask, total)
            if total >= MANY:
                met.add(action.res_model)
        self.assertFalse(growing - met, "too few rows to tell")

    def _tell_how_many(self, names):
        """Let the database know how many rows there are, as it does of a county at work: planned for none, lists of
        many take minutes."""
        self.env.flush_all()
        tables = {self.env[name]._table for name in {*names, "bphs.institution"} if self.env[name]._auto}
        self.env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, sorted(tables)))))

    def assert_form_bounded(self, records, key, name):
        """The form of a record costs the same for few rows of its field ``name`` as for many."""
        record = records.with_user(self.user[key])
        arch = etree.fromstring(record.get_view(view_type="form")["arch"])
        fields = specification(arch, record)
        total = len(record[name])
        self.assertGreaterEqual(total, MANY, "too few rows to tell")

        def ask(limit):
            fields[name]["limit"] = limit
            (answer,) = record.web_read(fields)
            self.assertEqual(len([row for row in answer[name] if len(row) > 1]), limit)

        with self.subTest(form=record._name, field=name):
            self.assert_bounded(ask, total)

    def assert_bounded(self, ask, total):
        """``ask(number)`` costs no more for ``MANY`` rows, or the ``total`` there are, than for ``FEW``."""
        many = min(total, MANY)
        ask(many)  # what is read once for each process is now read
        few_cost, many_cost = (self.queries(lambda rows=rows: ask(rows)) for rows in (min(total, FEW), many))
        # Few of many rows may cost one more: whatever reads the others, which all of them have read already.
        self.assertLessEqual(many_cost, few_cost, f"{FEW} and {many} rows")
        self.assertLess(many_cost, 40)

    def _list_actions(self, module, key):
        menus = self.env["ir.ui.menu"].with_user(self.user[key])
        shown = menus.browse(menus._visible_menu_ids())
        known = shown.sudo().get_external_id()
        # sudo: an officer has menus, not the right to read what they are made of
        actions = {menu.action for menu in shown.sudo() if menu.action and known[menu.id].startswith(f"{module}.")}
        lists = [
            action
            for action in actions
            if action._name == "ir.actions.act_window" and "list" in action.view_mode and action.target != "new"
        ]
        self.assertTrue(lists)
        return sorted(lists, key=lambda action: action.id)

    def _list_question(self, records, domain, view_id):
        view = view_id if self.env["ir.ui.view"].browse(view_id).type == "list" else False
        arch = etree.fromstring(records.get_view(view, "list")["arch"])
        fields = specification(arch, records)

        def ask(limit):
            rows = records.web_search_read(domain, fields, limit=limit, order=arch.get("default_order"))["records"]
            self.assertEqual(len(rows), limit)

        return ask


def specification(arch, records):
    """What the web client asks of each field of a view: texts of linked records, and what a list in a form shows."""
    wanted = {}
    for node in _field_nodes(arch):
        name = node.get("name")
        field = records._fields[name]
        if not field.relational:
            wanted[name] = {}
            continue
        inside = node.find("list") if node.find("list") is not None else node.find("kanban")
        if field.type == "many2one" or inside is None:
            wanted[name] = {"fields": {"display_name": {}}}
        else:
            wanted[name] = {"fields": specification(inside, records.env[field.comodel_name]), "limit": 40}
    return wanted


def _field_nodes(node):
    """The fields of this view, without those of views inside it."""
    for child in node:
        if child.tag == "field":
            yield child
        else:
            yield from _field_nodes(child)
