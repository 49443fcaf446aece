"""Rolls and rejected rows lay in clear in the file store: they are sealed, or go where there is no key for it."""

import logging

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for run in env["bphs.resident.import"].search([]):
        for file in run._files():
            try:
                run._keep_file(file.res_field, file.name, file.raw)
            except UserError as error:
                _logger.info("import %s: %s is removed, as it cannot be sealed: %s", run.id, file.res_field, error)
                if file.res_field == "reject_file":
                    run.reject_file_name = False
                file.unlink()
