def uninstall_hook(env):
    """Drop the trigger function: its tables go with the module, a function would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_elderly_fixed() CASCADE")
