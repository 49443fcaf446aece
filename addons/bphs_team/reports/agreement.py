"""C1 家庭医生签约服务协议书: what a person and a team have agreed, with the code that opens its check."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, Fields, Text

COLUMNS = (
    Column("number", "序号", "index"),
    Column("service", "服务内容", weight=2.4),
    Column("when", "服务时间", weight=2.2),
)
FEES = (("fee_insurance", "医保支付"), ("fee_public", "公共卫生支付"), ("fee_person", "个人支付"))


def form(contract, template):
    # sudo: one's own team and packages, as they stand on the paper the person is handed
    team, packages = contract.team_id.sudo(), (contract.package_id | contract.extra_ids).sudo()
    resident = contract.resident_id
    contract._log_reading_of(resident)
    doctor = contract.worker_id.sudo().name or team.leader_id.sudo().name or ""  # sudo: as above
    parties = (
        (("甲方（家庭医生团队）", team.name), ("所属机构", team.institution_id.name)),
        (("家庭医生", doctor), ("联系电话", team.phone or "")),
        (("乙方（居民）", resident.name), ("证件号码", resident.id_masked or "")),
        (("居住村（社区）", resident.division_id.name), ("联系电话", resident.phone_masked or "")),
    )
    terms = (
        (("服务包", "、".join(packages.mapped("name"))),),
        (("协议期限", f"{day(contract.date_from)}至{day(contract.date_to)}"), ("签约日期", day(contract.signed_on))),
        (("年费用", _fees(packages)),),
    )
    rows = [{"service": item.name, "when": item.told} for item in packages.item_ids]
    return make_form(
        template,
        team.institution_id,
        contract.env["bphs.period"],
        (
            Fields(parties),
            Text("甲乙双方本着平等、尊重和自愿的原则，就家庭医生签约服务达成如下协议。", indent=True),
            Fields(terms),
            make_table(template, COLUMNS, rows),
            Text("乙方迁出、更换团队或不再需要服务时，可随时向甲方提出终止。", indent=True),
            Text("扫描右上角二维码可核验本协议，并由乙方本人确认已签约。", indent=True),
        ),
        number=contract.code,
        qr=f"{contract.get_base_url()}/bphs_team/agreement/{contract.code}",
    )


def _fees(packages):
    parts = {label: sum(to_decimal(package[name]) for package in packages) for name, label in FEES}
    told = "，".join(f"{label} {amount:,.2f} 元" for label, amount in parts.items() if amount)
    return told or "免费"
