"""The sheet of codes of a unit: one for everybody who was drawn, with the number of the sample; and the open one."""

import io

import qrcode

from odoo.addons.bphs_base.reports.printing import make_form
from odoo.addons.bphs_base.tools.paper.form import Picture, Pictures, Text

HOW = "请用手机微信“扫一扫”扫描，打开后逐题点选，最后点“交上去”。不用填姓名和证件号，没有人知道您选了什么。"


def form(row, template):
    """``row`` is a unit of a survey."""
    base = row.get_base_url()
    # sudo: the codes themselves, for evaluators alone (`_print_file`), on the paper they hand out
    own = row.sudo()
    waiting = own.survey_id.invitation_ids.filtered(
        lambda one: one.survey_unit_id == own and not one.is_answered
    ).sorted("reference")
    blocks = [Text(HOW)]
    if own.survey_id.is_open:
        blocks.append(Pictures((Picture("本单位公开码，任何居民可用", picture(base, own.open_token)),), 2))
    if waiting:
        blocks.append(Pictures(tuple(Picture(_caption(one), picture(base, one.token)) for one in waiting), 4))
    return make_form(template, row.institution_id, row.period_id, blocks, unit="", number=row.unit_id.name)


def _caption(invitation):
    return f"{invitation.reference}（备选）" if invitation.stands_in_for else invitation.reference


def picture(base, token):
    """:return bytes: the code as a picture a phone reads from a sheet of twenty"""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=3)
    code.add_data(f"{base}/wj/{token}")
    stream = io.BytesIO()
    code.make_image().save(stream, format="PNG")
    return stream.getvalue()
