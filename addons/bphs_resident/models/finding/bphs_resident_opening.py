from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools import sealing
from ...tools.reason import has_words
from ..mixins.one_reading import is_entered

SEALED = {"id_number": (sealing.ID_NUMBER, "id_cipher"), "phone": (sealing.PHONE, "phone_cipher")}


class BphsResident(models.Model):
    """Opening and unmasking a file, and the entry of the log for each."""

    _inherit = "bphs.resident"

    # === ACTIONS === #

    def action_open(self, reason=None):
        """Open a file that a search found.

        :param str reason: needed by those who must search (users of no one township); kept in the log
        :return: the action that shows the form
        :raise UserError: no reason where one is needed, or too many files opened today
        :raise AccessError: the file is not in the user's scope, or not for them to see
        """
        self.ensure_one()
        must_search = self._must_search()
        if must_search:
            reason = self._checked_reason(reason, self.env._("Say in words why you need this file."))
            self._check_in_scope()
            self.env["bphs.resident.access"]._record_opening(self, reason)
        else:
            self.check_access("read")
            self._log_opening(reason)
        self.env.invalidate_all()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Health Record"),
        }

    def action_unmask(self, field, reason):
        """Show a sealed number once, with the reason in the log.

        :param str field: ``id_number`` or ``phone``
        :return str: the clear number
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_unmask():
            raise AccessError(self.env._("Your role does not see whole numbers."))
        if field not in SEALED:
            raise UserError(self.env._("There is no sealed number of that name."))
        reason = self._checked_reason(reason, self.env._("Say in words why you need the whole number."))
        self._log_access("unmask", reason=reason, what=self._labels_of([field]))
        ((__, number),) = self._opened(*SEALED[field])
        return number

    # === LOG === #

    def _read_format(self, fnames, load="_classic_read"):
        # Every way a client reads a record ends here: read, web_read, search_read, web_search_read.
        self._origin._log_reading()
        return super()._read_format(fnames, load=load)

    def _log_reading(self):
        """Enter that these files were shown: one as opened, several as a list."""
        if len(self) == 1:
            self._log_opening()
        else:
            self._log_access("list")

    def _log_access(self, kind, reason=None, what=None):
        """Enter an access of the current user; what the system does for itself is nobody's access."""
        if not self.env.su and self:
            self.env["bphs.resident.access"]._record(self, kind, reason=reason, what=what)

    def _log_opening(self, reason=None):
        """Enter that a file was opened; what a screen reads again within the minute is the same opening."""
        if self.env.su or not self or (not reason and is_entered(self.env.uid, self.id)):
            return
        self.env["bphs.resident.access"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_resident_access
                       (date, user_id, resident_id, institution_id, kind, reason, count,
                        create_uid, create_date, write_uid, write_date)
                SELECT %(now)s, %(uid)s, r.id, r.institution_id, 'open', %(reason)s, 1,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM bphs_resident r
                 WHERE r.id = %(id)s
                   AND NOT EXISTS (
                       SELECT FROM bphs_resident_access a
                        WHERE a.resident_id = r.id AND a.user_id = %(uid)s AND a.kind = 'open'
                          AND a.date > %(now)s - interval '1 minute'
                          AND (%(reason)s IS NULL OR a.reason = %(reason)s))
                """,
                now=self.env.cr.now(),
                uid=self.env.uid,
                id=self.id,
                reason=reason or None,
            )
        )

    @api.model
    def _checked_reason(self, reason, refusal):
        """A reason as it is entered; somebody will read it in the log.

        :param str refusal: what is said to whoever gives none
        :raise UserError: it has no words
        """
        reason = str(reason or "").strip()
        if not has_words(reason):
            raise UserError(refusal)
        return reason

    # === RIGHTS === #

    def _must_search(self):
        """Whether the current user opens files one by one, with a reason."""
        return not self.env.su and self.env.user.sudo().bphs_must_search  # sudo: a field for administrators

    def _check_in_scope(self):
        """Check all that holds for reading but the opening itself, for whoever is about to open.

        :raise AccessError: not within scope, or not for this user to see
        """
        self.browse().check_access("read")
        # sudo: the rule that asks for an opening of today would refuse the first one.
        allowed = self.sudo()._search([("id", "=", self.id), *self._visible_domain()])
        if not allowed.get_result_ids():
            self._raise_not_visible()

    def _raise_not_visible(self):
        raise AccessError(self.env._("This file is not within your scope."))

    def _visible_domain(self):
        """What the current user may see, as the record rules say it but for the opening: scope, named roles, age."""
        return [*self._scope_domain(), *self._named_roles_domain(), *self._age_domain()]

    def _scope_domain(self):
        return [("institution_id", "child_of", self.env.user.sudo().bphs_institution_ids.ids)]  # sudo: one's own scope

    def _named_roles_domain(self):
        return [] if self.env.user.has_group("bphs_resident.group_sensitive") else [("restricted", "=", False)]

    def _age_domain(self):
        return [] if self.env.user.has_group("bphs_resident.group_minor") else [("birth_date", "<=", "today -14y")]

    def _may_unmask(self):
        return self.env.su or self.env.user.has_group("bphs_resident.group_unmask")

    def _may_call(self):
        """Whether the current user may call this resident, who has a telephone."""
        # sudo: whether there is one at all; by its index, so that no number is opened for it
        return self._may_unmask() and bool(self.sudo().phone_index)
