import re

from odoo import api, models

from ..models.registers.bphs_division import LEVELS, SIGNIFICANT_DIGITS
from ..tools.importing.import_columns import ImportColumn

CODE_DIGITS = 12


class BphsDivisionImport(models.TransientModel):
    """Loads divisions by their 12-digit codes; known codes get the new name."""

    _name = "bphs.division.import"
    _inherit = "bphs.import.wizard"
    _description = "Import Divisions"

    @api.model
    def _import_sheet_name(self):
        return self.env._("Divisions")

    @api.model
    def _import_columns(self):
        return [
            ImportColumn("code", self.env._("Division Code"), "code", required=True),
            ImportColumn("name", self.env._("Division Name"), "name", required=True),
            ImportColumn("parent_code", self.env._("Code of the Division Above"), "code"),
            ImportColumn("type_name", self.env._("Type"), clearable=True),
        ]

    def _import_template_rows(self):
        return [
            {
                "code": division.code,
                "name": division.name,
                "parent_code": division.parent_id.code,
                "type_name": division.type_name,
            }
            for division in self.env["bphs.division"].search([])
        ]

    def _import_check(self, rows):
        self._import_refuse_twice(rows, "code")
        for row in rows:
            if row.get("code") and not re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", row["code"]):
                row.error("code", self.env._("“%(code)s”: twelve digits are needed", code=row["code"]))
                row.values["code"] = None
        for code, (row, parent_code) in self._parents(rows).items():
            level = _level(code)
            if not level:
                row.error("code", self.env._("“%(code)s” is not the code of a division", code=code))
            elif row.get("parent_code") and not parent_code:
                row.error("parent_code", self.env._("“%(code)s” is not known", code=row["parent_code"]))
            elif parent_code and not _lies_within(code, parent_code):
                row.error(
                    "code",
                    self.env._(
                        "“%(code)s” does not begin with the digits of the division above, %(parent)s",
                        code=code,
                        parent=parent_code,
                    ),
                )
            elif not parent_code and level in ("township", "village"):
                row.error("code", self.env._("the division above “%(code)s” is not known", code=code))

    def _import_apply(self, rows):
        parents = self._parents(rows)
        divisions = {
            division.code: division
            for division in self.env["bphs.division"]
            .with_context(active_test=False)
            .search([("code", "in", [*parents, *(parent for __, parent in parents.values() if parent)])])
        }
        count = 0
        # The code of a division above sorts before those within it.
        for code in sorted(parents):
            row, parent_code = parents[code]
            vals = {
                "name": row["name"],
                "level": _level(code),
                "parent_id": divisions[parent_code].id if parent_code else False,
            }
            if row.get("type_name") is not None:
                vals["type_name"] = row["type_name"] or False
            if code not in divisions:
                divisions[code] = self.env["bphs.division"].create({"code": code, **vals})
                count += 1
                continue
            division = divisions[code]
            changed = {
                name: value
                for name, value in vals.items()
                if value != (division.parent_id.id if name == "parent_id" else division[name])
            }
            if changed:
                division.write(changed)
                count += 1
        return count

    def _parents(self, rows):
        """:return: dict of code -> (row, code of the division above or None)

        Named in the sheet, or else the nearest whose digits the code begins with, in the sheet or
        the register.
        """
        coded = {row["code"]: row for row in rows if row.get("code")}
        above = {parent for code in coded for parent in _codes_above(code)}
        above |= {row["parent_code"] for row in coded.values() if row.get("parent_code")}
        known = set(self.env["bphs.division"].search([("code", "in", list(above))]).mapped("code")) | set(coded)
        parents = {}
        for code, row in coded.items():
            if row.get("parent_code"):
                parent = row["parent_code"] if row["parent_code"] in known else None
            else:
                parent = next((parent for parent in _codes_above(code) if parent in known), None)
            parents[code] = (row, parent)
        return parents


def _level(code):
    """The level whose digits the code fills: the rest is zeros, and no level above is left out."""
    ends = [0, *SIGNIFICANT_DIGITS.values()]
    parts = [code[start:end].strip("0") for start, end in zip(ends, ends[1:], strict=False)]
    filled = len([part for part in parts if part])
    return LEVELS[filled - 1][0] if filled and all(parts[:filled]) else None


def _codes_above(code):
    """Nearest first. A county's city, or a township's county, may be missing in a register."""
    ends = [digits for digits in SIGNIFICANT_DIGITS.values() if code[digits:].strip("0")]
    return [code[:digits].ljust(CODE_DIGITS, "0") for digits in reversed(ends)]


def _lies_within(code, parent_code):
    level = _level(parent_code)
    return bool(level) and code != parent_code and code.startswith(parent_code[: SIGNIFICANT_DIGITS[level]])
