from collections.abc import Callable
from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# Who begins a county. Each presses what their role may; the others see how far it is.
KEEPERS = ("administrator", "finance_officer")


@dataclass(frozen=True)
class Check:
    """One thing a step asks of the data: `least` records of a domain, or none left of it.

    The count shown and the list behind it are this one domain; a function that gives it, where finding it takes time.

    :param str text: what it is about, with a place for ``{count}``
    :param int least: how many there must be; 0: what the domain finds is what is missing
    :param bool required: whether the step waits for it
    :param str list_view: external id of an action whose views show the list
    """

    text: str
    model: str
    domain: Domain | Callable
    least: int = 0
    required: bool = True
    list_view: str = ""


@dataclass(frozen=True)
class Button:
    """What a person does about it: an action by its external id, for holders of one of these roles."""

    label: str
    action: str
    roles: tuple = ("administrator",)


@dataclass(frozen=True)
class Step:
    """A step of the way from an empty database to the first prepayment, in the order of `sequence`."""

    key: str
    sequence: int
    title: str
    note: str
    checks: list = field(default_factory=list)
    buttons: list = field(default_factory=list)


class BphsSetup(models.AbstractModel):
    """The beginning of a county (首次启用): what is to be done, what is missing, where to do it.

    Nothing is kept: how far it is follows from the data, so it can be left at any point and gone on with. A module
    adds its steps by overriding :meth:`_steps`.
    """

    _name = "bphs.setup"
    _description = "Beginning of a County"

    @api.model
    def _steps(self):
        """:return: list of :class:`Step`; each module adds its own to what `super` gives"""
        return []

    @api.model
    def get_page(self):
        """What the page shows.

        :return dict: steps with their checks, counts and buttons; how many of them are done
        :raise AccessError: neither administrator nor finance officer
        """
        self._check_keeper()
        steps = [self._shown(step) for step in sorted(self._steps(), key=lambda step: step.sequence)]
        done = sum(step["done"] for step in steps)
        return {"steps": steps, "done": done, "total": len(steps), "percent": 100 * done // len(steps)}

    @api.model
    def _progress(self):
        """:return tuple: how many steps are done, of how many; only what steps wait for is looked at"""
        steps = self._steps()
        done = sum(all(self._is_met(check) for check in step.checks if check.required) for step in steps)
        return done, len(steps)

    def _is_met(self, check):
        found = self._countable(check).search_count(_domain_of(check), limit=check.least or 1)
        return found >= check.least if check.least else not found

    def _countable(self, check):
        records = self.env[check.model]
        # sudo: how many there are, for whoever may not look at them; the county waits for them all the same
        return records if records.has_access("read") else records.sudo()

    @api.model
    def _check_keeper(self):
        if not self.env.user._holds_role(KEEPERS):
            raise AccessError(self.env._("The bureau administrator and finance begin a county."))

    def _shown(self, step):
        checks = [self._counted(check) for check in step.checks]
        buttons = [
            {"label": button.label, "action": button.action}
            for button in step.buttons
            if self.env.user._holds_role(button.roles)
        ]
        return {
            "key": step.key,
            "title": step.title,
            "note": step.note,
            "checks": checks,
            "buttons": buttons,
            "done": all(check["met"] for check in checks if check["required"]),
        }

    def _counted(self, check):
        domain, records = _domain_of(check), self._countable(check)
        count = records.search_count(domain)
        met = count >= check.least if check.least else not count
        return {
            "text": check.text.format(count=count, least=check.least),
            "met": met,
            "required": check.required,
            "list": records.env.su == self.env.su and bool(count) and self._list(check, list(domain)),
        }

    def _list(self, check, domain):
        if check.list_view:
            return {**self.env["ir.actions.act_window"]._for_xml_id(check.list_view), "domain": domain}
        return {
            "type": "ir.actions.act_window",
            "name": check.text.partition("：")[0].format(count="", least=check.least).strip(),
            "res_model": check.model,
            "views": [[False, "list"], [False, "form"]],
            "domain": domain,
        }


def _domain_of(check):
    return check.domain() if callable(check.domain) else check.domain
