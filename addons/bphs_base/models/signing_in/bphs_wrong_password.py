import logging

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

from ...tools.guessing import ADDRESS_MINUTES, Limits, account_mark, address_mark, must_wait

_logger = logging.getLogger(__name__)

KEEP_DAYS = 30


class BphsWrongPassword(models.Model):
    """A wrong password, or a wrong key of an interface: who waits before the next try follows from these.

    Odoo counts in the memory of each worker, by address alone, and forgets all of an address as soon as anybody signs
    in from it: with an account of one's own, guessing at others never tires. Here the database counts, for all workers,
    by account and by address, and a right password forgives its own account only.
    """

    _name = "bphs.wrong.password"
    _description = "Wrong Password"
    _order = "id desc"
    _rec_name = "login"

    account = fields.Char(string="Fingerprint of the Account", readonly=True, index=True)
    # Only where it is an account: what is typed there may be a password.
    login = fields.Char(readonly=True)
    address = fields.Char(readonly=True, required=True, index=True)
    moment = fields.Datetime(readonly=True, required=True)
    forgiven = fields.Boolean(readonly=True)
    # As Odoo calls it: password, totp, webauthn; and `key`, of an interface.
    kind = fields.Char(string="Kind of Proof", readonly=True, required=True)

    # === WAITING === #

    @api.model
    def _check_may_try(self, login):
        """:raise AccessDenied: this account, or this address, has had too many wrong passwords"""
        account, address = account_mark(login), self._address()
        with self.env.registry.cursor() as cursor:
            ((failures, seconds, of_address),) = self._ask(
                cursor,
                SQL(
                    """SELECT count(*) FILTER (WHERE account = %(account)s AND NOT forgiven),
                              EXTRACT(EPOCH FROM timezone('UTC', clock_timestamp())
                                  - max(moment) FILTER (WHERE account = %(account)s AND NOT forgiven)),
                              count(*) FILTER (WHERE address = %(address)s AND moment > %(since)s)
                         FROM bphs_wrong_password
                        WHERE kind <> 'key' AND moment > timezone('UTC', clock_timestamp()) - interval '1 day'
                          AND (account = %(account)s OR address = %(address)s)""",
                    account=account,
                    address=address,
                    since=self._since(),
                ),
            )
        if must_wait(self._limits(), account_failures=failures, seconds_since=seconds, address_failures=of_address):
            self._refuse(login)

    @api.model
    def _check_may_try_key(self):
        """:raise AccessDenied: too many wrong keys came from this address"""
        # A request that only reads is asked where it reads itself.
        with self.env.registry.cursor(readonly=self.env.cr.readonly) as cursor:
            ((failures,),) = self._ask(
                cursor,
                SQL(
                    "SELECT count(*) FROM bphs_wrong_password WHERE kind = 'key' AND address = %s AND moment > %s",
                    self._address(),
                    self._since(),
                ),
            )
        if must_wait(self._limits(), account_failures=0, seconds_since=None, address_failures=failures):
            self._refuse("key")

    def _refuse(self, login):
        _logger.warning("Sign-in refused unseen for %r from %s: too many wrong passwords", login, self._address())
        raise AccessDenied(self.env._("Too many wrong passwords. Wait a minute before you try again."))

    # === COUNTING === #

    @api.model
    def _count(self, login, kind="password", known=False):
        """Enter a wrong password or code, whatever becomes of the request that brought it."""
        with self.env.registry.cursor() as cursor:
            cursor.execute(
                SQL(
                    "INSERT INTO bphs_wrong_password (account, login, address, moment, forgiven, kind)"
                    " VALUES (%s, %s, %s, timezone('UTC', clock_timestamp()), FALSE, %s)",
                    None if kind == "key" else account_mark(login),
                    login if known else None,
                    self._address(),
                    kind,
                )
            )

    @api.model
    def _forgive(self, login, kind):
        """A right password ends its own account's waiting; what came from its address counts on.

        Codes of the second step are forgiven by a right code alone: who knows the password would guess them for ever.
        """
        with self.env.registry.cursor() as cursor:
            cursor.execute(
                SQL(
                    "UPDATE bphs_wrong_password SET forgiven = TRUE WHERE account = %s AND kind = %s AND NOT forgiven",
                    account_mark(login),
                    kind,
                )
            )

    @api.autovacuum
    def _gc_wrong_passwords(self):
        # sudo: nobody may delete them; their time is over
        self.sudo().search([("moment", "<", fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS))]).unlink()

    # === HELPERS === #

    @staticmethod
    def _ask(cursor, query):
        cursor.execute(query)
        return cursor.fetchall()

    @staticmethod
    def _since():
        return SQL("timezone('UTC', clock_timestamp()) - make_interval(mins => %s)", ADDRESS_MINUTES)

    @staticmethod
    def _address():
        return address_mark(request.httprequest.remote_addr)

    @api.model
    def _limits(self):
        # sudo: settings that whoever signs in may not read
        settings = self.env["ir.config_parameter"].sudo()
        return Limits.of(
            account_failures=settings.get_param("base.login_cooldown_after"),
            account_seconds=settings.get_param("base.login_cooldown_duration"),
            address_failures=settings.get_param("bphs_base.wrong_passwords_of_address"),
        )
