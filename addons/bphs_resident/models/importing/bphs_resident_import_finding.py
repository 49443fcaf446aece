from odoo import fields, models

KINDS = [
    ("missing", "Empty"),
    ("check_digit", "Check Digit Wrong"),
    ("id_number", "Document Number Wrong"),
    ("birth_date", "Birth Date Not That of the ID"),
    ("sex", "Sex Not That of the ID"),
    ("date", "Impossible Date"),
    ("future", "Date in the Future"),
    ("village", "Village Unknown or Not in Scope"),
    ("ehr_number", "Health Record Number Wrong"),
    ("phone", "Phone Wrong"),
    ("choice", "Not One of the Choices"),
    ("too_long", "Too Long"),
    ("formula", "Begins Like a Formula"),
    ("encoding", "Characters Broken"),
    ("unreadable", "Not Readable"),
    ("twice", "Twice in the File"),
    ("known", "Known under Another File"),
    ("elsewhere", "Kept by Another Institution"),
    ("moved", "Registered in Another Village"),
    ("household", "Household Number Wrong or Taken"),
]


class BphsResidentImportFinding(models.Model):
    """How many rows of a roll were refused for one reason; a row with several counts under the first."""

    _name = "bphs.resident.import.finding"
    _description = "Rejected Rows by Reason"
    _order = "import_id, count desc, id"
    _rec_name = "kind"

    import_id = fields.Many2one("bphs.resident.import", required=True, index=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(KINDS, string="Reason", required=True, readonly=True)
    count = fields.Integer(string="Rows", required=True, readonly=True)
    example_row = fields.Integer(string="First Row", readonly=True, help="As the spreadsheet numbers it.")
