from odoo import models


class LateConstraint(models.Constraint):
    """A constraint that names another table of the same module: added when all of its tables are there.

    Odoo makes a module's tables in an order of its own, and gives a constraint one try while it installs.
    """

    def apply_to_database(self, model):
        model.pool.post_init(super().apply_to_database, model)
