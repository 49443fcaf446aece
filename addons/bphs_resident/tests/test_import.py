import base64
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.importing import bphs_resident_import_load
from ..models.sealing.keyring import key_file
from ..tools import sealing
from .common import id_number
from .roll_case import HEADINGS, KEYS, RollCase


@tagged("post_install", "-at_install")
class TestImport(RollCase):
    """A roll goes in as it is written, once, and says of every row that stays out why."""

    def test_new_people_come_in_whole(self):
        people = [
            self.person(101, name="孙　悟空", groups="高血压、严重精神障碍", facts="独居、低保", address="东街3号"),
            self.person(102, name="白𬭎", relation="配偶", birth="19630911", id_type=""),
            self.person(103, ehr_number="", in_village=self.village_a2, household="", relation=""),
        ]
        run = self.receive(self.csv(people))
        self.assertEqual((run.state, self.counts(run)), ("checked", (3, 0, 0, 0)))
        self.assertFalse(self.found("99049910120100101"), "a check changes nothing")
        self.load(run)
        self.assertEqual((run.state, run.progress, self.counts(run)), ("done", 100, (3, 0, 0, 0)))
        sun, bai = self.found("99049910120100101"), self.found("99049910120100102")
        self.assertEqual((sun.name, sun.sex, sun.institution_id), ("孙悟空", "male", self.clinic_a1))
        self.assertEqual((sun.township_id, sun.living_alone, sun.disability_card), (self.township_a, True, False))
        self.assertEqual(set(sun.group_ids.mapped("kind")), {"hypertension", "smi"})
        self.assertTrue(sun.restricted)
        self.assertFalse(bai.restricted)
        self.assertEqual(sun.household_id.number, "990499101201H00007")
        self.assertEqual((sun.household_id, sun.household_id.address), (bai.household_id, "东街3号"))
        self.assertEqual(sun.household_id.head_id, sun)
        third = self.env["bphs.resident"].search([("division_id", "=", self.village_a2.id)], order="id desc", limit=1)
        self.assertEqual(third.ehr_number[:12], self.village_a2.code)
        self.assertFalse(third.household_id)
        self.assertIn("孙悟空", self.names("importer", "swk"))
        self.assertIn("白𬭎", self.names("importer", id_number("19630911", 102)))

    def test_a_check_alone_stands_in_the_log(self):
        """It tells which numbers lead to somebody, and can be thrown away."""
        self.make("孙大圣", self.village_a1, "19610307", 101)
        run = self.receive(self.csv([self.person(order) for order in (101, 102, 103)]))
        mine = [("user_id", "=", self.user["importer"].id), ("kind", "=", "number")]
        entry = self.env["bphs.resident.access"].search(mine)
        self.assertEqual((entry.count, entry.count_whole), (2, 3))
        self.assertIn("led to nobody", entry.what)
        self.as_user("importer", run).unlink()
        self.assertTrue(entry.exists())

    def test_bulk_and_form_write_the_same(self):
        self.load(self.receive(self.csv([self.person(101, name="单雄信", groups="高血压")])))
        loaded = self.found("99049910120100101")
        names = ("pinyin", "initials", "search_tokens", "id_index", "id_last4_index", "phone_index", "standardised",
                 "failures", "restricted", "status", "active", "residence_kind", "id_type")  # fmt: skip
        columns = SQL(", ").join(map(SQL.identifier, names))
        ask = SQL("SELECT %s FROM bphs_resident WHERE id = %s", columns, loaded.id)
        before = self.env.execute_query(ask)
        for name in ("pinyin", "initials", "search_tokens", "standardised", "failures", "restricted"):
            self.env.add_to_compute(loaded._fields[name], loaded)
        loaded.write({"id_number": id_number("19610307", 101), "phone": "15400000001"})
        self.env.flush_all()
        self.assertEqual(self.env.execute_query(ask), before)

    def test_twice_changes_nothing(self):
        content = self.csv([self.person(101, groups="糖尿病".replace("糖", "2型糖")), self.person(102)])
        self.load(self.receive(content))
        kept = SQL("SELECT id, name, id_cipher, phone_cipher, write_date, household_id FROM bphs_resident ORDER BY id")
        before = self.env.execute_query(kept)
        again = self.receive(content)
        self.assertEqual(self.counts(again), (0, 0, 2, 0))
        with self.refused("Nothing is new or changed: there is nothing to"):
            again.action_confirm()
        self.assertEqual(self.env.execute_query(kept), before)

    def test_what_a_row_says_is_changed_and_no_more(self):
        self.load(self.receive(self.csv([self.person(101, facts="低保", groups="高血压")])))
        told = {
            **dict.fromkeys(KEYS, ""),
            **{key: self.person(101)[key] for key in ("id_number", "sex", "birth_date", "village")},
            "name": "孙行者",
            "phone": "15400000002",
        }
        run = self.receive(self.csv([told]))
        self.assertEqual(self.counts(run), (0, 1, 0, 0))
        self.load(run)
        sun = self.found("99049910120100101")
        self.assertEqual((sun.name, sun.pinyin, sun.phone_masked), ("孙行者", "sun xing zhe", "154****0002"))
        self.assertTrue(sun.minimum_living)
        self.assertEqual(sun.group_ids.mapped("kind"), ["hypertension"])
        self.assertEqual(sun.household_id.number, "990499101201H00007")
        self.assertIn("孙行者", self.names("importer", "sxz"))
        self.assertNotIn("孙行者", self.names("importer", "孙大圣"))

    def test_mended_rejects_are_a_roll_again(self):
        run = self.receive(self.csv([self.person(101, name="")]))
        book = self.reject_rows(run)
        book[1][KEYS.index("name")] = "孙大圣"
        again = self.receive(base64.b64decode(self.workbook(book)), name="再来.xlsx")
        self.assertEqual((again.message, self.counts(again)), (False, (1, 0, 0, 0)))

    def test_other_files_are_not_taken_over(self):
        people = {
            "number of another person": self.person(101, ehr_number=self.zhang.ehr_number),
            "document of another file": self.person(1, ehr_number="99049910120100105", birth="19500101", name="张三丰"),
            "another village": self.person(2, ehr_number="", birth="19480315", name="李晓霞"),
        }
        run = self.receive(self.csv(people.values()))
        self.assertEqual(self.counts(run), (0, 0, 0, 3))
        reasons = self.rejects(run)
        self.assertIn("another document number", reasons[2])
        self.assertIn("another number", reasons[3])
        self.assertIn("moved", reasons[4])
        self.assertEqual({f.kind for f in run.finding_ids}, {"known", "moved"})

    def test_villages_of_others_are_unknown(self):
        run = self.receive(self.csv([self.person(101, in_village=self.village_b1)]))
        self.assertEqual([f.kind for f in run.finding_ids], ["village"])
        self.assertEqual(self.receive(self.csv([self.person(101)]), key="importer_b").rejected_count, 1)

    def test_files_excel_and_wps_write(self):
        people = [self.person(101)]
        for content in (self.csv(people, "gb18030"), self.csv(people, "utf-8"), self.csv(people, "utf-16")):
            self.assertEqual(self.counts(self.receive(content)), (1, 0, 0, 0))
        rows = [["某县居民名册"], [], HEADINGS, [people[0].get(key, "") for key in KEYS]]
        run = self.receive(base64.b64decode(self.workbook(rows)), name="名册.xlsx")
        self.assertEqual((run.message, self.counts(run)), (False, (1, 0, 0, 0)))
        number = KEYS.index("id_number")
        rows[3][number] = int(people[0]["id_number"][:17] + "0")
        run = self.receive(base64.b64decode(self.workbook(rows)), name="名册.xlsx")
        self.assertEqual([f.kind for f in run.finding_ids], ["unreadable"])

    def test_files_that_are_no_roll(self):
        for content, words in (
            (b"", "空"),
            ("姓名,性别\n张三,男\n".encode(), "缺少"),
            (self.csv([], headings=["姓名", *HEADINGS[1:]]), "重复"),
            (b"%PDF-1.7", "不是"),
            ("乱,码\n1,2\n".encode("utf-16-le"), "文本"),
        ):
            run = self.receive(content)
            self.assertEqual(run.state, "refused", content[:20])
            self.assertIn(words, run.message)

    def test_too_many_rows(self):
        with patch("odoo.addons.bphs_resident.tools.roll_reader.MOST_ROWS", 2):
            run = self.receive(self.csv([self.person(at) for at in (101, 102, 103)]))
        self.assertEqual(run.state, "refused")
        self.assertIn("超过 2 行", run.message)

    def test_broken_off_it_goes_on(self):
        run = self.receive(self.csv([self.person(at) for at in range(101, 107)]))
        with patch.object(bphs_resident_import_load, "PART_ROWS", 2), trap_jobs() as trap:
            run.action_confirm()
            first = trap.enqueued_jobs[0]
            first.perform()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual((run.state, run.loaded_until, run.progress), ("loading", 3, 42))
            self.assertTrue(self.found("99049910120100102"))
            self.assertFalse(self.found("99049910120100103"))
            run._drop_rows()  # as after a crash of the database server
            run.action_resume()
            self.perform(trap)
        self.env.invalidate_all()
        self.assertEqual(run.state, "done")
        self.assertEqual(len(self.env["bphs.resident"].search([("name", "=", "孙大圣")])), 6)

    def test_key_changed_between_check_and_load(self):
        keyring = type(self.env["bphs.resident.keyring"])
        lines = [sealing.new_key_line("k9"), Path(key_file()).read_text("ascii")]
        run = self.receive(self.csv([self.person(101)]))
        with patch.object(keyring, "_keys", return_value=sealing.Keyring("".join(lines))), trap_jobs() as trap:
            run.action_confirm()
            with self.assertRaises(RetryableJobError):
                trap.enqueued_jobs[0].perform()
            self.assertEqual(self.receive(self.csv([self.person(102)])).state, "refused")
            for file in run._files():
                run._seal_file_anew(file)  # as the change of keys does
        after = sealing.Keyring(lines[0])
        with patch.object(keyring, "_keys", return_value=after), trap_jobs() as trap:
            run.action_resume()
            self.perform(trap)
        loaded = self.found("99049910120100101")
        self.assertEqual(after.open(sealing.PHONE, loaded.sudo().phone_cipher), "15400000001")

    def test_others_work_between_check_and_load(self):
        run = self.receive(self.csv([self.person(101), self.person(103)]))
        self.make("先来", self.village_a1, "19610307", 103)
        self.load(run)
        self.assertEqual(self.counts(run), (1, 0, 0, 1))
        self.assertIn("another number", self.rejects(run)[2])

    def test_confirmed_twice_it_is_loaded_once(self):
        run = self.receive(self.csv([self.person(101)]))
        with trap_jobs() as trap:
            run.action_confirm()
            run.action_confirm()
            run.action_resume()
            self.perform(trap)
        self.assertEqual(len(self.found("99049910120100101")), 1)
        logged = self.env["bphs.resident.access"].search([("kind", "=", "import"), ("user_id", "=", run.env.uid)])
        self.assertEqual(logged.mapped("count"), [1])

    def test_no_clear_number_stays_behind(self):
        run = self.receive(self.csv([self.person(101), self.person(102, name="")]))
        self.env.cr.execute(SQL("SELECT string_agg(r::text, ' ') FROM %s r", run._rows()))
        (kept,) = self.env.cr.fetchone()
        self.assertIn("孙大圣", kept)
        for number in (id_number("19610307", 101), id_number("19610307", 102), "15400000001"):
            self.assertNotIn(number, kept)
        for file in run._files():
            self.assertTrue(file.raw.startswith(b"k1."), file.res_field)
            for clear in (b"PK\x03\x04", id_number("19610307", 101).encode(), "孙大圣".encode()):
                self.assertNotIn(clear, file.raw, file.res_field)
            self.assertNotIn("19610307", str(file.index_content))
        self.load(run)
        self.assertEqual(run._files().mapped("res_field"), ["reject_file"])
        self.assertFalse(run._rows_exist())
        self.env.cr.execute("UPDATE bphs_resident_import SET write_date = now() - interval '31 days'")
        self.env.invalidate_all()
        self.env["bphs.resident.import"]._expire_files()
        self.assertFalse(run._files())
        with self.refused("There are no rejected rows, or they are no"):
            run.action_download_rejects()


