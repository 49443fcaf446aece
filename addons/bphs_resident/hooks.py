def uninstall_hook(env):
    """Leave nothing of the register behind that no model owns."""
    env.cr.execute("DROP TABLE IF EXISTS bphs_resident_sequence")
