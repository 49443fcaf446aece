from odoo import fields, models

KINDS = [
    ("open", "Opened"),
    ("list", "Listed"),
    ("history", "History Read"),
    ("unmask", "Unmasked"),
    ("create", "Created"),
    ("change", "Changed"),
    ("import", "Imported"),
    ("export", "Exported"),
    ("print", "Printed"),
    ("number", "Searched by Number"),
    ("number_limit", "Numbers Blocked Until Tomorrow"),
    ("search", "Searched by Name"),
    ("search_limit", "Searches of the Day Used Up"),
    ("opening_limit", "Openings of the Day Used Up"),
    ("reckoned", "Counted by Conditions of One's Own"),
    ("reckoned_limit", "Counts of the Day Used Up"),
]


class BphsResidentAccess(models.Model):
    """Who saw or changed a resident's file, when and why. Written by the system, read by the auditor."""

    _name = "bphs.resident.access"
    _description = "Access to Residents' Files"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin", "bphs.spread.ids.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    resident_id = fields.Many2one(
        "bphs.resident", index="btree_not_null", ondelete="restrict", help="Empty for a list of several."
    )
    kind = fields.Selection(KINDS, required=True)
    what = fields.Char(help="The fields unmasked or changed, or the file exported.")
    reason = fields.Char()
    # Without the files for named persons: beside the list somebody sees, the whole number would tell of them.
    count = fields.Integer(string="Files", default=1)
    count_whole = fields.Integer(
        string="Files, All", groups="bphs_resident.group_sensitive", help="With the files for named persons."
    )
    # Two people of one name are two files.
    ehr_number = fields.Char(related="resident_id.ehr_number", string="Health Record Number")

    _user_index = models.Index("(user_id, id DESC)")

    def _record_file(self, kind, what, count, restricted=0):
        """Log that the current user brought in or took out a file of several residents, whom no list of files names.

        :param str kind: ``import`` or ``export``
        :param str what: the name of the file
        :param int count: its rows
        :param int restricted: how many of them are of files for named persons
        """
        # sudo: the log is the system's, nobody writes it by hand; and one's own scope
        user = self.env.user.sudo()
        entry = {"user_id": user.id, "institution_id": user.bphs_institution_ids[:1].id, "kind": kind}
        counts = {"count": count - restricted, "count_whole": count}
        return self.sudo().create({**entry, **counts, "what": what})  # sudo: as said

    def _record(self, residents, kind, reason=None, what=None):
        """Log an access of the current user: one entry a file, or one for a list.

        :param residents: bphs.resident
        :param str kind: of KINDS
        """
        user = self.env.user
        common = {"user_id": user.id, "kind": kind, "reason": reason, "what": what}
        if kind in ("list", "export"):
            # sudo: one's own scope, for a list that may be empty
            scope = residents.sudo().institution_id[:1] or user.sudo().bphs_institution_ids[:1]
            # sudo: which of them are for named persons is not everybody's to know
            plain = residents.sudo().filtered(lambda resident: not resident.restricted)
            counts = {"count": len(plain), "count_whole": len(residents)}
            entries = [{**common, **counts, "institution_id": scope.id}] if scope else []
        else:
            # sudo: where a file belonged is told even of one that was just moved out of the user's scope
            entries = [
                {**common, "resident_id": resident.id, "institution_id": resident.institution_id.id}
                for resident in residents.sudo()  # sudo: as said
            ]
        # The log is the system's: nobody has the right to write it, and nobody can leave an entry out.
        return self.sudo().create(entries)
