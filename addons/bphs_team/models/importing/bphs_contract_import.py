from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.importing.bphs_resident_import import STATES
from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import NEW, REJECTED
from odoo.addons.bphs_resident.tools import sealing
from odoo.addons.bphs_resident.tools.columns import copy_line
from odoo.addons.bphs_resident.tools.roll_reader import open_roll

from ...tools.contract_row import COLUMNS, ContractReader

KINDS = [
    ("missing", "Empty"),
    ("number", "Number Wrong"),
    ("date", "Day Impossible"),
    ("months", "Term Wrong"),
    ("team", "Team Unknown or Not in Scope"),
    ("package", "Package Unknown or Not Signed Then"),
    ("unreadable", "Not Readable"),
    ("twice", "Twice in the File"),
    ("unknown", "Nobody of This Number in Scope"),
    ("known", "Number of Somebody Else"),
    ("ended", "Does Not Live Here"),
    ("signed", "Has Another Contract Then"),
]
ROW_COLUMNS = {
    "number": "int4 NOT NULL",
    "ehr_number": "varchar",
    "id_index": "varchar",
    "name": "varchar",
    "team_id": "int4",
    "package_id": "int4",
    "signed_on": "date",
    "date_from": "date",
    "months": "int4",
    "until": "date",
    "problem_kind": "varchar",
    "problem": "varchar",
    "outcome": "varchar NOT NULL",
    "resident_id": "int4",  # the file found for the row
}
_WRITTEN = tuple(name for name in ROW_COLUMNS if name != "resident_id")


class BphsContractImport(models.Model):
    """One list of contracts on its way in (签约名册导入): read, checked, confirmed, loaded in parts by jobs.

    The machinery is that of a roll of residents, with rows of another kind: loaded twice it makes nothing twice, since
    a contract that is there already is unchanged, and one that would overlap another is refused.
    """

    _name = "bphs.contract.import"
    _inherit = ["bphs.resident.import"]
    _description = "Import of Contracts"

    # Said here again, so that its words are this module's to translate.
    state = fields.Selection(STATES, readonly=True, required=True, default="draft")
    finding_ids = fields.One2many("bphs.contract.import.finding", "import_id")

    def _check_importer(self):
        super()._check_importer()
        self.env["bphs.contract"]._check_signer()

    def action_download_rejects(self):
        """Download the rejected rows, each with its reasons.

        :raise UserError: there are none, or they were kept their time
        """
        return super().action_download_rejects() | {"url": f"/bphs_team/import/{self.id}/rejects"}

    # === THE ROWS === #

    def _open_sheet(self):
        return open_roll(self._open_file("upload"), columns=COLUMNS)

    def _make_rows_table(self):
        """An unlogged table: its rows can be read from the file again."""
        self._drop_rows()
        columns = SQL(", ").join(SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in ROW_COLUMNS.items())
        self.env.cr.execute(SQL("CREATE UNLOGGED TABLE %s (%s)", self._rows(), columns))

    def _lines(self, roll, keys):
        reader = ContractReader(
            roll.positions,
            self._teams(),
            self._packages(),
            self.env["bphs.contract.term"]._told(),
            self._county_today(),
        )
        return _WRITTEN, (self._contract_line(number, *reader.read(cells), keys) for number, cells in roll.rows())

    def _contract_line(self, number, row, problems, keys):
        # A refused row keeps nothing but its place: the file itself is read again for the workbook of rejects.
        stated = {} if problems else row | {"id_index": keys.index(sealing.ID_NUMBER, row.get("id_number"))}
        stated |= {
            "number": number,
            "problem_kind": problems[0].kind if problems else None,
            "problem": "；".join(map(str, problems)) or None,
            "outcome": REJECTED if problems else NEW,
        }
        return copy_line(tuple(stated.get(name) for name in _WRITTEN))

    def _teams(self):
        """:return: dict of code -> id of the teams within the user's scope"""
        within = [("institution_id", "in", sorted(self._scope_ids()))]
        return {team.code: team.id for team in self.env["bphs.team"].search(within)}

    def _packages(self):
        """:return: dict of code -> its published versions, by day, as (day, id, usual term)"""
        found = {}
        for package in self.env["bphs.package"].search([("state", "=", "published")], order="date_from, id"):
            found.setdefault(package.code, []).append((package.date_from, package.id, package.months))
        return found


class BphsContractImportFinding(models.Model):
    """How many rows of a list of contracts were refused for one reason; a row with several counts under the first."""

    _name = "bphs.contract.import.finding"
    _description = "Rejected Contracts by Reason"
    _order = "import_id, count desc, id"
    _rec_name = "kind"

    import_id = fields.Many2one("bphs.contract.import", required=True, index=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(KINDS, string="Reason", required=True, readonly=True)
    count = fields.Integer(string="Rows", required=True, readonly=True)
    example_row = fields.Integer(string="First Row", readonly=True, help="As the spreadsheet numbers it.")
