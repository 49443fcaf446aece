from odoo.addons.bphs_resident.tests.common import ResidentCase


class ServiceCase(ResidentCase):
    """The small county with residents, and the forms and clocks of the specification."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Visit = cls.env["bphs.visit"]
        cls.Template = cls.env["bphs.form.template"]

    @classmethod
    def form(cls, code):
        return cls.Template._in_use(code)

    @classmethod
    def visit(cls, key, resident, code="hypertension", complete=True, **vals):
        """A service record entered by a user; done unless told otherwise."""
        visit = cls.as_user(key, cls.Visit).create(
            {"resident_id": resident.id, "template_id": cls.form(code).id, **vals}
        )
        if complete:
            visit.action_complete()
        return visit
