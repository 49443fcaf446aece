from psycopg2.errors import ForeignKeyViolation

from odoo import models
from odoo.exceptions import ConcurrencyError


class LateConstraint(models.Constraint):
    """A constraint that names another table of the same module: added when all of its tables are there.

    Odoo makes a module's tables in an order of its own, and gives a constraint one try while it installs.
    """

    def apply_to_database(self, model):
        model.pool.post_init(super().apply_to_database, model)


def check_late_constraints(cr):
    """Have the deferred constraints checked before this transaction is committed, not by the commit itself.

    Of two who write at the same moment the second fails only here, because neither sees the other. Odoo starts a
    request again that fails before its commit, and that one then sees what the first one did; out of a failing commit
    comes a bare server error. What was checked is held until the commit, so the commit cannot fail by it any more.

    :param cr: the cursor; the check comes with its next flush, of which the last is right before the commit
    """
    if "bphs_late_constraints" in cr.precommit.data:
        return
    cr.precommit.data["bphs_late_constraints"] = True

    def check():
        try:
            cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except ForeignKeyViolation as error:
            raise ConcurrencyError(str(error)) from error
        cr.execute("SET CONSTRAINTS ALL DEFERRED")

    cr.precommit.add(check)
