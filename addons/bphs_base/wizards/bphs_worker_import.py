from odoo import api, models

from ..tools.importing.import_columns import ImportColumn

# What a row says of the person beside where they work: a blank cell leaves it as it stands.
TOLD = ("name", "profession", "licence_kind", "licence_number", "phone")


class BphsWorkerImport(models.TransientModel):
    """Loads the workers of the institutions in scope. Its template, filled, is the register taken out.

    A person is known by the staff number, else by the licence, else by name and institution.
    """

    _name = "bphs.worker.import"
    _inherit = "bphs.import.wizard"
    _description = "Import Workers"

    @api.model
    def _import_sheet_name(self):
        return self.env._("Workers")

    @api.model
    def _import_columns(self):
        workers = self.env["bphs.worker"]

        def choices(name):
            return tuple(workers._fields[name]._description_selection(self.env))

        return [
            ImportColumn("code", self.env._("Staff Number"), "code"),
            ImportColumn("name", self.env._("Person's Name"), "name", required=True),
            ImportColumn("institution_code", self.env._("Institution Code"), "code", required=True),
            ImportColumn("institution_name", self.env._("Institution Name"), fixed=True),
            ImportColumn("profession", self.env._("Profession"), "choice", choices=choices("profession")),
            ImportColumn("licence_kind", self.env._("Kind of Licence"), "choice", choices=choices("licence_kind")),
            ImportColumn("licence_number", self.env._("Licence Number"), "code"),
            ImportColumn("phone", self.env._("Phone"), "code"),
            ImportColumn("since", self.env._("Here Since"), "date"),
            ImportColumn("date_left", self.env._("Left On"), "date"),
        ]

    def _import_template_rows(self):
        workers = self.env["bphs.worker"]
        labels = {
            name: dict(workers._fields[name]._description_selection(self.env))
            for name in ("profession", "licence_kind")
        }
        return [
            {
                "code": worker.code,
                "name": worker.name,
                "institution_code": worker.institution_id.code,
                "institution_name": worker.institution_id.name,
                "profession": labels["profession"][worker.profession],
                "licence_kind": labels["licence_kind"].get(worker.licence_kind),
                "licence_number": worker.licence_number,
                "phone": worker.phone,
                "since": worker.since,
            }
            for worker in workers.search([])
        ]

    def _import_check(self, rows):
        institutions = self._import_find(rows, "institution_code", "bphs.institution")
        found = self._found(rows, institutions)
        today, seen = self._county_today(), {}
        for row in rows:
            institution = institutions.get(row.get("institution_code"))
            if not row.get("name") or not institution:
                continue
            known = found[row.number]
            if row.get("code") and not known:
                row.error("code", self.env._("“%(code)s” is nobody's number within your scope", code=row["code"]))
                continue
            if len(known) > 1:
                row.error("code", self.env._("there are several of this name: give the staff number"))
                continue
            person = known.id or (row["name"], institution.id, row.get("licence_number"))
            if person in seen:
                row.error("name", self.env._("the same as row %(row)s", row=seen[person]))
            seen.setdefault(person, row.number)
            self._check_days(row, known, institution, today)
            self._check_told(row, known)

    def _check_told(self, row, worker):
        if not worker and not row.get("profession"):
            row.error("profession", self.env._("must not be empty"))
        if row.get("licence_number") and not (row.get("licence_kind") or worker.licence_kind):
            row.error("licence_kind", self.env._("must not be empty where a number is given"))

    def _check_days(self, row, worker, institution, today):
        since, left = row.get("since"), row.get("date_left")
        for key, day in (("since", since), ("date_left", left)):
            if day and day > today:
                row.error(key, self.env._("this day has not come yet"))
        moves = worker and worker.institution_id != institution
        if (moves or (worker and not worker.active and not left)) and not (since and since > self._not_before(worker)):
            row.error(
                "since",
                self.env._(
                    "%(name)s is at %(institution)s since %(day)s: give the later day from which they are here",
                    name=worker.name,
                    institution=worker.institution_id.name,
                    day=worker.since,
                ),
            )
        if left and left < (since or worker.since or today):
            row.error("date_left", self.env._("comes before the first day"))

    def _not_before(self, worker):
        return worker.date_left or worker.since

    def _import_apply(self, rows):
        codes = {row["institution_code"] for row in rows}
        institutions = {one.code: one for one in self.env["bphs.institution"].search([("code", "in", list(codes))])}
        found = self._found(rows, institutions)
        new = [row for row in rows if not found[row.number]]
        workers = self.env["bphs.worker"].create(
            [
                {
                    "institution_id": institutions[row["institution_code"]].id,
                    "since": row.get("since") or self._county_today(),
                    **{name: row.get(name) for name in TOLD if row.get(name)},
                }
                for row in new
            ]
        )
        for row, worker in zip(new, workers, strict=True):
            if row.get("date_left"):
                worker._leave(row["date_left"])
        changed = [
            row
            for row in rows
            if found[row.number] and self._update(found[row.number], row, institutions[row["institution_code"]])
        ]
        return len(new) + len(changed)

    def _update(self, worker, row, institution):
        """Write what the row says and the register does not. :return: whether anything did"""
        since, left = row.get("since"), row.get("date_left")
        vals = {name: row[name] for name in TOLD if row.get(name) and row[name] != worker[name]}
        moves = worker.institution_id != institution or (not worker.active and not left)
        if moves:
            worker._move(institution, since)
        elif since and since != worker.since:
            vals["since"] = since
        if vals:
            worker.write(vals)
        leaves = left and worker.active
        if leaves:
            worker._leave(left)
        return bool(vals or moves or leaves)

    def _found(self, rows, institutions):
        """:return: {row number: the workers whom its words mean}"""
        workers = self.env["bphs.worker"].with_context(active_test=False)
        names = [row["name"] for row in rows if row.get("name")]
        codes = [row["code"] for row in rows if row.get("code")]
        licences = [row["licence_number"] for row in rows if row.get("licence_number")]
        candidates = workers.search(
            ["|", "|", ("code", "in", codes), ("licence_number", "in", licences), ("name", "in", names)]
        )
        by_code = {worker.code: worker for worker in candidates}
        by_licence = candidates.filtered("licence_number").grouped(lambda one: (one.licence_kind, one.licence_number))
        by_place = candidates.filtered("active").grouped(lambda one: (one.name, one.institution_id))
        found = {}
        for row in rows:
            if row.get("code"):
                found[row.number] = by_code.get(row["code"], workers.browse())
                continue
            licence = (row.get("licence_kind"), row.get("licence_number"))
            place = (row.get("name"), institutions.get(row.get("institution_code")))
            of_place = by_place.get(place, workers.browse())
            if row.get("licence_number"):
                # Another number is another person of the same name.
                of_place = of_place.filtered(lambda one: one.licence_number in (False, row["licence_number"]))  # noqa: B023
            found[row.number] = by_licence.get(licence) or of_place
        return found
