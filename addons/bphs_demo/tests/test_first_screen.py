from ast import literal_eval

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFirstScreen(TransactionCase):
    """Whoever signs in to the demo finds work on the first screen."""

    def _first_action(self, user):
        """The home action, else that of the first menu the user may open."""
        if user.action_id:
            return self.env[user.action_id.type].browse(user.action_id.id)
        menus = self.env["ir.ui.menu"].with_user(user)
        root = self.env.ref("bphs_base.menu_root")
        visible = menus.search([("id", "child_of", root.id)]).filtered("action")
        return visible.sorted(lambda menu: [int(m.sequence) for m in reversed(_up(menu))])[0].action.sudo()

    def test_each_sign_in_finds_work(self):
        signins = self.env["res.users"]._bphs_demo_signins()
        self.assertGreaterEqual(len(signins), 20)
        roles = (
            self.env["res.users.role"]
            .search([])
            .filtered(lambda role: (role.get_external_id()[role.id] or "").startswith("bphs_base.role_"))
        )
        # Two of them are also named persons for the files that few may see.
        roles |= self.env.ref("bphs_resident.role_sensitive")
        held = {role for row in signins for role in row["role"].split("、")}
        self.assertEqual(held, set(roles.mapped("name")))
        for row in signins:
            user = self.env["res.users"].search([("login", "=", row["login"])])
            action = self._first_action(user)
            domain = literal_eval(action.domain or "[]")
            with self.subTest(login=user.login):
                self.assertTrue(self.env[action.res_model].with_user(user).search(domain, limit=1))

    def test_what_waits_for_whom(self):
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
            self.assertEqual(set(waiting.mapped("can_verify")), {True})

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
