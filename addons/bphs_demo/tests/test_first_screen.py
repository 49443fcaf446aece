from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_base.tests.home import check_page

# What each role of the demo county finds waiting, besides what others of it may find.
WAITS = {
    "doctor.yincheng": {"workload_fill"},
    "accountant.yincheng": {"settlement_submit"},
    "ph.yincheng": {"workload_verify", "approval"},
    "director.yincheng": {"approval"},
    "finance1": {"approval"},
    "primarycare": {"approval"},
    "deputy": {"approval"},
    "leader": {"approval"},
}
# The cards that are a role's own.
CARDS = {
    "finance1": {"money", "sources", "months", "prepaid", "unpaid", "settling", "held", "accounts", "funnel", "late"},
    "leader": {"indicators", "money", "months", "ranking", "overdue_township", "tasks", "late"},
    "deputy": {"money", "sources", "prepaid", "ranking", "overdue_township", "funnel", "late"},
    "primarycare": {"indicators", "money", "ranking", "funnel", "tasks", "late", "problems", "guidance", "held"},
    "director.yincheng": {"funnel", "indicators", "tasks", "late", "unpaid", "settling"},
    "ph.yincheng": {"funnel", "tasks", "late", "settling", "files"},
    "accountant.yincheng": {"funnel", "unpaid", "settling", "accounts"},
    "doctor.yincheng": {"to_fill", "to_confirm", "paid", "contracts", "files"},
    "clerk": {"tasks", "late", "problems", "overdue_township"},
    "specialist": {"tasks", "late", "guidance"},
    "evaluator": {"tasks", "late", "guidance"},
    "auditor": {"money", "exceptions", "taken", "tasks", "late"},
    "finbureau": {"money", "sources", "months"},
    "bureauadmin": {"people", "health", "taken"},
}
# Queries of a whole first page, whoever it is; what stands on it does not grow with the county.
# The administrator's page reckons every step of the county's beginning.
MOST_QUERIES = 120


@tagged("post_install", "-at_install")
class TestFirstScreen(TransactionCase):
    """Whoever signs in to the demo finds their first page, and work on it."""

    def _env(self, login):
        return self.env(user=self.env["res.users"].search([("login", "=", login)]).id)

    def test_h5_every_figure_is_its_list_for_everybody(self):
        signins = self.env["res.users"]._bphs_demo_signins()
        self.assertGreaterEqual(len(signins), 20)
        home = self.env.ref("bphs_base.action_home")
        for row in signins:
            with self.subTest(login=row["login"]):
                env = self._env(row["login"])
                self.assertEqual(env.user.action_id.id, home.id)
                page = check_page(self, env)
                self.assertTrue(page["cards"])

    def test_every_role_signs_in(self):
        signins = self.env["res.users"]._bphs_demo_signins()
        roles = (
            self.env["res.users.role"]
            .search([])
            .filtered(lambda role: (role.get_external_id()[role.id] or "").startswith("bphs_base.role_"))
        )
        # Two of them are also named persons for the files that few may see.
        roles |= self.env.ref("bphs_resident.role_sensitive")
        self.assertEqual({role for row in signins for role in row["role"].split("、")}, set(roles.mapped("name")))

    def test_who_finds_what(self):
        for login in CARDS:
            with self.subTest(login=login):
                page = self._env(login)["bphs.home"].load()
                self.assertLessEqual(WAITS.get(login, set()), {row["key"] for row in page["waiting"]})
                self.assertLessEqual(CARDS[login], {card["key"] for card in page["cards"]})

    def test_a_doctors_page_tells_of_no_county(self):
        page = self._env("doctor.yincheng")["bphs.home"].load()
        keys = [card["key"] for card in page["cards"]]
        self.assertEqual(
            keys, ["services", "to_fill", "to_confirm", "paid", "elders", "contracts", "screening", "files"]
        )

    def test_a_page_is_bounded_in_queries(self):
        for login in CARDS:
            env = self._env(login)
            env["bphs.home"].load()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            env["bphs.home"].load()
            self.assertLessEqual(self.cr.sql_log_count - before, MOST_QUERIES, login)

    def test_h16_a_doctors_menu_is_what_a_doctor_does(self):
        env = self._env("doctor.yincheng")
        menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
        apps = self.env.ref("bphs_base.menu_root") | self.env.ref("bphs_resident.menu_root")
        inside = menus.filtered(lambda menu: _up(menu)[-1] in apps and menu.action and menu not in apps)
        self.assertGreaterEqual(len(inside), 4)
        self.assertLessEqual(len(inside), 6, inside.mapped("complete_name"))

    def test_h30_what_waits_for_whom(self):
        """Model of each document that waits, by login."""
        expected = {
            "finance1": {"bphs.fund.hold"},
            "finance2": {"bphs.fund.hold", "bphs.fund.run", "bphs.fund.payment"},
            "primarycare": {"bphs.fund.hold"},
            "deputy": {"bphs.fund.hold"},
            "leader": {"bphs.fund.run"},
            "director.yincheng": {"bphs.fund.settlement"},
            "ph.yincheng": {"bphs.fund.settlement"},
            "director.beicheng": {"bphs.fund.settlement"},
            "ph.beicheng": {"bphs.fund.settlement"},
        }
        for login, models in expected.items():
            user = self.env["res.users"].search([("login", "=", login)])
            waiting = self.env["bphs.approval.request"].with_user(user).search([("waiting_for_me", "=", True)])
            self.assertEqual(set(waiting.mapped("res_model")), models, login)

    def test_township_people_have_their_steps(self):
        for place in ("yincheng", "beicheng"):
            accountant = self.env["res.users"].search([("login", "=", f"accountant.{place}")])
            settlements = self.env["bphs.fund.settlement"].with_user(accountant).search([])
            self.assertIn("ready", settlements.mapped("state"))
            officer = self.env["res.users"].search([("login", "=", f"ph.{place}")])
            waiting = self.env["bphs.workload"].with_user(officer).search([("state", "=", "submitted")])
            self.assertTrue(waiting)
            self.assertTrue(all("verify" in statement.allowed_steps for statement in waiting))

    def test_signs_in_with_the_demo_password(self):
        row = next(r for r in self.env["res.users"]._bphs_demo_signins() if r["login"] == "finance1")
        credential = {"login": row["login"], "password": row["password"], "type": "password"}
        self.assertTrue(self.env["res.users"].authenticate(credential, {"interactive": False}))


def _up(menu):
    """The menu and all above it."""
    line = [menu]
    while line[-1].parent_id:
        line.append(line[-1].parent_id)
    return line
