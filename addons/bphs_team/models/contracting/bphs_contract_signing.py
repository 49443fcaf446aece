from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from .bphs_contract import SIGNING, SOURCES

CONTRACT_COLUMNS = (
    "id", "resident_id", "team_id", "worker_id", "package_id", "signed_on", "date_from", "months", "date_to", "until",
    "state", "source", "signed_by_id", "renewed_from_id", "create_uid", "create_date", "write_uid", "write_date",
)  # fmt: skip
# More files than this are one entry of the access log.
LISTED_ALONE = 50


class Signing(NamedTuple):
    """What one signing says of every contract it makes."""

    package: object
    extras: object
    signed_on: object
    date_from: object
    months: int
    source: str
    team: object = None
    worker: object = None


class BphsContract(models.Model):
    """Signing: a person, a household, a village or a saved search, by one statement over the set."""

    _inherit = "bphs.contract"

    @api.model
    def _sign(self, residents, signing):
        """Sign everybody of a set who can be signed.

        :param Domain residents: which; of these the files this user may read and change are signed
        :param Signing signing: with ``team`` empty each signs with the team of their village
        :return: bphs.contract that were made
        :raise AccessError: not one who signs, or a team that is not theirs to see
        :raise UserError: the package is not signed on that day, or a day or term that cannot be
        """
        self._check_signer()
        self._check_signing(signing)
        chosen = self._signable(residents)
        # sudo: who is signed was found by this user's own rights; a team may be that of a village only
        made = self.sudo()._insert_signed(chosen, signing, "running" if self._may_accept() else "review")
        made._after_signing(signing.extras)
        made = made.with_env(self.env)
        made._log_signed()
        return made

    def _log_signed(self):
        """Enter in the access log whose contracts were made: each file of a household, a village as one list."""
        residents = self.sudo().resident_id.with_env(self.env)  # sudo: to be named in the log
        log, what = self.env["bphs.resident.access"], self.env._("Contract signed")
        if len(residents) <= LISTED_ALONE:
            log._record(residents, "change", what=what)
        else:
            log._record(residents, "list", what=what)

    def _check_signer(self):
        """:raise AccessError: the user's role does not sign people"""
        if not self.env.su and not self.env.user._holds_role(SIGNING):
            raise AccessError(self.env._("Contracts are signed and ended by those who sign people."))
        self.env["bphs.resident"].check_access("read")

    def _check_signing(self, signing):
        today = self._county_today()
        self.env["bphs.contract.term"]._check_months(signing.months, signing.date_from)
        if signing.signed_on > today:
            raise UserError(self.env._("The day of signing lies in the future."))
        if signing.date_from < signing.signed_on:
            raise UserError(self.env._("A contract is not in force before it is signed."))
        if signing.source not in dict(SOURCES):
            raise UserError(self.env._("Say where the contract is signed."))
        (signing.package | signing.extras)._check_signed_on(signing.date_from)
        if signing.team:
            signing.team.check_access("read")
            if not signing.team.active:
                raise UserError(self.env._("%(name)s is closed: nobody signs with it.", name=signing.team.name))
        if signing.worker:
            self._check_member(signing)

    def _check_member(self, signing):
        # sudo: whether somebody is a member of a team one may see
        members = self.env["bphs.team.member"].sudo()
        wanted = [("team_id", "=", signing.team.id), ("worker_id", "=", signing.worker.id)]
        member = members.search_count([*wanted, *members._of_day(signing.date_from)], limit=1)
        if not member:
            raise UserError(self.env._("%(name)s is not in the team on that day.", name=signing.worker.display_name))

    def _signable(self, residents):
        """:return SQL: ids of the files of a set that this user may sign"""
        residents = self.env["bphs.resident"]._search(residents & self._open_files())
        return residents.subselect()

    def _open_files(self):
        return Domain("status", "=", "active")

    def _insert_signed(self, chosen, signing, state):
        self.env.flush_all()
        days = SQL("daterange(%s::date, (%s::date + %s * interval '1 month')::date, '[)')", signing.date_from,
                   signing.date_from, signing.months)  # fmt: skip
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO bphs_contract (%(columns)s)
                SELECT %(id)s, r.id, %(team)s, %(worker)s, %(package)s, %(signed_on)s, %(date_from)s, %(months)s,
                       upper(%(days)s) - 1, upper(%(days)s), %(state)s, %(source)s, %(uid)s, NULL,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM bphs_resident r %(village)s
                 WHERE r.id IN %(chosen)s
                   AND NOT EXISTS (SELECT FROM bphs_contract c
                                    WHERE c.resident_id = r.id AND c.state <> 'refused'
                                      AND daterange(c.date_from, c.until, '[)') && %(days)s)
                 ORDER BY r.id
                RETURNING id
                """,
                columns=SQL(", ").join(map(SQL.identifier, CONTRACT_COLUMNS)),
                # Two who sign one village at once wait for each other in this order, and none for both.
                id=spread_id("bphs_contract"),
                team=SQL("%s", signing.team.id) if signing.team else SQL("v.team_id"),
                worker=signing.worker.id if signing.worker else None,
                package=signing.package.id,
                signed_on=signing.signed_on,
                date_from=signing.date_from,
                months=signing.months,
                days=days,
                state=state,
                source=signing.source,
                uid=self.env.uid,
                now=self.env.cr.now(),
                village=SQL() if signing.team else self._team_of_village(SQL("r.division_id"), signing.date_from),
                chosen=chosen,
            )
        )
        return self.browse([contract_id for (contract_id,) in rows])

    def _team_of_village(self, division, day):
        """:return SQL: a join of the team that answers for a village on a day, as ``v``"""
        return SQL("JOIN (%s) v ON v.division_id = %s", self.env["bphs.team"]._villages_on(day), division)

    def _after_signing(self, extras):
        """Further packages, and the services that were given since a day of effect in the past."""
        if extras and self:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO bphs_contract_extra_rel (contract_id, package_id)"
                    " SELECT c, p FROM unnest(%s) c CROSS JOIN unnest(%s) p",
                    self.ids,
                    extras.ids,
                )
            )
        self.env["bphs.service.link"]._link_contracts(self)
        self.env.invalidate_all(flush=False)

    @api.model
    def _not_signed(self, residents, signing):
        """Who of a set is not signed, and why, of the files this user may read: said before it is done.

        :return: list of (reason, bphs.resident)
        """
        files = self.env["bphs.resident"]
        everybody = files.search(residents)
        here = everybody.filtered_domain(self._open_files())
        until = fields.Date.add(signing.date_from, months=signing.months)
        # sudo: that there is one, of persons this user may read
        signed = self.sudo().search(
            [
                ("resident_id", "in", here.ids),
                ("state", "!=", "refused"),
                ("date_from", "<", until),
                ("until", ">", signing.date_from),
            ]
        )
        holders = signed.resident_id.with_env(self.env)
        found = [("away", everybody - here), ("signed", holders)]
        if not signing.team:
            # sudo: which villages have a team hangs on the wall
            held = self.env["bphs.team.village"].sudo()
            villages = held.search([("division_id", "in", here.division_id.ids), *held._of_day(signing.date_from)])
            found.append(
                ("no_team", (here - holders).filtered(lambda one: one.division_id not in villages.division_id))
            )
        return [(reason, persons) for reason, persons in found if persons]

    @api.model
    def _signing_words(self):
        return {
            "away": self.env._("does not live here any more"),
            "signed": self.env._("has a contract already"),
            "no_team": self.env._("no team answers for the village: assign one first"),
        }
