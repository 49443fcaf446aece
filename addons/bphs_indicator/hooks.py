def uninstall_hook(env):
    """Drop the trigger function: its table goes with the module, the function would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_indicator_value_kept() CASCADE")
