def uninstall_hook(env):
    """Drop the trigger functions: their tables go with the module, functions would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_elderly_grading_kept() CASCADE")
