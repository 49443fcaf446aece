import os
from configparser import ConfigParser
from functools import cache, lru_cache
from pathlib import Path

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import config

from ...tools.sealing import Keyring, SealError

# Where the path of the key file is told: the environment, or a section of Odoo's configuration file.
ENVIRONMENT, SECTION, OPTION = "JICENG_RESIDENT_KEY", "bphs_resident", "key_file"


@lru_cache(maxsize=2)
def _read(path, _stamp):
    return Keyring(Path(path).read_text("ascii"))


def key_file():
    """:return: the configured path of the key file, or None"""
    return os.environ.get(ENVIRONMENT) or _configured(config["config"])


@cache  # like Odoo's own options, read once a process
def _configured(path):
    parser = ConfigParser(interpolation=None)
    parser.read([path] if path else [])
    return parser.get(SECTION, OPTION, fallback=None)


class BphsResidentKeyring(models.AbstractModel):
    """Gives server code the keys; nothing of it can be called from outside."""

    _name = "bphs.resident.keyring"
    _description = "Keys of the Resident Register"

    def _keys(self):
        """The county's keys, read again when the file changes.

        :return: tools.sealing.Keyring
        :raise UserError: no key file is configured, or it cannot be used
        """
        path = key_file()
        if not path:
            raise UserError(
                self.env._(
                    "The register of residents has no key file yet. Whoever runs the server makes one and names it "
                    "in the configuration: see the operator's guide."
                )
            )
        try:
            return _read(path, os.stat(path).st_mtime_ns)
        except (OSError, SealError, UnicodeDecodeError) as error:
            # The reason names a line, never a key.
            raise UserError(
                self.env._("The key file of the register of residents cannot be used: %(reason)s", reason=error)
            ) from error
