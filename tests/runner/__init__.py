"""The stages of scripts/test: one module a stage, each with `run(job) -> Result`."""
