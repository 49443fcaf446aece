import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_approval.models.bphs_approval_mixin import PASS, PASS_KEY
from odoo.addons.bphs_base.reports.printing import day, name_of
from odoo.addons.bphs_base.tools.paper.form import FormError
from odoo.addons.bphs_base.tools.paper.pdf_text import MissingGlyphError

from ...tools.numbers import document_number

# Which file of the bulletin is kept where.
KEPT = {"pdf": "bulletin_pdf", "docx": "bulletin_word"}


class BphsEvaluation(models.Model):
    """A published round's bulletin goes out: under its number and date, and from then on word for word as it went."""

    _inherit = "bphs.evaluation"

    bulletin_document_id = fields.Many2one(
        "bphs.document",
        string="Issued As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The bulletin in the register of documents.",
    )
    bulletin_pdf = fields.Binary(string="Bulletin as Issued (PDF)", readonly=True, copy=False, attachment=True)
    bulletin_word = fields.Binary(string="Bulletin as Issued (Word)", readonly=True, copy=False, attachment=True)

    def _asked_label(self, step):
        return self.env._("Document Number") if step == "issue" else super()._asked_label(step)

    def action_issue(self, number):
        """Issue the bulletin today under a document number: it comes into the register, and its files are kept.

        :param str number: as 县卫字〔2026〕2号, in whatever brackets
        :raise UserError: no such number, one that was given already, or the bulletin was issued
        """
        self.ensure_one()
        self._check_step("issue", number)
        if self.bulletin_document_id:
            raise UserError(
                self.env._(
                    "%(round)s: its bulletin was issued as %(number)s.",
                    round=self.display_name,
                    number=self.bulletin_document_id.number,
                )
            )
        printed = document_number(number)
        if not printed:
            raise UserError(self.env._("%(number)s is no document number as 县卫字〔2026〕2号.", number=number.strip()))
        document = self._register_bulletin(printed)
        # Files are drawn with number and date, and then kept; what was approved is written past its lock.
        round_ = self.with_context(**{PASS_KEY: PASS}).sudo()  # sudo: set by this step alone, whose right was checked
        round_._write_state({"bulletin_document_id": document.id})
        round_._write_state({name: base64.b64encode(self._bulletin_file(kind)) for kind, name in KEPT.items()})

    def _signers(self):
        """:return tuple: full names of who issues the bulletin"""
        named = tuple(part.strip() for part in (self.bulletin_signers or "").split("、") if part.strip())
        return named or (name_of(self.institution_id),)

    def _bulletin_day(self):
        """:return str: the day it was issued, in words"""
        return day(self.bulletin_document_id.date)

    def _kept_bulletin(self, kind):
        """:return bytes: the file as it was issued; None before, and for what is drawn anew"""
        name = KEPT.get(kind)
        content = name and self.with_context(bin_size=False)[name]
        return base64.b64decode(content) if content else None

    def _register_bulletin(self, number):
        signers = self._signers()
        # sudo: who runs a round need not keep the register; the step was checked
        documents = self.env["bphs.document"].sudo()
        if documents.search_count([("number", "=", number), ("issuer", "=", signers[0])], limit=1):
            raise UserError(self.env._("%(issuer)s has issued %(number)s already.", issuer=signers[0], number=number))
        return documents.create(
            {
                "number": number,
                "title": self.bulletin_title or self.display_name,
                "issuer": signers[0],
                "co_issuer": "、".join(signers[1:]) or False,
                "date": self._county_today(),
            }
        )

    def _bulletin_file(self, kind):
        template = self.env["bphs.print.template"]._for("E9")
        if not template:
            raise UserError(self.env._("The template of form %(code)s is missing.", code="E9"))
        try:
            return self._drawn(self._printed_forms()["E9"], kind, self.with_context(lang="zh_CN"), template)
        except (MissingGlyphError, FormError) as error:
            raise UserError(str(error)) from error
