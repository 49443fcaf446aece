from odoo import fields, models


class BphsResident(models.Model):
    """What happened to a resident, latest first: the file's own events, and those of every module that adds its own."""

    _inherit = "bphs.resident"

    def timeline(self, limit=100):
        """The events of a file, for the page of the form.

        :param int limit: at most 200
        :return: list of dict, latest first: ``date`` (ISO), ``kind`` (code, for colour and icon), ``title``, ``text``,
            ``model`` and ``id`` (the record to open, or False)
        :raise AccessError: the file is not for this user to read
        """
        self.ensure_one()
        self.check_access("read")
        self._log_opening()
        limit = max(1, min(self._asked_number(limit, 100), 200))
        events = sorted(self._timeline(), key=lambda event: event["date"], reverse=True)[:limit]
        return [
            {"text": "", "model": False, "id": False, **event, "date": fields.Date.to_string(event["date"])}
            for event in events
        ]

    def _timeline(self):
        """Hook: the events of this file. A module adds its own to ``super()``, read with the user's own rights.

        :return: list of dict: ``date`` (a date), ``kind``, ``title`` and as wanted ``text``, ``model``, ``id``
        """
        events = []
        if self.birth_date:
            events.append({"date": self.birth_date, "kind": "birth", "title": self.env._("Born")})
        if self.file_created_on:
            events.append({"date": self.file_created_on, "kind": "file", "title": self.env._("File created")})
        if self.opened_on:
            events.append({"date": self.opened_on, "kind": "file", "title": self.env._("Opened to the resident")})
        return events + self._group_events() + self._move_events() + self._merge_events()

    def _group_events(self):
        memberships = self.env["bphs.resident.group"].search([("resident_id", "=", self.id)])
        if not self.env.user.has_group("bphs_resident.group_sensitive"):
            memberships = memberships.filtered(lambda membership: membership.kind not in ("smi", "tb"))
        kinds = dict(memberships._fields["kind"]._description_selection(self.env))
        events = []
        for membership in memberships:
            words = {"kind": "group", "text": membership.basis or ""}
            name = kinds[membership.kind]
            events.append(
                {**words, "date": membership.date_from, "title": self.env._("Key group: %(name)s", name=name)}
            )
            if membership.date_to:
                events.append(
                    {**words, "date": membership.date_to, "title": self.env._("Key group ended: %(name)s", name=name)}
                )
        return events

    def _move_events(self):
        # sudo: the moves of a file one may read are part of it, those of before it came into one's scope too
        moves = self.sudo().move_ids | self._merged_files().move_ids
        return [
            {
                "date": move.date,
                "kind": move.kind,
                "title": self._move_words(move.kind),
                "text": " ".join(
                    filter(
                        None,
                        (
                            f"{move.from_division_id.name} → {move.to_division_id.name}" if move.to_division_id else "",
                            move.elsewhere,
                            move.evidence,
                        ),
                    )
                ),
            }
            for move in moves
        ]

    def _merge_events(self):
        merges = self.env["bphs.resident.merge"].search(
            ["|", ("survivor_id", "=", self.id), ("merged_id", "=", self.id), ("undone_on", "=", False)]
        )
        return [
            {
                "date": merge.date.date(),
                "kind": "merge",
                "title": self.env._("Files merged"),
                "text": merge.reason,
                "model": merge._name,
                "id": merge.id,
            }
            for merge in merges
        ]

    def _merged_files(self):
        """The files that were merged into this one."""
        # sudo: what was one person's is shown with the file that stays
        return self.sudo().with_context(active_test=False).search([("merged_into_id", "=", self.id)])
