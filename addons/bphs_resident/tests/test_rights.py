from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, ResidentCase):
    rights_module = "bphs_resident"

    @property
    def rights_actions(self):
        return {
            "bphs.resident.search_page": lambda key: self.as_user(key, self.Resident).search_page("张三丰"),
            "bphs.resident.search_number": lambda key: self.as_user(key, self.Resident).search_number("13812341234"),
            "bphs.resident.action_unmask": self._unmask,
            "bphs.resident.timeline": lambda key: self._opened(key).timeline(),
            "bphs.resident.indicators": self._count,
            "bphs.resident.pyramid": lambda key: self.as_user(key, self.Resident).pyramid(self.village_a1.id),
            "bphs.resident.action_move": lambda key: self._opened(key).action_move(),
            "bphs.resident.duplicate.action_search": lambda key: self.as_user(
                key, "bphs.resident.duplicate"
            ).action_search(),
            "bphs.resident.merging.action_merge": lambda key: self._compared(key).action_merge(),
            "bphs.resident.merging.action_distinct": lambda key: self._compared(key).action_distinct(),
            "bphs.resident.merge.action_undo": self._undo,
            "bphs.resident.export.action_approve": self._approve,
        }

    def _count(self, key):
        divisions = self.as_user(key, self.Resident).pyramid_divisions()
        self.as_user(key, self.Resident).indicators(divisions[0]["id"])

    def _opened(self, key, resident=None):
        """A file, opened by whoever opens files one by one."""
        file = self.as_user(key, resident or self.zhang)
        if key in ("primary_care_officer", "county_specialist"):
            file.action_open("核查")
        return file

    def _compared(self, key):
        for file in (self.zhang, self.wang):
            self._opened(key, file)
        dialogs = self.env["bphs.resident.merging"].with_user(self.user[key])
        return dialogs.create({"first_id": self.zhang.id, "second_id": self.wang.id, "reason": "核对无误"})

    def _undo(self, key):
        merge = self.wang._merge_into(self.zhang, "同一人")
        self._opened(key)
        self.as_user(key, merge).action_undo("弄错了")

    def _approve(self, key):
        asks = "team_leader_a" if key != "team_leader_a" else "village_doctor_a1"
        export = self.as_user(asks, "bphs.resident.export").create({"reason": "核对", "unmasked": True})
        export.action_submit()
        self.as_user(key, export).action_approve()

    def _unmask(self, key):
        resident = self.as_user(key, self.zhang if not key.endswith("_b") else self.zhang_b)
        if key in ("primary_care_officer", "county_specialist"):
            resident.action_open("核查")
        resident.action_unmask("phone", "核查")
