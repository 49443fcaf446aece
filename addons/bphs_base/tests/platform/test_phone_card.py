from lxml import etree

from odoo.tests import tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestPhoneCard(CountyCase):
    """Lists without cards of their own become cards on a phone."""

    def card(self, model, key="finance_officer", **context):
        records = self.as_user(key, model).with_context(**context)
        arch = etree.fromstring(records.get_view(view_type="kanban")["arch"])
        return arch.find(".//t[@t-name='card']")

    def test_a_card_names_what_it_shows(self):
        card = self.card("bphs.working.day")
        fields = [node.get("name") for node in card.iter("field")]
        self.assertGreater(len(fields), 1)
        self.assertEqual(card.find("div/field").get("class"), "fw-bold")
        for line in card.findall("div")[1:]:
            self.assertTrue(line.find("span").text.strip())

    def test_an_icon_that_a_pointer_explains_has_its_words_on_a_card(self):
        arch = etree.fromstring("<list><field name='name'/><button name='x' icon='fa-undo' title='Take Back'/></list>")
        button = self.env["bphs.worker"]._cards_of(arch).find(".//button")
        self.assertEqual("".join(button.itertext()), "Take Back")

    def test_a_card_names_a_person_who_has_a_picture_in_the_list(self):
        table = etree.fromstring(
            "<list><field name='name'/><field name='user_id' widget='many2one_avatar_user'/></list>"
        )
        shown = self.env["bphs.worker"]._cards_of(table).find(".//field[@name='user_id']")
        self.assertFalse(shown.get("widget"), "on a card it would be the picture alone")

    def test_a_card_speaks_the_users_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "bphs_base")])._update_translations(["zh_CN"])
        texts = [label.text for label in self.card("bphs.working.day", lang="zh_CN").iter("span")]
        self.assertTrue(texts)
        self.assertFalse([text for text in texts if text.isascii()])

    def test_every_list_of_the_suite_has_a_card(self):
        views = self.env["ir.ui.view"].search([("type", "=", "list"), ("model", "=like", "bphs.%")])
        for model in sorted(set(views.mapped("model"))):
            with self.subTest(model=model):
                arch = etree.fromstring(self.env[model].get_view(view_type="kanban")["arch"])
                self.assertTrue(arch.findall(".//t[@t-name='card']//field"))
                for node in arch.iterfind(".//t[@t-name='card']//field"):
                    self.assertNotEqual(node.get("widget"), "handle")
                    if "enable_formatting" in (node.get("options") or ""):
                        self.assertEqual(node.get("widget"), "integer", "without it a card writes a year as 2,026")

    def test_a_card_hides_what_the_list_leaves_empty(self):
        views = self.env["ir.ui.view"].search([("type", "=", "list"), ("model", "=like", "bphs.%")])
        for model in sorted(set(views.mapped("model"))):
            table, _view = self.env[model]._get_view(view_type="list")
            unseen = {node.get("name"): node.get("invisible") for node in table.iterchildren("field")}
            for line in self.env[model]._get_default_kanban_view().iter("div"):
                if line.find("span") is not None:
                    self.assertEqual(line.get("invisible"), unseen[line.find("field").get("name")], model)

    def test_a_table_on_a_form_that_is_wider_than_a_phone_has_cards(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "form"), ("model", "=like", "bphs.%"), ("mode", "=", "primary")]
        )
        made = 0
        for view in views:
            arch = etree.fromstring(self.env[view.model].get_view(view.id, "form", mobile=True)["arch"])
            for node in arch.iterfind(".//field/list/.."):
                table = node.find("list")
                shown = [column for column in table.iterchildren("field") if not column.get("column_invisible")]
                shown = [column for column in shown if column.get("optional") != "hide"]
                ticked = table.get("editable") and node.get("mode") == "list"
                if len(shown) > 3 and not node.get("widget") and not ticked:
                    with self.subTest(view=view.name, table=node.get("name")):
                        self.assertTrue(node.findall("kanban//t[@t-name='card']//field"))
                        self.assertIn(node.get("mode"), ("list,kanban", None), "then the client shows the cards")
                        made += 1
        self.assertGreater(made, 5)

    def test_what_is_written_in_its_lines_is_written_on_a_form_where_it_is_a_card(self):
        table = etree.fromstring(
            "<list editable='bottom'><field name='sequence' widget='handle'/><field name='name' width='90px'/>"
            "<field name='active' optional='show' invisible='not name' column_invisible='parent.locked'/>"
            "<field name='phone' column_invisible='1'/></list>"
        )
        form = self.env["bphs.worker"]._form_of(table)
        fields = {node.get("name"): node for node in form.iter("field")}
        self.assertEqual(list(fields), ["name", "active", "phone"])
        self.assertFalse(fields["name"].get("width"))
        self.assertEqual(fields["active"].get("invisible"), "(not name) or (parent.locked)")
        self.assertEqual(fields["phone"].get("invisible"), "(1)")

    def test_an_amount_on_a_form_says_that_it_is_yuan(self):
        for model in sorted(name for name in self.env if name.startswith("bphs.") and "currency_id" in self.env[name]):
            if self.env[model]._abstract:
                continue
            arch, _view = self.env[model]._get_view(view_type="form")
            names = {node.get("name") for node in arch.iter("field")}
            if any(field.type == "monetary" and name in names for name, field in self.env[model]._fields.items()):
                self.assertIn("currency_id", names, model)

    def test_a_card_leaves_out_what_is_marked_as_a_code(self):
        table = etree.fromstring("<list><field name='name'/><field name='code' class='o_bphs_code'/></list>")
        fields = self.env["bphs.institution"]._cards_of(table).iter("field")
        self.assertEqual([node.get("name") for node in fields], ["name"])

    def title(self, model, *columns):
        table = etree.fromstring("<list>" + "".join(f"<field name='{name}'/>" for name in columns) + "</list>")
        card = self.env[model]._cards_of(table).find(".//t[@t-name='card']")
        lines = [node.get("name") for node in card.iter("field")]
        self.assertEqual(sorted(lines), sorted(columns), "everything else follows")
        return lines[0]

    def test_a_card_is_known_by_its_name(self):
        self.assertEqual(self.title("bphs.institution", "code", "kind", "name"), "name")
        self.assertEqual(self.title("bphs.period", "code", "kind", "date_start"), "kind", "a code is no name")
        self.assertEqual(self.title("bphs.period.exception", "period_id", "date_from", "institution_id"),
                         "institution_id")  # fmt: skip
        self.assertEqual(self.title("bphs.period.event", "create_date", "kind", "institution_id"), "create_date",
                         "an institution that may be empty names nothing")  # fmt: skip
        self.assertEqual(self.title("bphs.service.item", "sequence", "category"), "category")
        self.assertEqual(self.title("bphs.worker.post", "date_from", "worker_id", "institution_id"), "worker_id")
        self.assertEqual(self.title("bphs.worker", "id", "institution_id", "name"), "name")
        self.assertEqual(self.title("bphs.period.lock", "period_id", "locked", "institution_id"), "institution_id")

    def test_the_state_of_a_card_is_its_own(self):
        table = etree.fromstring(
            "<list><field name='date'/><field name='basis' widget='badge'/><field name='state' widget='badge'/></list>"
        )
        heading = self.env["bphs.population"]._cards_of(table).find(".//t[@t-name='card']/div")
        self.assertEqual([node.get("name") for node in heading.iter("field")], ["date", "state"])

    def test_what_is_not_so_is_no_line(self):
        table = etree.fromstring(
            "<list><field name='code'/><field name='kind'/><field name='locked'/>"
            "<field name='child_ids'/><field name='parent_id' context=\"{'a': 1}\"/></list>"
        )
        card = self.env["bphs.period"]._cards_of(table).find(".//t[@t-name='card']")
        lines = {line.find("field").get("name"): line for line in card.findall("div")[1:]}
        self.assertEqual(lines["locked"].get("t-if"), "record.locked.raw_value")
        self.assertEqual(lines["parent_id"].find("field").get("context"), "{'a': 1}")

    def test_what_a_row_is_pressed_for_stands_on_its_card(self):
        arch = etree.fromstring(
            """<field name="post_ids"><list><field name="institution_id" /><field name="date_from" />
            <field name="date_to" /><field name="create_date" /><button name="action_x" type="object" string="Move"
            icon="fa-exchange" invisible="not date_to" /></list></field>"""
        )
        self.env["bphs.worker"]._add_cards(arch)
        button = arch.find("kanban//button")
        self.assertEqual((button.get("name"), button.get("invisible")), ("action_x", "not date_to"))
        self.assertEqual("".join(button.itertext()), "Move")

    def test_a_table_written_in_its_lines_is_cards_with_a_form_and_one_with_cards_stays(self):
        for table, mode in (("<list editable='bottom'>%s</list>", "list,kanban"), ("<list>%s</list><kanban/>", None)):
            columns = "".join(
                f"<field name='{name}'/>" for name in ("institution_id", "date_from", "date_to", "create_date")
            )
            node = etree.fromstring(f"<field name='post_ids'>{table % columns}</field>")
            self.env["bphs.worker"]._add_cards(node)
            self.assertEqual(node.get("mode"), mode)
            self.assertEqual(len(node.findall("form//field")), 4 if mode else 0)
            node = etree.fromstring(f"<field name='post_ids' mode='list'><list editable='top'>{columns}</list></field>")
            self.env["bphs.worker"]._add_cards(node)
            self.assertEqual(node.get("mode"), "list", "who said so wants it written in its lines on a phone too")

    def test_every_action_that_lists_offers_the_cards(self):
        actions = self.env["ir.actions.act_window"].search([("res_model", "=like", "bphs.%")])
        lists = actions.filtered(lambda action: "list" in action.view_mode)
        self.assertGreater(len(lists), 10)
        for action in lists:
            modes = [mode for _view_id, mode in action.views]
            self.assertIn("kanban", modes[1:] if modes[0] == "list" else modes, action.name)
            self.assertEqual(len(set(modes)), len(modes), action.name)
        others = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "ir.ui.menu"), ("view_mode", "=like", "list%")]
        )
        self.assertNotIn("kanban", [mode for _view_id, mode in others[0].views])
