"""The suite's scheduled jobs belong to the system; their data files are not read again on an update."""


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO ir_act_server_group_rel (act_id, gid)
        SELECT action.id, grp.res_id
          FROM ir_cron job
          JOIN ir_act_server action ON action.id = job.ir_actions_server_id
          JOIN ir_model model ON model.id = action.model_id AND model.model LIKE 'bphs.%'
          JOIN ir_model_data grp ON grp.module = 'base' AND grp.name = 'group_system' AND grp.model = 'res.groups'
        ON CONFLICT DO NOTHING
        """
    )
