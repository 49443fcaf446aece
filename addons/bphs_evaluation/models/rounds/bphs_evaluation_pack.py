import base64
import hashlib

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.reports.printing import period_text
from odoo.addons.bphs_base.tools.paper.form import Column, Table
from odoo.addons.bphs_base.tools.replay_reader import dump
from odoo.addons.bphs_base.tools.workbook import Sheet, workbook_bytes
from odoo.addons.bphs_rectification.tools.pictures import bare_picture

from ...reports import e3_sample, e4_sheet
from ...tools.packing import PackError, pack, plain_name
from ...tools.roles import PACKERS

CODE = "PACK"
INDEX = (
    Column("no", "序号", "index"),
    Column("name", "文件", weight=3),
    Column("words", "内容", weight=2),
    Column("size", "字节数", "integer"),
    Column("digest", "SHA-256", "code", weight=3),
)
SCORE = (
    Column("label", "项目", weight=1),
    Column("value", "内容", weight=3),
)
READ = 2**20


class BphsEvaluationSheet(models.Model):
    """The evidence of one unit in one round (迎检资料): sheet, scores, samples, photos and a list of them, in one zip.

    No person is in it: samples are opaque references, photos go by item and number and hold nothing but the picture.
    """

    _inherit = "bphs.evaluation.sheet"

    def action_pack(self):
        """Download the evidence of this unit.

        :raise AccessError: not who sees the whole round
        :raise UserError: both sides have not signed yet
        """
        self.ensure_one()
        self._check_pack()
        return {
            "type": "ir.actions.act_url",
            "url": f"/bphs/evaluation/pack/{self.id}.zip",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _check_pack(self):
        self.check_access("read")
        if not self.env.user._holds_role(PACKERS):
            raise AccessError(
                self.env._("Evidence is put together by who runs the round, the leaders and the auditor.")
            )
        # A unit sees its sheet, and neither the round nor what was drawn of it.
        self.evaluation_id.check_access("read")
        if self.state not in ("confirmed", "deemed"):
            raise UserError(self.env._("%(sheet)s: both sides sign before it is shown.", sheet=self.display_name))

    def _write_pack(self, stream):
        """Write the zip, one file in memory at a time, and log that it was taken out.

        :param stream: a file open for reading and writing
        :return str: what the zip is called
        """
        self.ensure_one()
        self._check_pack()
        sheet = self.with_context(lang="zh_CN", bin_size=False)  # papers are Chinese, whatever the screen is
        try:
            packed = pack(stream, sheet._pack_files(), sheet._pack_index)
        except PackError as error:
            raise UserError(str(error)) from error
        name = f"{plain_name(f'迎检资料 {self.display_name}')}.zip"
        stream.seek(0)
        digest = hashlib.sha256()
        while part := stream.read(READ):
            digest.update(part)
        self.env["bphs.print.log"]._record(self, CODE, name, digest.hexdigest(), rows=len(packed))
        return name

    def _pack_files(self):
        """Each file of the pack when it is asked for: name, what it is, content."""
        yield "01-现场评分表.pdf", "双方签字的评分表", self._pack_form("E4")
        yield (
            "01-现场评分表.xlsx",
            "评分表",
            self._pack_sheets(e4_sheet.table(self, self._pack_template("E4")), "评分表"),
        )
        yield "02-得分.xlsx", "得分、名次、红线和异议", self._pack_scores()
        if self.score_ids:
            yield "02-复算文件.json", "本单位的复算文件", self._pack_document()
        if self.score_ids and self.evaluation_id.state == "published":
            yield "03-结果反馈函.pdf", "结果反馈函", self._pack_form("E9B")
        for sample in self.env["bphs.evaluation.sample"].search(
            [("evaluation_id", "=", self.evaluation_id.id), ("state", "!=", "draft")], order="id"
        ):
            name = f"04-抽样核实/{plain_name(sample.name)}.xlsx"
            yield name, "抽样名单和核实结论（编号，无姓名）", self._pack_sample(sample)
        yield from self._pack_photos()

    def _pack_photos(self):
        proofs = self.env["bphs.evaluation.evidence"]
        held = proofs.search_fetch([("line_id.sheet_id", "=", self.id)], ["name", "kind", "text"], order="line_id, id")
        for id_, name, kind, text, item in [
            (proof.id, proof.name, proof.kind, proof.text, proof.line_id.item_id.display_name) for proof in held
        ]:
            if kind == "text":
                yield f"05-照片和佐证/{plain_name(name)}.txt", item, (text or "").encode()
                continue
            content = base64.b64decode(proofs.browse(id_).attachment or b"")
            # One at a time: a round of photos does not fit into memory.
            self.env["bphs.evaluation.evidence"].invalidate_model(["attachment"])
            self.env["ir.attachment"].invalidate_model(flush=False)
            yield f"05-照片和佐证/{plain_name(name)}", item, bare_picture(content)

    def _pack_index(self, packed):
        rows = [{"name": one.name, "words": one.words, "size": one.size, "digest": one.digest} for one in packed]
        return "00-目录.xlsx", self._pack_sheets(Table(INDEX, rows), "目录")

    def _pack_scores(self):
        score, rows = self.score_ids, []
        if score:
            final = score.has_final
            rows += [
                ("评价得分", f"{score.scored:.2f}"),
                ("可评价分值", f"{score.assessable:.2f}"),
                ("总分", f"{score.final:.2f}" if final else "可评价内容不足，不计总分"),
                ("得分率", f"{score.percent:.2f}%" if final else ""),
                ("名次", str(score.rank) if final else ""),
                ("等次", score.group_name or ""),
                ("对比", score._compared_words()),
            ]
        rows += [("红线", f"{one.red_line_id.display_name}：{one.finding}") for one in self.crossing_ids]
        outcomes = dict(self.env["bphs.evaluation.objection"]._fields["outcome"]._description_selection(self.env))
        rows += [
            ("异议", f"{one.text}；{outcomes.get(one.outcome, '')}：{one.answer or ''}") for one in self.objection_ids
        ]
        table = Table(SCORE, [{"label": label, "value": value} for label, value in rows])
        return self._pack_sheets(table, "得分")

    def _pack_document(self):
        # sudo: the scheme of the round, whoever takes the pack out
        scheme = self.evaluation_id.sudo().scheme_id
        return dump({"evaluation": scheme._document(), "units": [self._document()]}).encode()

    def _pack_sample(self, sample):
        table = e3_sample.table(sample, self._pack_template("E3"), unit=self.institution_id)
        return self._pack_sheets(table, "抽样核实", e3_sample.notes(sample, self.institution_id))

    def _pack_form(self, code):
        template = self._pack_template(code)
        return self._drawn(self._printed_forms()[code], "pdf", self, template)

    def _pack_template(self, code):
        template = self.env["bphs.print.template"]._for(code)
        if not template:
            raise UserError(self.env._("The template of form %(code)s is missing.", code=code))
        return template

    def _pack_sheets(self, table, name, notes=()):
        heading = (f"{self.institution_id.name}　{name}", period_text(self.period_id))
        return workbook_bytes([Sheet(name, table, heading=heading, notes=notes)], title=name)
