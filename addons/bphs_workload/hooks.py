def uninstall_hook(env):
    """Drop the trigger function: its table goes with the module, a function would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_workload_line_guard() CASCADE")
