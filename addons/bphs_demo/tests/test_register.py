from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_resident.models.changing.bphs_resident_move import MOVE_KINDS

from ..making.county import read
from ..making.registering.residents import RESIDENTS
from ..making.registering.roll import IMPORTER


@tagged("post_install", "-at_install")
class TestRegister(TransactionCase):
    """The register's people find every list with something in it, and nobody is counted twice for it."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_everybody_is_counted_once(self):
        """Those the county began with, the files entered twice, and the new people of the roll."""
        everybody = self.env["bphs.resident"].with_context(active_test=False)
        (run,) = self.env["bphs.resident.import"].search([])
        self.assertEqual(everybody.search_count([]), RESIDENTS + len(read("duplicates")) + run.new_count)
        merged = everybody.search([("status", "=", "merged")])
        self.assertEqual(len(merged), 1)
        self.assertFalse(merged.active)
        gone = everybody.search_count([("status", "in", ("moved_out", "died", "lost"))])
        ended = [row["kind"] for row in read("moves") if row["kind"] in ("out", "died", "lost")]
        back = [row for row in read("moves") if row["kind"] == "back"]
        self.assertEqual(gone, len(ended) - len(back))

    def test_every_kind_of_pair_that_can_be_waits(self):
        """The same document stands in two files only where rows came in past the register's own index."""
        for place in ("yincheng", "beicheng"):
            pairs = self._as(f"ph.{place}", "bphs.resident.duplicate").search([("state", "=", "open")])
            self.assertEqual(set(pairs.mapped("kind")), {"probable", "close"})
            self.assertTrue(all(pairs.mapped("can_decide")))
        states = self.env["bphs.resident.duplicate"].search([]).mapped("state")
        self.assertEqual({state: states.count(state) for state in ("merged", "distinct")}, {"merged": 1, "distinct": 1})

    def test_the_search_of_tonight_finds_the_same(self):
        """The pairs are those of the real search: run again, it changes nothing."""
        pairs = self.env["bphs.resident.duplicate"].search([])
        before = pairs.mapped(lambda pair: (pair.id, pair.kind, pair.state))
        pairs._search_pairs()
        after = self.env["bphs.resident.duplicate"].search([])
        self.assertEqual(after.mapped(lambda pair: (pair.id, pair.kind, pair.state)), before)

    def test_one_merge_stands_and_one_is_undone(self):
        merges = self._as("ph.yincheng", "bphs.resident.merge").search([])
        undone = merges.filtered("undone_on")
        standing = merges - undone
        self.assertTrue(undone.undo_reason and undone.undone_on)
        self.assertEqual(undone.survivor_id.status, "active")
        self.assertEqual(undone.merged_id.status, "active")
        self.assertTrue(standing.can_undo)
        self.assertEqual(standing.merged_id.merged_into_id, standing.survivor_id)

    def test_moves_of_every_kind_over_the_last_months(self):
        moves = self.env["bphs.resident.move"].search([])
        self.assertEqual(set(moves.mapped("kind")), {kind for kind, __ in MOVE_KINDS})
        self.assertGreaterEqual(len({move.date.strftime("%Y-%m") for move in moves}), 5)
        within = moves.filtered(lambda move: move.kind == "within")
        townships = within.mapped(lambda move: (move.from_division_id.parent_id, move.to_division_id.parent_id))
        self.assertEqual({left == reached for left, reached in townships}, {True, False})
        for move in moves.filtered(lambda move: move.kind != "within"):
            self.assertTrue(move.evidence)
        together = {(move.date, move.from_division_id, move.to_division_id) for move in within}
        self.assertLess(len(together), len(within))  # whole households
        for login in ("ph.yincheng", "ph.beicheng", "teamleader.yincheng"):
            self.assertTrue(self._as(login, moves._name).search([]))

    def test_lists_in_every_state(self):
        lists = self.env["bphs.resident.export"].search([])
        self.assertEqual(set(lists.mapped("state")), {"waiting", "ready", "refused"})
        taken = self.env["bphs.print.log"].search([("res_model", "=", lists._name)])
        self.assertEqual(len(taken), 1)
        self.assertEqual(lists.filtered("downloaded_on").ids, taken.mapped("res_id"))
        ready = lists.filtered(lambda one: one.state == "ready")
        self.assertEqual({bool(one.approved_by_id) for one in ready}, {True, False})
        for place in ("yincheng", "beicheng"):
            director = self._as(f"director.{place}", lists._name)
            self.assertTrue(director.search([]).filtered("can_approve"))
        self.assertTrue(self._as("doctor.yincheng", lists._name).search([]).can_download)

    def test_a_roll_came_in_with_rejected_rows(self):
        (run,) = self._as(IMPORTER, "bphs.resident.import").search([])
        self.assertEqual(run.state, "done")
        self.assertEqual(run.row_count, run.new_count + run.rejected_count)
        self.assertGreaterEqual(len(run.finding_ids), 5)
        self.assertTrue(run.reject_file_name)
        self.assertEqual(run._download_rejects()[0], run.reject_file_name)
