"""The days that came with the module are those of the State Council's notices: their numbers are named."""

NOTICES = {2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}


def migrate(cr, version):
    for year, number in NOTICES.items():
        cr.execute(
            "UPDATE bphs_working_day day SET source = %s FROM ir_model_data data"
            " WHERE data.module = 'bphs_base' AND data.model = 'bphs.working.day' AND data.res_id = day.id"
            " AND day.source IS NULL AND extract(year FROM day.date) = %s",
            [number, year],
        )
