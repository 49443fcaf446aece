# pylint: disable=translation-required  # what people say to each other is in their words
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ROLES, CountyCase

MAIL = """From: "%(name)s" <%(email)s>
To: catchall@example.com
Subject: x
Message-Id: <1@example.com>
Content-Type: text/plain

已同意
"""


@tagged("post_install", "-at_install")
class TestSpeaking(CountyCase):
    """Author and sender are whoever is signed in, by whatever route something is posted or mailed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader, cls.doctor = cls.user["leader"], cls.user["village_doctor_a1"]
        cls.leader.email, cls.doctor.email = "leader@example.com", "doctor@example.com"
        cls.channel = cls.env["discuss.channel"].with_user(cls.doctor)._create_channel("甲镇", None)
        cls.forged = {"author_id": cls.leader.partner_id.id, "email_from": "leader@example.com"}

    def assertMine(self, message):
        message = message.sudo()
        self.assertEqual(message.author_id, self.doctor.partner_id)
        self.assertIn("doctor@example.com", message.email_from)

    def test_posting(self):
        channel = self.channel
        for forged in (
            self.forged,
            {"author_id": self.leader.partner_id.id},
            {"email_from": "leader@example.com"},
            {"author_id": False, "email_from": "leader@example.com"},
        ):
            with self.subTest(forged):
                self.assertMine(channel.message_post(body="已同意", message_type="comment", **forged))
        context = {f"default_{name}": value for name, value in self.forged.items()}
        self.assertMine(channel.with_context(**context).message_post(body="已同意"))

    def test_notifying(self):
        message = self.channel.message_notify(body="已同意", partner_ids=self.leader.partner_id.ids, **self.forged)
        self.assertMine(message)

    def test_a_message_of_its_own(self):
        Message = self.env["mail.message"].with_user(self.doctor)
        row = {"body": "已同意", "model": "discuss.channel", "res_id": self.channel.id}
        self.assertMine(Message.create({**row, **self.forged}))
        context = {f"default_{name}": value for name, value in self.forged.items()}
        message = Message.with_context(**context).create(row)
        self.assertMine(message)
        message.write(self.forged)
        self.assertMine(message)

    def test_the_dialog_of_mails(self):
        Composer = self.env["mail.compose.message"].with_user(self.doctor)
        partner = self.doctor.partner_id
        for mode in ("comment", "mass_mail"):
            composer = Composer.with_context(default_email_from="leader@example.com").create(
                {
                    "model": "res.partner",
                    "res_ids": str(partner.ids),
                    "composition_mode": mode,
                    "body": "已同意",
                    "subject": mode,
                    "partner_ids": self.leader.partner_id.ids,
                    **self.forged,
                }
            )
            with self.subTest(mode):
                for mail in composer._prepare_mail_values(partner.ids).values():
                    self.assertEqual(mail["author_id"], partner.id)
                    self.assertIn("doctor@example.com", mail["email_from"])

    def test_a_mail_for_later(self):
        later = (
            self.env["mail.scheduled.message"]
            .with_user(self.doctor)
            .create(
                {
                    "author_id": self.leader.partner_id.id,
                    "model": "discuss.channel",
                    "res_id": self.channel.id,
                    "body": "已同意",
                    "scheduled_date": "2031-01-01 00:00:00",
                }
            )
        )
        self.assertEqual(later.sudo().author_id, self.doctor.partner_id)
        later.write({"author_id": self.leader.partner_id.id})
        self.assertEqual(later.sudo().author_id, self.doctor.partner_id)

    def test_no_mail_from_outside_is_brought_in_by_hand(self):
        Thread = self.env["mail.thread"].with_user(self.doctor)
        mail = MAIL % {"name": "leader", "email": "leader@example.com"}
        for attempt in (
            lambda: Thread.message_process("res.partner", mail, thread_id=self.doctor.partner_id.id),
            lambda: self.channel.message_update({"author_id": self.leader.partner_id.id}),
            lambda: self.channel.message_new({"email_from": "leader@example.com", "subject": "x"}),
        ):
            with self.assertRaisesRegex(AccessError, "by the mail server alone"), self.cr.savepoint():
                attempt()

    # === WORDS OF OTHERS === #

    def test_nobody_changes_or_deletes_the_words_of_another(self):
        """Not even of a message to oneself, or in a channel of one's own: Odoo lets both."""
        self.channel._add_members(users=self.leader)
        said = self.channel.with_user(self.leader).message_post(
            body="不同意", message_type="comment", partner_ids=self.doctor.partner_id.ids
        )
        mine = said.with_user(self.doctor)
        for attempt in (
            lambda: mine.write({"body": "同意"}),
            lambda: mine.write({"date": "2020-01-01 00:00:00"}),
            mine.unlink,
        ):
            with self.denied(("Message", "消息")), self.cr.savepoint():
                attempt()
        self.assertIn("不同意", said.body)
        mine.toggle_message_starred()
        own = self.channel.message_post(body="收到", message_type="comment")
        own.write({"body": "已收到"})
        self.assertIn("已收到", own.body)

    def test_no_guest_speaks_under_a_name_of_their_own_choosing(self):
        for env in (self.env, self.env(user=self.doctor), self.env(user=self.env.ref("base.public_user"))):
            with self.denied("Only who is signed in"), self.cr.savepoint():
                env["mail.guest"].sudo().create({"name": self.leader.name})

    # === TEMPLATES === #

    def test_nobody_of_the_bureau_writes_templates_that_run_code(self):
        editors = self.env.ref("mail.group_mail_template_editor")
        for role in ROLES:
            groups = (
                self.env.ref(f"bphs_base.role_{role}").all_implied_ids | self.env.ref("base.group_user").all_implied_ids
            )
            self.assertNotIn(editors, groups, role)
        row = {
            "name": "x",
            "model_id": self.env["ir.model"]._get("res.users").id,
            "body_html": "<p t-out=\"object.sudo().env['ir.config_parameter'].get_param('database.secret')\"/>",
        }
        for key in self.user:
            self.assertFalse(self.user[key].has_group("mail.group_mail_template_editor"), key)
            for values in (row, {**row, "body_html": "<p>x</p>", "email_from": "leader@example.com"}):
                with self.subTest(key), self.denied(("not allowed", "system")), self.cr.savepoint():
                    self.as_user(key, "mail.template").create(values)

    def test_not_even_an_editor_renders_with_every_right(self):
        self.doctor.group_ids += self.env.ref("mail.group_mail_template_editor")
        mine = self.env["mail.template"].with_user(self.doctor)
        code = "{{ object.sudo().env['res.users'].search([]) }}"
        with self.denied(("not allowed", "system", "editor", "Editor", "邮件模板编辑器")), self.cr.savepoint():
            mine.create({"name": "x", "model_id": self.env["ir.model"]._get("res.users").id, "subject": code})
        composer = self.env["mail.compose.message"].with_user(self.doctor)
        with (
            self.refused(("not allowed", "system", "editor", "Editor", "render", "邮件模板编辑器")),
            self.cr.savepoint(),
        ):
            made = composer.create(
                {
                    "model": "res.partner",
                    "res_ids": str(self.doctor.partner_id.ids),
                    "composition_mode": "mass_mail",
                    "subject": code,
                    "body": "x",
                }
            )
            self.assertNotIn("res.users(", str(made._prepare_mail_values(self.doctor.partner_id.ids)))
            raise AssertionError("rendered")

    def test_no_role_with_the_editors_group_is_given_by_the_bureau(self):
        editors = self.env.ref("mail.group_mail_template_editor")
        role = self.env["res.users.role"].create({"name": "editors", "implied_ids": [(4, editors.id)]})
        with self.assertRaisesRegex(AccessError, "given by the system administrator"):
            self.as_user("administrator", "res.users.role.line").create(
                {"role_id": role.id, "user_id": self.user["village_doctor_a1"].id}
            )
