class RunsJobs:
    """Jobs that a test has trapped are run by it."""

    def perform(self, trap):
        """Run the jobs, and those they ask for."""
        done = set()
        while jobs := [job for job in trap.enqueued_jobs if job.uuid not in done]:
            for job in jobs:
                done.add(job.uuid)
                job.perform()
        self.env.flush_all()
