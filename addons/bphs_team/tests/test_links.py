from odoo.tests import tagged

from .common import TeamCase


@tagged("post_install", "-at_install")
class TestLinks(TeamCase):
    """Nobody names, and so learns of, people and teams beyond their scope."""

    def test_people_of_another_township_are_not_named(self):
        team = self.as_user("township_director_a", self.team_a1)
        with self.denied("Worker"):
            team.leader_id = self.worker_b1.id
        absences = self.as_user("township_director_a", "bphs.team.absence")
        today = self.Team._county_today()
        for vals in ({"worker_id": self.worker_b1.id}, {"worker_id": self.gp_a.id, "substitute_id": self.worker_b1.id}):
            with self.denied("Worker"):
                absences.create({**vals, "date_to": today})
        with self.denied("Worker"):
            self.as_user("township_director_a", "bphs.handover").create(
                {"worker_id": self.worker_b1.id, "successor_id": self.gp_a.id}
            )
        dialogs = self.as_user("township_director_a", "bphs.team.change")
        with self.denied("Worker"):
            dialogs.with_context(default_kind="join", default_worker_id=self.worker_b1.id).default_get(["worker_id"])
        with self.denied("Family-Doctor Team"):
            dialogs.create({"kind": "village", "team_id": self.team_b1.id})
