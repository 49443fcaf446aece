from odoo import api, fields, models

from ...tools.grading.following import News

# What of a file a colour follows from.
FOLLOWED = {
    *("birth_date", "status", "living_alone", "empty_nest", "extreme_poverty", "minimum_living", "disability_card"),
}


class BphsResident(models.Model):
    """An elder's colour, which follows from what is known of them."""

    _inherit = "bphs.resident"

    elder_standing_ids = fields.One2many("bphs.elderly.standing", "resident_id", string="Colour", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        residents = super().create(vals_list)
        residents._regrade()
        return residents

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & set(vals):
            self._regrade()
        return result

    def _on_facts_changed(self):
        super()._on_facts_changed()
        self._regrade()

    def _on_groups_changed(self):
        super()._on_groups_changed()
        self._regrade()

    def _merge_into(self, survivor, reason):
        merge = super()._merge_into(survivor, reason)
        (self | survivor)._regrade()
        return merge

    def _resident_links(self):
        links = super()._resident_links()
        # Where somebody stands follows anew from the facts of the file that stays; of the closed one it goes.
        links.pop(("bphs.elderly.standing", "resident_id"), None)
        return links

    def _facts_together(self):
        # sudo: gradings follow from facts, whoever entered them
        return self.env["bphs.elderly.grader"].sudo()._together()

    def _regrade(self, voided=frozenset()):
        """Grade these people again, for something they are graded by has changed.

        :param voided: records that do not count any more, as ids of facts begin
        """
        news = {resident.id: News(voided=voided) for resident in self}
        # sudo: gradings follow from facts, whoever entered them
        self.env["bphs.elderly.grader"].sudo()._grade_at_once(news)

    def _resident_links(self):
        links = super()._resident_links()
        # A colour follows from facts: of both files it is graded anew. What stood of the closed one stays its history.
        for model in ("bphs.elderly.standing", "bphs.elderly.grading"):
            links.pop((model, "resident_id"), None)
        return links


class BphsResidentMerge(models.Model):
    _inherit = "bphs.resident.merge"

    def action_undo(self, reason=None):
        result = super().action_undo(reason)
        self.env.invalidate_all()
        (self.survivor_id | self.merged_id)._regrade()
        return result
