from lxml import etree

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import datetime, dateutil, time
from odoo.tools.safe_eval import safe_eval as reckoned


@tagged("post_install", "-at_install")
class TestEveryFilter(TransactionCase):
    """Every filter and every grouping above every list of every menu, as each role that has the menu.

    The walk in the browser opens each menu as every role, and tries the filters of a screen as one of them.
    """

    def test_every_filter_of_every_menu_as_every_role(self):
        seen, wrong = set(), []
        for row in self.env["res.users"]._bphs_demo_signins():
            env = self.env(user=self.env["res.users"].search([("login", "=", row["login"])]).id)
            for action in self._actions_of(env):
                if (row["role"], action.id) in seen:
                    continue
                seen.add((row["role"], action.id))
                wrong += self._try(env, action, row["login"])
        self.assertGreater(len(seen), 150)
        self.assertFalse(wrong, "\n".join(wrong))

    def _actions_of(self, env):
        """:return: the windows that the menus of this person open"""
        menus = env["ir.ui.menu"].load_menus(False).values()
        named = {menu["action_id"] for menu in menus if menu.get("action_model") == "ir.actions.act_window"}
        # sudo: what the client reads by `/web/action/load`, which is not every user's to search
        actions = self.env["ir.actions.act_window"].sudo().browse(named)
        return actions.filtered(lambda action: (action.res_model or "").startswith("bphs."))

    def _try(self, env, action, login):
        model = env[action.res_model].with_context(**self._value(env, action.context or "{}"))
        views = model.get_views([(action.search_view_id.id, "search"), (False, "list")])["views"]
        columns = {
            node.get("name"): {}
            for node in etree.fromstring(views["list"]["arch"]).iterfind("./field")
            if node.get("name") in model._fields
        }
        wrong = []
        for node in etree.fromstring(views["search"]["arch"]).iter("filter"):
            grouping = self._value(env, node.get("context") or "{}").get("group_by")
            domain = self._value(env, node.get("domain") or "[]")
            try:
                with self.env.cr.savepoint():
                    if grouping:
                        if model._fields[grouping.split(":")[0]].type in ("date", "datetime") and ":" not in grouping:
                            grouping += ":month"  # as the client says where a filter says nothing
                        model.web_read_group([], [grouping], ["__count"], limit=80)
                    else:
                        model.web_search_read(domain, columns, limit=80)
            except Exception as error:  # noqa: BLE001  every fault is told, with the filter it is of
                wrong.append(f"{login} {action.xml_id} {node.get('name')}: {error!r}")
        return wrong

    def _value(self, env, text):
        """What the client reckons of an expression of our own views."""
        return reckoned(
            text,
            {
                "uid": env.uid,
                "context_today": lambda: datetime.date.fromisoformat(
                    fields.Date.to_string(env["bphs.period"]._county_today())
                ),
                "relativedelta": dateutil.relativedelta.relativedelta,
                "datetime": datetime,
                "time": time,
                "active_id": False,
                "active_ids": [],
                "allowed_company_ids": env.companies.ids,
            },
        )
