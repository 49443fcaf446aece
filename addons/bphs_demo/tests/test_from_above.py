from odoo.tests import TransactionCase, tagged

# So many records of each model are tried.
TRIED = 200


@tagged("post_install", "-at_install")
class TestFromAbove(TransactionCase):
    """What comes from above, or belongs to others, is read where a rule says so, and changed by nobody it comes to."""

    def test_nobody_changes_what_is_not_their_institutions(self):
        tried, wrong = 0, []
        for row in self.env["res.users"]._bphs_demo_signins():
            user = self.env["res.users"].search([("login", "=", row["login"])])
            institutions = self.env["bphs.institution"].with_context(active_test=False)
            own = set(institutions.search([("id", "child_of", user.bphs_institution_ids.ids)]).ids)
            for name, model in sorted(self.env.registry.items()):
                field = model._fields.get("institution_id")
                # A record of a person is theirs who have the person's file, wherever it was made.
                if not name.startswith("bphs.") or not (field and field.store) or "resident_id" in model._fields:
                    continue
                if model._abstract or model._transient:
                    continue
                mine = self.env[name].with_user(user).with_context(active_test=False)
                for operation in ("write", "unlink"):
                    if not mine.has_access("read") or not mine.has_access(operation):
                        continue
                    others = mine.search(
                        [("institution_id", "not in", list(own)), ("institution_id", "!=", False)], limit=TRIED
                    )
                    tried += len(others)
                    if changed := others._filtered_access(operation):
                        wrong.append(f"{row['login']} {operation} {name}: {len(changed)} of {len(others)}")
        self.assertTrue(tried, "somebody reads what is not their institution's")
        self.assertFalse(wrong, "\n".join(wrong))
