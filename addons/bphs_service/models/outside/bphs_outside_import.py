from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_resident.models.importing.bphs_resident_import import STATES
from odoo.addons.bphs_resident.tools.roll_reader import open_roll

from ...tools.outside.columns import COLUMNS, CONDITION, DEATH, RECORD, SHEETS, VISIT
from ...tools.outside.row import OutsideReader
from .bphs_outside_key import KINDS

REASONS = [
    ("missing", "Empty"),
    ("number", "Number Wrong"),
    ("date", "Day Impossible"),
    ("system", "Source System Unknown or Not in Scope"),
    ("form", "Form Unknown"),
    ("worker", "Worker or Institution Unknown or Not in Scope"),
    ("choice", "Not One of the Choices"),
    ("bounds", "Value Impossible"),
    ("answer", "Not Asked by the Form"),
    ("unreadable", "Not Readable"),
    ("twice", "Twice in the File"),
    ("unknown", "Nobody of This Number in Scope"),
    ("known", "Number of Somebody Else"),
    ("ended", "After the Death"),
    ("changed", "Came in Before with Something Else"),
]
# What goes by the steps of the register, one after another, in smaller parts.
FEW, SMALL_PART = (CONDITION, DEATH), 500


class BphsOutsideImport(models.Model):
    """One file from another system on its way in (外部数据导入): visits and exams, conditions, deaths, outside records.

    The machinery is that of a roll of residents: read, checked, confirmed, loaded in parts by jobs, rejected rows given
    back. What it holds its headings tell. Loaded twice it makes nothing twice: each row bears a number of its system.
    """

    _name = "bphs.outside.import"
    _inherit = ["bphs.resident.import", "bphs.outside.rows"]
    _description = "Import from Outside"

    kind = fields.Selection(KINDS, string="Holds", readonly=True)
    # Said here again, so that its words are this module's to translate.
    state = fields.Selection(STATES, readonly=True, required=True, default="draft")
    finding_ids = fields.One2many("bphs.outside.import.finding", "import_id")

    # === ACTIONS === #

    def action_download_rejects(self):
        """Download the rejected rows, each with its reasons.

        :raise UserError: there are none, or they were kept their time
        """
        return super().action_download_rejects() | {"url": f"/bphs_service/import/{self.id}/rejects"}

    def _check_importer(self):
        super()._check_importer()
        if not self.env.su:
            self.env["bphs.visit"].browse().check_access("create")

    # === THE ROWS === #

    def _open_sheet(self):
        """:return Roll: the file as it came, opened at its headings; what it holds is noted"""
        content = self._open_file("upload")
        kind, roll = _told_by_headings(content)
        self.sudo().kind = kind  # sudo: runs are written by jobs alone
        return roll

    def _make_rows_table(self):
        """An unlogged table: its rows can be read from the file again."""
        self._drop_rows()
        self._create_rows(SQL("UNLOGGED"))

    def _lines(self, roll, keys):
        # sudo: named by their codes, within the importer's scope alone
        systems = self.env["bphs.outside.system"].sudo().search([("institution_id", "in", sorted(self._scope_ids()))])
        reader = OutsideReader(self.kind, self._known(systems, named_person=True), self._county_today())
        written = self._written_columns()
        places = list(roll.positions.items())

        def lines():
            for number, cells in roll.rows():
                given = {key: cells[at] for key, at in places if at < len(cells) and cells[at] != ""}
                yield self._row_line(self.kind, number, *reader.read(given), keys, written)

        return written, lines()

    # === THE REGISTER === #

    def _match_rows(self):
        self._match_outside(self.kind)

    def _end_of_part(self):
        last = super()._end_of_part()
        if last is None or self.kind not in FEW:
            return last
        query = """SELECT max(number) FROM (SELECT number FROM %s WHERE number > %s AND outcome IN ('new', 'changed')
                                             ORDER BY number LIMIT %s) part"""
        ((last,),) = self.env.execute_query(SQL(query, self._rows(), self.loaded_until, SMALL_PART))
        return last

    def _load_part(self, after, until):
        """Make what the rows `after` < number <= `until` say, and enter it in the log."""
        self._log_part(*self._load_outside(self.kind, after, until))


class BphsOutsideImportFinding(models.Model):
    """How many rows of a file from outside were refused for one reason; a row with several counts under the first."""

    _name = "bphs.outside.import.finding"
    _description = "Rejected Rows from Outside by Reason"
    _order = "import_id, count desc, id"
    _rec_name = "kind"

    import_id = fields.Many2one("bphs.outside.import", required=True, index=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(REASONS, string="Reason", required=True, readonly=True)
    count = fields.Integer(string="Rows", required=True, readonly=True)
    example_row = fields.Integer(string="First Row", readonly=True, help="As the spreadsheet numbers it.")


def _told_by_headings(content):
    """What a file holds, told by its headings: the first kind that has all it needs.

    :return: (kind, :class:`~odoo.addons.bphs_resident.tools.roll_reader.Roll`)
    :raise SheetError: no kind has all it needs; what is wanting for visits is told
    """
    wanting = None
    for kind in (VISIT, CONDITION, DEATH, RECORD):
        try:
            return kind, open_roll(content, columns=COLUMNS[kind])
        except SheetError as error:
            wanting = wanting or error
    raise SheetError(f"{wanting}。各类表的必填列见模板：{'、'.join(SHEETS.values())}")
