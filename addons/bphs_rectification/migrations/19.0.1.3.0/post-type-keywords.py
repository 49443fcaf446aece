"""The works get words by which a list tells them, where the county has written none of its own."""

from odoo import SUPERUSER_ID, api

KEYWORDS = {
    "contract": "签约 家庭医生 服务协议",
    "record": "健康档案 电子档案",
    "chronic": "老年人 慢性病 慢病 高血压 糖尿病",
    "tcm": "中医",
    "support": "指导记录",
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, words in KEYWORDS.items():
        work = env.ref(f"bphs_rectification.problem_type_{name}", raise_if_not_found=False)
        if work and not work.keywords:
            work.keywords = words
