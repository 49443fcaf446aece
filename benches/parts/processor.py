"""Seconds some work takes of the processor, where the server runs on this machine; else those that pass."""

import time
from pathlib import Path


def seconds_of(env, work):
    """:return float: what this process and this connection's process of the server spent on some work, one after the
    other: what else the machine does in the meantime is not told with it
    """
    env.cr.execute("SELECT pg_backend_pid()")
    process = Path(f"/proc/{env.cr.fetchone()[0]}")
    here = process.exists() and (process / "comm").read_text().startswith("postgres")

    def clock():
        if not here:
            return time.perf_counter()
        return int((process / "schedstat").read_text().split()[0]) / 1e9 + time.process_time()

    started = clock()
    work()
    return clock() - started
