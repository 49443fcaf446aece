from odoo.addons.bphs_resident.tests.common import ResidentCase


class TeamCase(ResidentCase):
    """The small county with two teams in township A and one in B, each with a village and a doctor."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.Team = cls.env["bphs.team"]
        cls.worker_a1 = cls.worker("赵村医", "village_doctor", cls.clinic_a1)
        cls.worker_a2 = cls.worker("钱村医", "village_doctor", cls.clinic_a2)
        cls.worker_b1 = cls.worker("孙村医", "village_doctor", cls.clinic_b1)
        cls.gp_a = cls.worker("周医生", "gp", cls.township_a)
        cls.nurse_a = cls.worker("吴护士", "nurse", cls.township_a)
        cls.team_a1 = cls.team("A1", "甲镇一队", cls.township_a)
        cls.team_a2 = cls.team("A2", "甲镇二队", cls.township_a)
        cls.team_b1 = cls.team("B1", "乙镇一队", cls.township_b)

    @classmethod
    def worker(cls, name, profession, institution, since="2025-01-01"):
        return cls.env["bphs.worker"].create(
            {"name": name, "profession": profession, "institution_id": institution.id, "since": since}
        )

    @classmethod
    def team(cls, code, name, institution, **vals):
        return cls.Team.create(
            {"code": code, "name": name, "institution_id": institution.id, "date_from": "2025-01-01", **vals}
        )
