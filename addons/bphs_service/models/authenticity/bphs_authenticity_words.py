from odoo import fields, models

from ...tools.authenticity.seen import parted

# What these found are records, and so many.
RECORDS = ("after_death", "after_moving", "in_hospital", "exam_copied", "at_night", "clinic_differs",
           "many_a_day", "at_once")  # fmt: skip


class BphsAuthenticityFinding(models.Model):
    """What a check found, in words: a bare figure says neither of what it is, nor of which day."""

    _inherit = "bphs.authenticity.finding"

    def _in_words(self, seen):
        """:param str seen: as the check wrote it, less what is not for the user
        :return str: the same as a person reads it; what needs no more words stays as it is
        """
        self.ensure_one()
        _ = self.env._
        doubt = self.sudo()  # sudo: of which check it is, and of which day, is told with the doubt
        value, number = parted(seen)
        match doubt.check_id.code:
            case "many_a_day" if doubt.key:
                return _("%(day)s: %(number)s records", day=doubt.key, number=number)
            case "at_once" if doubt.key:
                return _("%(minute)s: %(number)s records", minute=self._county_minute(doubt.key), number=number)
            case "repeated":
                return _("%(value)s mmHg: %(number)s records in a row", value=value, number=number)
            case "shared_phone":
                return _("%(number)s people of one telephone number", number=number)
            case "fudging":
                below, __, above = seen.partition(":")
                return _("%(below)s records of 130–139, %(above)s of 140–149", below=below, above=above)
            case "no_device":
                return _("%(records)s records by device", records=seen)
            case code if code in RECORDS:
                return _("%(number)s records", number=number)
        return seen

    def _county_minute(self, stored):
        """``2026-03-05 02:03:00`` of the database -> ``2026-03-05 10:03`` of the county"""
        county = self.with_context(tz="Asia/Shanghai")
        moment = fields.Datetime.context_timestamp(county, fields.Datetime.to_datetime(stored))
        return f"{moment:%Y-%m-%d %H:%M}"
