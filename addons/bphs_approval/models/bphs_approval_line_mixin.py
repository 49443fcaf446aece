from odoo import api, models
from odoo.tools import SQL

from .bphs_approval_mixin import PASS, PASS_KEY


class BphsApprovalLineMixin(models.AbstractModel):
    """A line of a document under approval: as locked as the document, and whoever edits it edits
    the document."""

    _name = "bphs.approval.line.mixin"
    _description = "Line of a Document Approved in Stages"

    # Name of the many2one to the document, required on the line.
    _approval_parent_field = None

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not lines._approval_passes():
            # After creation, because the parent may come from a default.
            lines._approval_check_parents(lines._approval_parents())
        return lines

    def write(self, vals):
        if self._approval_passes():
            return super().write(vals)
        before = self._approval_parents()
        self._approval_check_parents(before)
        result = super().write(vals)
        if self._approval_parent_field in vals:
            self._approval_check_parents(self._approval_parents() - before)
        return result

    def _update_field_translations(self, *args, **kwargs):
        # The one way to change a translated field that does not come through `write`.
        if not self._approval_passes():
            self._approval_check_parents(self._approval_parents())
        return super()._update_field_translations(*args, **kwargs)

    def unlink(self):
        # Not `ondelete`: the pass of the module's own code must be seen, and no flag of a client.
        if not self._approval_passes():
            self._approval_check_parents(self._approval_parents())
        return super().unlink()

    # === FOR THE MODULES OF THE DOCUMENTS === #

    def _approval_write(self, vals):
        """Write on lines of a locked document. Only for values that follow from a decision."""
        # The step was allowed by its own check; a role that approves may have no right to edit.
        return self.sudo().with_context(**{PASS_KEY: PASS}).write(vals)

    @api.model
    def _approval_create(self, vals_list):
        """Create lines of a locked document. Only for lines that follow from a decision."""
        # As for writing.
        lines = self.sudo().with_context(**{PASS_KEY: PASS}).create(vals_list)
        return lines.with_env(self.env)

    # === HELPERS === #

    def _approval_passes(self):
        return self.env.context.get(PASS_KEY) is PASS

    def _approval_parents(self):
        # A lock holds for lines whose document is out of the user's sight, too.
        return self.sudo()[self._approval_parent_field]

    def _approval_check_parents(self, parents):
        """Refuse where a document is locked; note the user as contributor of the others.

        The documents' rows are held against a submission at the same moment: either it waits for
        this edit, or this edit starts again and finds the document locked.
        """
        if not parents:
            return
        parents = parents.with_env(self.env)
        self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id IN %s FOR SHARE",
                SQL.identifier(parents._table),
                tuple(parents.ids),
            )
        )
        parents._approval_check_unlocked()
        parents._approval_record_contributors()
