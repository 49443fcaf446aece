from odoo.tools import SQL

from odoo.addons.bphs_base.tools.sampling import draw


class Drawing:
    """What is true of every sample that is drawn by chance, for test cases of one."""

    def check_drawn(self, sample, records, size):
        """It is drawn from these records and so large, gives the same when drawn again, and stays as it is.

        :return list: the keys that come out again
        """
        self.assertEqual((sample.frame_size, len(sample.line_ids), sample.state), (len(records), size, "drawn"))
        self.assertEqual(sample.frame.split(), [str(id_) for id_ in sorted(records.ids)])
        again = draw("systematic", sample.frame.split(), size, sample.seed)
        self.assertEqual(sample.action_repeat()["params"]["type"], "success")
        with self.refused("was drawn and stays"):
            sample.action_draw()
        with self.refused("is set by the steps"):
            sample.seed = "1"
        with self.refused("was drawn and stays"):
            sample.size = 9
        with self.refused("was drawn and stays"):
            sample.unlink()
        self.env.flush_all()
        table = SQL.identifier(sample._table)
        self.env.cr.execute(SQL("UPDATE %s SET frame = frame || '\n99' WHERE id = %s", table, sample.id))
        sample.invalidate_recordset()
        self.assertEqual(sample.action_repeat()["params"]["type"], "danger")
        return again
