import re

from odoo import Command, api, models

from ..tools.importing.import_columns import ImportColumn


class BphsInstitutionImport(models.TransientModel):
    """Loads institutions by their codes, with who leads them and the villages they serve.

    A column that is not in the file, or a blank cell, changes nothing; 清空 takes away what stands.
    """

    _name = "bphs.institution.import"
    _inherit = "bphs.import.wizard"
    _description = "Import Institutions"

    @api.model
    def _import_sheet_name(self):
        return self.env._("Institutions")

    @api.model
    def _import_columns(self):
        kinds = self.env["bphs.institution"]._fields["kind"]._description_selection(self.env)
        return [
            ImportColumn("code", self.env._("Institution Code"), "code", required=True),
            ImportColumn("name", self.env._("Institution Name"), "name", required=True),
            ImportColumn("kind", self.env._("Kind"), "choice", required=True, choices=tuple(kinds)),
            ImportColumn("parent_code", self.env._("Code of the Leading Institution"), "code", required=True),
            ImportColumn("division_code", self.env._("Division Code"), "code", clearable=True),
            ImportColumn("village_codes", self.env._("Codes of the Villages Served"), clearable=True),
        ]

    def _import_template_rows(self):
        kinds = dict(self.env["bphs.institution"]._fields["kind"]._description_selection(self.env))
        return [
            {
                "code": institution.code,
                "name": institution.name,
                "kind": kinds[institution.kind],
                "parent_code": institution.parent_id.code,
                "division_code": institution.division_id.code,
                "village_codes": "、".join(institution.village_ids.mapped("code")),
            }
            # The one at the head of the scope is led by none the user knows, and is not loaded by them.
            for institution in self.env["bphs.institution"].search([("parent_id", "!=", False)])
        ]

    def _import_check(self, rows):
        self._import_refuse_twice(rows, "code")
        codes = {row["code"]: row for row in rows if row.get("code")}
        mine = self._institutions(codes)
        # Codes are unique in the whole county; a code of someone else is only named, never shown.
        taken = self._institutions(codes, sudo=True)
        for code, row in codes.items():
            if code in taken and code not in mine:
                row.error("code", self.env._("“%(code)s” exists outside your scope", code=code))
        self._import_find(
            [row for row in rows if row.get("parent_code") not in codes],
            "parent_code",
            "bphs.institution",
        )
        self._import_find(rows, "division_code", "bphs.division")
        villages = self._villages(rows)
        for row in rows:
            for code in _codes(row.get("village_codes")):
                if code not in villages:
                    row.error(
                        "village_codes",
                        self.env._("“%(code)s” is not the code of a village", code=code),
                    )
        for row in rows:
            if row.get("code") and _led_by_itself(row["code"], codes):
                row.error("parent_code", self.env._("“%(code)s” would be led by itself", code=row["code"]))

    def _import_apply(self, rows):
        codes = {row["code"]: row for row in rows}
        known = self._institutions({*codes, *(row["parent_code"] for row in rows)})
        divisions = {
            division.code: division
            for division in self.env["bphs.division"].search(
                [("code", "in", [row["division_code"] for row in rows if row["division_code"]])]
            )
        }
        villages = self._villages(rows)
        count, waiting = 0, list(rows)
        while waiting:
            # Those whose leader stands; the others wait for a leader from this very sheet.
            ready = [row for row in waiting if row["parent_code"] in known]
            waiting = [row for row in waiting if row["parent_code"] not in known]
            created = []
            for row in ready:
                vals = {
                    "name": row["name"],
                    "kind": row["kind"],
                    "parent_id": known[row["parent_code"]].id,
                }
                if row["division_code"] is not None:
                    vals["division_id"] = divisions[row["division_code"]].id if row["division_code"] else False
                if row["village_codes"] is not None:
                    vals["village_ids"] = [villages[code].id for code in _codes(row["village_codes"])]
                if row["code"] in known:
                    count += self._update(known[row["code"]], vals)
                else:
                    created.append({"code": row["code"], **_with_commands(vals)})
            for institution in self.env["bphs.institution"].create(created):
                known[institution.code] = institution
            count += len(created)
        return count

    def _update(self, institution, vals):
        """Write what differs. :return: whether anything did"""
        now = {
            "name": institution.name,
            "kind": institution.kind,
            "parent_id": institution.parent_id.id,
            "division_id": institution.division_id.id,
            "village_ids": institution.village_ids.ids,
        }
        changed = {
            name: value
            for name, value in vals.items()
            if (set(value) != set(now[name]) if name == "village_ids" else value != now[name])
        }
        if changed:
            institution.write(_with_commands(changed))
        return bool(changed)

    def _institutions(self, codes, sudo=False):
        """:return: dict of code -> institution"""
        institutions = self.env["bphs.institution"].with_context(active_test=False)
        if sudo:
            institutions = institutions.sudo()  # codes are unique beyond what the user sees
        return {institution.code: institution for institution in institutions.search([("code", "in", list(codes))])}

    def _villages(self, rows):
        wanted = {code for row in rows for code in _codes(row.get("village_codes"))}
        villages = self.env["bphs.division"].search([("code", "in", list(wanted)), ("level", "=", "village")])
        return {village.code: village for village in villages}


def _codes(text):
    return re.findall(r"[0-9]+", text or "")


def _with_commands(vals):
    return {name: [Command.set(value)] if name == "village_ids" else value for name, value in vals.items()}


def _led_by_itself(code, rows):
    """Whether the leaders named in the sheet lead back to where they began."""
    seen = {code}
    while (code := rows[code].get("parent_code") if code in rows else None) is not None:
        if code in seen:
            return True
        seen.add(code)
    return False
