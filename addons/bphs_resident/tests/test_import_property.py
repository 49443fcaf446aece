from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.roll_columns import FACTS, GROUPS, RELATIONS
from .roll_case import RollCase

TABLES = ("bphs_resident", "bphs_household", "bphs_resident_group")


def _some(words):
    return st.lists(st.sampled_from(sorted(words)), max_size=3, unique=True).map("、".join)


# A person as a roll may tell of them: little or much, the same person twice, with mistakes.
PEOPLE = st.fixed_dictionaries(
    {"order": st.integers(1, 6), "name": st.sampled_from(("单雄信", "张 三", "阿依古丽·买买提", "王五"))},
    optional={
        "ehr_number": st.sampled_from(("", "1404991")),
        "id_number": st.sampled_from(("", "140499195001010010")),
        "phone": st.sampled_from(("", "15400000002", "0355-8080808", "12345")),
        "household": st.sampled_from(("", "8", "H00009")),
        "relation": st.sampled_from(sorted(RELATIONS.values())),
        "address": st.sampled_from(("", "东街3号", "=1+1")),
        "file_created_on": st.sampled_from(("", "2019-03-04", "2019/3/4", "2019-02-30")),
        "groups": _some(GROUPS.values()),
        "facts": _some(FACTS.values()),
    },
)


@tagged("post_install", "-at_install")
class TestImportProperty(RollCase):
    def everything(self):
        rows = {}
        for table in TABLES:
            rows[table] = self.env.execute_query(
                SQL("SELECT to_jsonb(t) FROM %s t ORDER BY t.id", SQL.identifier(table))
            )
        return rows

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(PEOPLE, min_size=1, max_size=5))
    def test_the_same_roll_twice_changes_nothing(self, people):
        savepoint = self.env.cr.savepoint()
        try:
            content = self.csv([self.person(100 + facts.pop("order")) | facts for facts in people])
            first = self.receive(content)
            loadable = first.new_count + first.changed_count
            if loadable:
                self.load(first)
            before = self.everything()
            again = self.receive(content)
            self.assertEqual(again.state, "checked")
            self.assertEqual(again.new_count + again.changed_count, 0)
            self.assertEqual((again.unchanged_count, again.rejected_count), (loadable, first.rejected_count))
            self.assertEqual(self.everything(), before)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
