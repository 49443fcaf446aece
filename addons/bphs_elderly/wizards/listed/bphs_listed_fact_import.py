from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_resident.tools import sealing
from odoo.addons.bphs_resident.tools.identity import IdentityError, is_ehr_number, normalise, read_id_number

# Within the importer's scope alone: a number that is kept elsewhere is answered as one that is nowhere.
FOUND = """
    SELECT n.number, r.id, e.id <> i.id, replace(r.name, ' ', ''), r.status, r.birth_date, r.restricted
      FROM unnest(%(numbers)s::int[], %(ehr_numbers)s::varchar[], %(id_indexes)s::varchar[])
           n (number, ehr_number, id_index)
      LEFT JOIN bphs_resident e ON e.ehr_number = n.ehr_number AND e.institution_id = ANY(%(scope)s)
      LEFT JOIN bphs_resident i ON i.id_index = n.id_index AND i.status <> 'merged'
       AND i.institution_id = ANY(%(scope)s)
      LEFT JOIN bphs_resident r ON r.id = coalesce(e.id, i.id)
"""


class BphsListedFactImport(models.AbstractModel):
    """A list that names people by number and says something of each: of civil affairs, of a hospital, of a survey.

    Whoever loads one has the rights of whoever loads a roll, since it tells which numbers the register has; what leads
    to nobody is counted in the log. What is in order is loaded, the rest comes back to whoever keeps the list.
    """

    _name = "bphs.listed.fact.import"
    _inherit = ["bphs.import.wizard"]
    _description = "Import of a List of Facts"

    # The model whose records the rows become.
    _listed = None

    # === WHAT A MODULE SAYS === #

    @api.model
    def _fact_columns(self):
        """:return: the columns beside those of the person"""
        raise NotImplementedError(self._name)

    def _check_fact(self, row, birth_date):
        """Add what is wrong with what a row says of a person that was found."""
        raise NotImplementedError(self._name)

    def _same(self, row):
        """:return: what two rows of one person may not both say"""
        raise NotImplementedError(self._name)

    def _keep(self, rows, facts):
        """Write what is new.

        :param rows: of whom the person is `row["resident_id"]`
        :param facts: the model, as the system
        :return: how many rows said something new
        """
        raise NotImplementedError(self._name)

    # === RIGHTS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_import()
        return super().create(vals_list)

    def action_template(self):
        self._check_may_import()
        return super().action_template()

    def action_match_columns(self):
        self._check_may_import()
        return super().action_match_columns()

    @api.model
    def _check_may_import(self):
        """:raise AccessError: the user enters no such facts, or loads no lists of people"""
        self.browse().check_access("create")
        self.env["bphs.resident.import"]._check_importer()
        self.env[self._listed].browse().check_access("create")

    # === THE FRAME === #

    @api.model
    def _import_columns(self):
        _ = self.env._
        return [
            ImportColumn(
                "ehr_number",
                _("Health Record Number"),
                "code",
                aliases=("健康档案编号", "档案编号", "档案号", "居民健康档案编号"),
            ),
            ImportColumn(
                "id_number",
                _("ID Number"),
                "code",
                aliases=("身份证号", "身份证号码", "身份证", "公民身份号码", "居民身份证号码", "残疾人证号"),
            ),
            ImportColumn("name", _("Name of the Person"), "name", required=True, aliases=("姓名", "居民姓名")),
            *self._fact_columns(),
        ]

    def _import_read(self):
        self._check_may_import()
        self.env["bphs.resident.access"]._check_numbers()
        rows = super()._import_read()
        good = [row for row in rows if not row.errors]
        if good and self.state == "rejected":
            kept = self.env._(
                "%(good)s rows are in order, %(count)s come back with their reasons.",
                good=len(good),
                count=self.error_count,
            )
            self.write({"state": "checked", "message": "\n".join([kept, *(self.message or "").split("\n")[1:]])})
        return good

    def _import_rejects(self, headed, columns, rows):
        # What was loaded is not sent back.
        return super()._import_rejects(headed, columns, [row for row in rows if row.errors])

    def _import_check(self, rows):
        with self._import_refusals():
            self.env["bphs.resident.import"]._check_keys()
        for row in rows:
            self._check_numbers_of(row)
        found = self._find(rows)
        for row in rows:
            if not row.errors:
                self._check_person(row, *found[row.number])
        seen = {}
        for row in rows:
            if row.errors:
                continue
            first = seen.setdefault((row["resident_id"], *self._same(row)), row.number)
            if first != row.number:
                row.error("name", self.env._("the same as row %(row)s", row=first))

    def _import_apply(self, rows):
        # sudo: what comes from a list says so, which nobody writes by hand; the right to import was asked
        with self.env["bphs.elderly.grader"].sudo()._together():
            count = self._keep(rows, self.env[self._listed].sudo())  # sudo: as above
        restricted = sum(row["restricted"] for row in rows)
        self.env["bphs.resident.access"]._record_file("import", self.file_name, len(rows), restricted)
        # The list holds people's numbers: it is not kept.
        self.file = False
        return count

    # === WHO IT IS === #

    def _check_numbers_of(self, row):
        ehr_number, id_number = (normalise(row.get(key) or "") for key in ("ehr_number", "id_number"))
        if not row.errors and not (ehr_number or id_number):
            row.error("id_number", self.env._("give the health record number or the ID number"))
        if ehr_number and not is_ehr_number(ehr_number):
            row.error("ehr_number", self.env._("has 17 digits"))
        # A disability card's number is the ID number and two digits more.
        id_number = id_number[:18] if len(id_number) == 20 else id_number
        if len(id_number) == 18:
            try:
                id_number = read_id_number(id_number, self._county_today()).number
            except IdentityError:
                row.error("id_number", self.env._("is no valid number: compare it digit by digit"))
        row.values |= {"ehr_number": ehr_number or None, "id_number": id_number or None}

    def _find(self, rows):
        """:return: {row number: (resident id, two files, name, status, birth date, for named persons)}"""
        asked = [row for row in rows if not row.errors]
        keys = self.env["bphs.resident.keyring"]._keys()
        self.env["bphs.resident"].flush_model()
        query = SQL(
            FOUND,
            numbers=[row.number for row in asked],
            ehr_numbers=[row["ehr_number"] for row in asked],
            id_indexes=[row["id_number"] and keys.index(sealing.ID_NUMBER, row["id_number"]) for row in asked],
            scope=sorted(self.env["bphs.resident.import"]._scope_ids()),
        )
        found = {number: person for number, *person in self.env.execute_query(query)}
        if asked:
            misses = sum(person[0] is None for person in found.values())
            what = self.env._("%(file)s: numbers compared with the register, led to nobody", file=self.file_name)
            counts = {"count": misses, "count_whole": len(asked)}
            self.env["bphs.resident.access"]._enter({"kind": "number", "what": what, **counts})
        return found

    def _check_person(self, row, resident_id, several, name, status, birth_date, restricted):
        _ = self.env._
        if resident_id is None:
            row.error("", _("There is no file of this number within your scope"))
        elif several:
            row.error("", _("The two numbers belong to two different files"))
        elif name != row["name"].replace(" ", ""):
            row.error("name", _("The file of this number is of a person with another name"))
        elif status != "active":
            row.error("", _("The person does not live here any more"))
        else:
            row.values |= {"resident_id": resident_id, "restricted": restricted}
            self._check_fact(row, birth_date)

    # === WHAT IS SAID === #

    def _check_day(self, row, key, birth_date):
        day = row.get(key)
        if day and day > self._county_today():
            row.error(key, self.env._("this day has not come yet"))
        if day and birth_date and day < birth_date:
            row.error(key, self.env._("comes before the birth"))

    def _choices(self, name="kind"):
        return tuple(self.env[self._listed]._fields[name]._description_selection(self.env))


def refused(row, key, read, *values):
    """What ``read`` makes of values; where they are none, the row is refused. :return: the value, or None"""
    try:
        return read(*values)
    except SheetError as error:
        row.error(key, str(error))
        return None
