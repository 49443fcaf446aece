from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.orm.models import NO_ACCESS

from ...tools import sealing

# System parameters, and what holds where a county has set none or nonsense. None of them can be switched off.
LIMITS = {
    "bphs_resident.fruitless_in_ten_minutes": 10,
    "bphs_resident.fruitless_a_day": 30,
    "bphs_resident.openings_a_day": 60,
    "bphs_resident.searches_a_day": 120,
    "bphs_resident.reckonings_a_day": 6,
}
SHORT = timedelta(minutes=10)


class BphsResidentAccess(models.Model):
    """What is counted of a user in the log, and what is refused until tomorrow when it is used up.

    Each counted entry bears its place in the day. Two requests at one moment cannot both take the same place: the
    second is tried again and sees the first, so that asking in parallel gains nothing.
    """

    _inherit = "bphs.resident.access"

    fingerprint = fields.Char(
        readonly=True,
        help="Of the number or the name that was searched for: the same gives the same, and nobody reads it.",
    )
    # Nobody reads it: of openings in a row the one that is missing would be that of a file for named persons.
    nth = fields.Integer(string="Counted", help="The how-manieth of the day, of what is limited.", groups=NO_ACCESS)
    nth_on = fields.Date(help="The county's day on which it is counted.")

    _nth_uniq = models.UniqueIndex("(user_id, kind, nth_on, nth) WHERE nth IS NOT NULL")

    @api.model
    def _set_out_limits(self):
        """Lay the limits out among the system parameters, where a county finds them and sets its own."""
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: when the module is installed
        for key, limit in LIMITS.items():
            parameters.set_param(key, limit)

    # === NUMBERS === #

    def _record_number(self, kind, number, found, resident=None):
        """Enter that the current user asked for a whole number, or the last four of one.

        :param str kind: of `tools.sealing`
        :param str number: as it was normalised; it is entered by its fingerprint alone
        :param bool found: whether it led to somebody this user may see
        :param resident: the file whose number was changed, where it was no search
        """
        entry = {
            "kind": "number",
            "what": self._number_labels()[kind],
            "fingerprint": self.env["bphs.resident.keyring"]._keys().index(kind, number),
            "count": int(found),
            "resident_id": resident and resident.id,
        }
        self._enter_number(entry, found)

    def _record_undone(self, kind, fingerprint):
        """Enter a number that was typed into a file which then was not saved; typed again it is the same question."""
        user = self.env.user.exists()
        if not user:
            return  # made in the transaction that was undone
        log = self.with_context(lang=user.lang)
        asked = [("user_id", "=", user.id), ("kind", "=", "number"), ("fingerprint", "=", fingerprint)]
        # sudo: the log is the system's
        if not self.sudo().search_count([*asked, ("nth_on", "=", self._county_today())], limit=1):
            what = log.env._("%(number)s, not saved", number=log._number_labels()[kind])
            log._enter_number({"kind": "number", "what": what, "fingerprint": fingerprint, "count": 0}, False)

    def _was_typed(self, resident):
        """Whether this user has changed numbers of this file today already: once is a correction."""
        typed = [("user_id", "=", self.env.uid), ("kind", "=", "number"), ("resident_id", "=", resident.id)]
        last = self.sudo().search(typed, limit=1)  # sudo: the log is the system's
        return bool(last) and self._county_day(last.date) == self._county_today()

    def _number_labels(self):
        return {
            sealing.ID_NUMBER: self.env._("ID number"),
            sealing.ID_LAST4: self.env._("last four of the ID number"),
            sealing.PHONE: self.env._("phone"),
        }

    def _enter_number(self, entry, found):
        if found:
            self._enter(entry)
            return
        nth = self._enter_counted(entry)
        recent = self.sudo().search_count(  # sudo: the log is the system's
            [
                ("user_id", "=", self.env.uid),
                ("kind", "=", "number"),
                ("nth", "!=", False),
                ("date", ">", self._now() - SHORT),
            ]
        )
        if nth >= self._limit("fruitless_a_day") or recent >= self._limit("fruitless_in_ten_minutes"):
            self._block("number_limit", self.env._("%(count)s fruitless searches by number", count=nth))

    def _numbers_blocked(self):
        """Whether this user has guessed at numbers for so long that no more are looked up today."""
        return self._is_blocked("number_limit")

    def _check_numbers(self, at_once=0):
        """:param int at_once: how many document numbers one request asks about, to be answered for all of them together
        :raise UserError: they are too many, or no more numbers are looked up for this user today
        """
        if self._numbers_blocked():
            raise UserError(self.env._("Too many numbers led to nobody today. Numbers can be used again tomorrow."))
        most = self._limit("fruitless_in_ten_minutes")
        if at_once > most:
            raise UserError(
                self.env._(
                    "At most %(count)s files with document numbers are saved at once. Save the rest after.", count=most
                )
            )

    # === NAMES === #

    def _fingerprint_of_names(self, terms, filters, first):
        """What a search by name is entered by, with what it was narrowed down to; never the name.

        :param int first: the row at which the page begins
        """
        named = [f"{term.kind}:{term.value}" for term in terms]
        narrowed = [f"{name}={value}" for name, value in filters.items()]
        asked = " ".join(sorted([*named, *narrowed, *([f"from={first}"] if first else [])]))
        return self.env["bphs.resident.keyring"]._keys().index(sealing.NAME, asked)

    def _searches_used_up(self, fingerprint):
        """Whether the searches by name of this day are used up; one that was counted today may be asked again."""
        return self._last_counted("search") >= self._limit("searches_a_day") and not self._was_searched(fingerprint)

    def _record_search(self, fingerprint, count):
        """Enter that the current user, who must search, found somebody by name, and count it once a day."""
        if self._was_searched(fingerprint):
            return
        entry = {"kind": "search", "what": self.env._("name"), "fingerprint": fingerprint, "count": count}
        nth = self._enter_counted(entry)
        if nth >= self._limit("searches_a_day"):
            self._block("search_limit", self.env._("%(count)s searches by name", count=nth))

    def _was_searched(self, fingerprint):
        asked = [*self._counted_today("search"), ("fingerprint", "=", fingerprint)]
        return bool(self.sudo().search_count(asked, limit=1))  # sudo: the log is the system's

    # === OPENINGS === #

    def _record_opening(self, resident, reason):
        """Enter that a user who must search opened a file, and count it where it is not open today already.

        :raise UserError: the openings of the day are used up
        """
        entry = {"kind": "open", "reason": reason, "resident_id": resident.id, "count": 1}
        # sudo: the log is the system's
        opened = self.sudo().search_count([*self._counted_today("open"), ("resident_id", "=", resident.id)], limit=1)
        if opened:
            self._enter(entry)
            return
        most = self._limit("openings_a_day")
        used_up = self.env._(
            "%(count)s files have been opened today, which is the limit for whoever works for the whole "
            "county. More can be opened tomorrow.",
            count=most,
        )
        self._enter_up_to(most, entry, used_up, "opening_limit", self.env._("%(count)s files opened", count=most))

    # === FIGURES === #

    def _record_reckoning(self, what):
        """Enter that the current user has people counted by conditions of their own: asked finely enough, each count is
        an answer about somebody. Of who must search it is counted.

        :param str what: by which conditions
        :raise UserError: the counts of the day are used up
        """
        entry = {"kind": "reckoned", "what": what, "count": 0}
        if not self.env["bphs.resident"]._must_search():
            self._enter(entry)
            return
        most = self._limit("reckonings_a_day")
        used_up = self.env._(
            "People were counted by conditions of your own %(count)s times today, which is the limit for "
            "whoever works for the whole county. It can be done again tomorrow.",
            count=most,
        )
        told = self.env._("%(count)s counts by conditions of one's own", count=most)
        self._enter_up_to(most, entry, used_up, "reckoned_limit", told)

    @api.model
    def _record_figures(self, page, first, last):
        """Enter that the current user, who must search, is told figures of a day or of the days from one to another.

        Of days of one's own they are counts by conditions of one's own: between two days on which one person comes to
        an age, moves or dies, they differ by what this person has, and the search page tells how old everybody is.
        So other days than today, from the first of a month on, are counted like such; asked again they are the same.

        :param str page: its name
        :raise UserError: the counts of the day are used up
        """
        if not self.env["bphs.resident"]._must_search():
            return
        what = page if first == last else f"{page}: {first} – {last}"
        today = self._county_today()
        asked = [("user_id", "=", self.env.uid), ("kind", "=", "reckoned"), ("what", "=", what)]
        asked += ["|", ("nth_on", "=", today), ("date", ">=", self._county_midnight(today))]
        if self.sudo().search_count(asked, limit=1):  # sudo: the log is the system's
            return
        if last == today and (first == last or first.day == 1):
            self._enter({"kind": "reckoned", "what": what, "count": 0})
        else:
            self._record_reckoning(what)

    # === HELPERS === #

    def _enter_up_to(self, most, entry, used_up, limit, told):
        """Enter and count what may be done so many times a day; the last time tells the auditor.

        :param str used_up: said to the user once the day's are used up
        :param limit, told: kind and words of the entry that tells so
        :raise UserError: they are used up
        """
        if self._last_counted(entry["kind"]) >= most:
            raise UserError(used_up)
        if self._enter_counted(entry) >= most:
            self._block(limit, told)

    def _limit(self, name):
        # sudo: a limit is read for everybody it holds for
        given = self.env["ir.config_parameter"].sudo().get_param(f"bphs_resident.{name}") or ""
        return int(given) if given.isdecimal() and 0 < int(given) < 10_000 else LIMITS[f"bphs_resident.{name}"]

    def _counted_today(self, kind):
        return [
            ("user_id", "=", self.env.uid),
            ("kind", "=", kind),
            ("nth_on", "=", self._county_today()),
            ("nth", "!=", False),
        ]

    def _last_counted(self, kind):
        # sudo: the log is the system's
        return self.sudo().search(self._counted_today(kind), order="nth desc", limit=1).nth

    def _is_blocked(self, kind):
        return bool(self._last_counted(kind))

    def _block(self, kind, what):
        if not self._is_blocked(kind):
            self._enter_counted({"kind": kind, "what": what, "count": 0})

    def _enter_counted(self, entry):
        """:return int: the entry's place in the day
        :raise ConcurrencyError: somebody took the place at this moment; the request is tried again
        """
        nth = self._last_counted(entry["kind"]) + 1
        try:
            self._enter({**entry, "nth": nth, "nth_on": self._county_today()})
            self.env.flush_all()
        except UniqueViolation as error:
            raise ConcurrencyError("another request of this user was counted meanwhile") from error
        return nth

    def _enter(self, entry):
        # sudo: the log is the system's, and one's own scope
        user = self.env.user.sudo()
        resident = self.env["bphs.resident"].sudo().browse(entry.get("resident_id") or ())  # sudo: as above
        scope = resident.institution_id or user.bphs_institution_ids[:1]
        if not scope:
            return self  # whose scope is empty finds nobody, and belongs to no one's log
        return self.sudo().create(  # sudo: as above
            {"date": self._now(), "user_id": user.id, "institution_id": scope.id, **entry}
        )
