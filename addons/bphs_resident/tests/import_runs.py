from odoo.addons.bphs_base.tests.jobs import RunsJobs
from odoo.addons.queue_job.tests.common import trap_jobs


class ImportRuns(RunsJobs):
    """A list that is imported: received and checked, and loaded."""

    def received(self, model, name, content, key):
        """:return: the run, checked"""
        run = self.as_user(key, model).create({})
        with trap_jobs() as trap:
            run._receive(name, content)
            self.perform(trap)
        return run

    def load(self, run):
        with trap_jobs() as trap:
            run.action_confirm()
            self.perform(trap)
        self.env.invalidate_all()
        return run
