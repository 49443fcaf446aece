"""Pure tools of the suite: no ORM, no clock, no database; usable outside Odoo."""
