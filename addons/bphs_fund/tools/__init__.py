"""The money rules of village and township settlement: pure Python, usable outside Odoo."""
