"""Holidays are the county's from here on: an update of the module no longer writes over them."""


def migrate(cr, version):
    cr.execute("UPDATE ir_model_data SET noupdate = TRUE WHERE module = 'bphs_base' AND model = 'bphs.working.day'")