@tagged("post_install", "-at_install")
class TestImportRights(RollCase):
    """Who may see everybody a roll may hold imports it, for their own villages; a run is its maker's."""

    def test_who_imports(self):
        self.assertEqual(self.receive(self.csv([self.person(101)])).state, "checked")
        for key in ("township_public_health_a", "administrator", "primary_care_officer", "auditor", "finance_officer"):
            with self.subTest(key), self.denied(("A roll holds residents of every kind. Only", "bphs.resident")):
                self.as_user(key, "bphs.resident.import").create({})
        named = self.user["finance_officer"]
        named.group_ids += self.env.ref("bphs_resident.group_sensitive")
        with self.no_right("create", "bphs.resident"):
            self.as_user("finance_officer", "bphs.resident.import").create({})

    def test_whose_it_is(self):
        run = self.receive(self.csv([self.person(101, name="")]))
        with self.denied("not within your scope"):
            run.with_user(self.user["importer_b"]).read(["file_name"])
        with self.denied("If you need it, ask the bureau administrator"):
            run.with_user(self.user["importer_b"])._receive("b.csv", b"x")
        for method in ("action_confirm", "action_check_again", "action_resume", "action_download_rejects"):
            with (
                self.subTest(method),
                self.denied(("If you need it, ask the bureau administrator", "not within your scope")),
            ):
                getattr(run.with_user(self.user["importer_b"]), method)()
        self.assertEqual(self.as_user("importer_b", run).search([]), run.browse())
        self.assertEqual(self.as_user("importer_b", run.finding_ids).search([]), run.finding_ids.browse())
        seen = run.with_user(self.user["auditor"])
        self.assertEqual(seen.read(["file_name", "rejected_count"])[0]["rejected_count"], 1)
        for name in ("upload", "reject_file"):
            with self.subTest(name), self.denied("Import of Residents"):
                seen.read([name])
        with self.denied("Import of Residents"):
            run.read(["upload"])

    def test_nothing_is_typed(self):
        run = self.as_user("importer", "bphs.resident.import").create({"state": "checked", "new_count": 5})
        self.assertEqual((run.state, run.new_count), ("draft", 0))
        with self.refused("What an import found is not changed by hand"):
            run.write({"state": "checked"})
        with self.refused("The file has not been checked yet"):
            run.action_confirm()
        loaded = self.load(self.receive(self.csv([self.person(101)])))
        with self.refused("An import that was confirmed stays, as the"):
            loaded.unlink()
        with self.refused("This import has a file already"):
            loaded._receive("b.csv", b"x")
        run.unlink()
