import json
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools.grading.following import News, followed
from ...tools.grading.grade import Grader
from ...tools.grading.keeping import standing_read
from ...tools.grading.lines import read_person
from ...tools.grading.needs import needs_of
from ..facts.sources import all_facts

# Where news waits until all of it is known, in this transaction alone.
WAITING = "bphs_elderly_waiting"
# So many are graded and stored at once; their facts are read in one pass, whoever many they are.
CHUNK = 5000
# One text a person: their facts in the order of their days, a line each.
PEOPLE = """
    SELECT r.id, r.birth_date, r.status NOT IN ('died', 'moved_out', 'lost', 'merged'), f.lines
      FROM bphs_resident r
      LEFT JOIN (SELECT resident_id, string_agg(concat(kind, E'\t', fact, E'\t', word, E'\t', day, E'\t', until,
                                                       E'\t', id, E'\t', CASE WHEN named THEN '1' END),
                                                E'\n' ORDER BY day NULLS FIRST, place, id) AS lines
                   FROM (%(facts)s) facts GROUP BY resident_id) f ON f.resident_id = r.id
     WHERE r.id = ANY(%(people)s) AND r.birth_date IS NOT NULL
"""
STANDINGS = """
    SELECT s.resident_id, s.whole, s.graded_on, s.colour, s.grade, s.hits, k.code, s.causes, s.run, s.sequence
      FROM bphs_elderly_standing s JOIN bphs_elderly_ruleset k ON k.id = s.ruleset_id
     WHERE s.resident_id = ANY(%s)
"""
STORE = """
    INSERT INTO bphs_elderly_standing AS s
           (id, resident_id, whole, shadowed, institution_id, division_id, colour, since, grade, assessed, hits, facts,
            causes, run, ruleset_id, graded_on, graded_at, sequence, proposal, proposed_on, ripe_on,
            create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, r.id, n.whole, FALSE, r.institution_id, r.division_id, n.colour, %(day)s, n.grade, n.assessed,
           n.hits::jsonb, n.facts::jsonb, n.causes::jsonb, n.run::jsonb, %(ruleset)s, %(day)s, %(at)s, n.sequence,
           n.proposal, n.proposed_on, n.ripe_on, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(resident_id)s::int[], %(whole)s::bool[], %(colour)s::varchar[], %(grade)s::varchar[],
                  %(assessed)s::bool[], %(hits)s::text[], %(facts)s::text[], %(causes)s::text[], %(run)s::text[],
                  %(sequence)s::int[], %(proposal)s::varchar[], %(proposed_on)s::date[], %(ripe_on)s::date[])
           n (resident_id, whole, colour, grade, assessed, hits, facts, causes, run, sequence, proposal, proposed_on,
              ripe_on)
      JOIN bphs_resident r ON r.id = n.resident_id
        ON CONFLICT (resident_id, whole) DO UPDATE
       SET since = CASE WHEN s.colour IS DISTINCT FROM excluded.colour THEN excluded.since ELSE s.since END,
           colour = excluded.colour, grade = excluded.grade, assessed = excluded.assessed, hits = excluded.hits,
           facts = excluded.facts, causes = excluded.causes, run = excluded.run, ruleset_id = excluded.ruleset_id,
           graded_on = excluded.graded_on, graded_at = excluded.graded_at, sequence = excluded.sequence,
           proposal = excluded.proposal, proposed_on = excluded.proposed_on, ripe_on = excluded.ripe_on,
           write_uid = excluded.write_uid, write_date = excluded.write_date
"""
COLUMNS = (
    *("resident_id", "whole", "colour", "grade", "assessed", "hits", "facts", "causes", "run", "sequence"),
    *("proposal", "proposed_on", "ripe_on"),
)
SAME = """
    UPDATE bphs_elderly_standing s SET graded_on = %(day)s, graded_at = %(at)s, assessed = n.assessed
      FROM unnest(%(resident_id)s::int[], %(whole)s::bool[], %(assessed)s::bool[]) n (resident_id, whole, assessed)
     WHERE (s.resident_id, s.whole) = (n.resident_id, n.whole)
"""
FOLLOW = """
    UPDATE bphs_elderly_grading SET date_to = %(day)s, write_uid = %(uid)s, write_date = %(now)s
     WHERE date_to IS NULL AND (resident_id, whole) IN (SELECT * FROM unnest(%(resident_id)s::int[], %(whole)s::bool[]))
"""
ROWS = """
    INSERT INTO bphs_elderly_grading
           (id, resident_id, whole, date_from, date_to, sequence, institution_id, division_id, colour, grade, hits,
            facts, ruleset_id, cause, confirmed_by_id, create_uid, create_date, write_uid, write_date)
    SELECT %(new_id)s, r.id, n.whole, %(day)s, CASE WHEN n.last THEN NULL ELSE %(day)s END, n.sequence,
           r.institution_id, r.division_id, n.colour, n.grade, n.hits::jsonb, n.facts::jsonb, %(ruleset)s, n.cause,
           n.confirmed_by_id, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM unnest(%(resident_id)s::int[], %(whole)s::bool[], %(last)s::bool[], %(sequence)s::int[],
                  %(colour)s::varchar[], %(grade)s::varchar[], %(hits)s::text[], %(facts)s::text[],
                  %(cause)s::varchar[], %(confirmed_by_id)s::int[])
           n (resident_id, whole, last, sequence, colour, grade, hits, facts, cause, confirmed_by_id)
      JOIN bphs_resident r ON r.id = n.resident_id
"""
ROW_COLUMNS = (
    *("resident_id", "whole", "last", "sequence", "colour", "grade", "hits", "facts", "cause", "confirmed_by_id"),
)


ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BphsElderlyGrader(models.AbstractModel):
    """Grades people from their facts and keeps where they stand: of one person at once, of a county in chunks.

    What is read and stored are sets; what decides are the rules of `tools/grading`, which a replay calls as well.
    """

    _name = "bphs.elderly.grader"
    _description = "Grading of Elders"

    @api.model
    def _grade_at_once(self, news):
        """Grade people of whom something became known, and bring up the visits that their colours ask for.

        :param dict news: resident id -> `tools.grading.following.News`
        """
        waiting = self.env.cr.cache.get(WAITING)
        if waiting is not None:
            waiting.update({id_: waiting.get(id_, News()) | known for id_, known in news.items()})
            return
        self._grade(list(news), news)
        self.env["bphs.plan"]._follow_colours(list(news))

    @contextmanager
    def _together(self):
        """Whoever is touched within is graded once, when all of it is known: as lists come in."""
        self.env.cr.cache[WAITING] = news = {}
        try:
            yield
        finally:
            del self.env.cr.cache[WAITING]
        self._grade_at_once(news)

    @api.model
    def _grade(self, ids, news=None, day=None):
        """Grade these residents again, and keep what changed.

        :param ids: of residents, any number; who is not an elder living here stands in no colour
        :param news: dict of resident id -> `tools.grading.following.News`: what else became known of them
        :param day: today, unless a night is made up for
        """
        day = day or self._county_today()
        ruleset = self.env["bphs.elderly.ruleset"]._in_force_on(day).sudo()  # sudo: it rules whoever asks
        if not ruleset:
            return
        self.env.flush_all()
        # To compile what is read of so many tables takes longer than to read it.
        self.env.cr.execute("SET LOCAL jit = off")
        core = ruleset._core()
        grader, needs = Grader(core, day), needs_of(core)
        for rows in self._read(needs, day, sorted(ids)):
            standings = self._standings([row[0] for row in rows])
            changes, same, gone = [], [], []
            for id_, birth_date, living, lines in rows:
                before = {whole: standings[id_, whole] for whole in (False, True) if (id_, whole) in standings}
                if not living:
                    gone += [id_] if before else []
                    continue
                people = read_person(str(id_), birth_date, lines)
                for change in followed(grader, core.code, people, before, (news or {}).get(id_)):
                    (changes if change.news else same).append((id_, change))
            self._store(day, ruleset, changes, same, gone)
        for model in ("bphs.elderly.standing", "bphs.elderly.grading"):
            self.env[model].invalidate_model()
        self.env["bphs.resident"].invalidate_model(["elder_standing_ids"], flush=False)

    # === READING === #

    @api.model
    def _people(self, needs, day, ids):
        """:return SQL: id, birth date, whether they live here, and the lines of facts of each of these residents"""
        ids = list(ids)
        return SQL(PEOPLE, facts=all_facts(needs, day, ids), people=ids)

    def _read(self, needs, day, ids):
        """:return: iterator of lists of rows of :meth:`_people`: one statement reads them all, a part at a time"""
        if len(ids) <= CHUNK:
            yield self.env.execute_query(self._people(needs, day, ids))
            return
        self.env.cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        self.env.cr.execute(SQL("DECLARE bphs_elderly_people CURSOR FOR %s", self._people(needs, day, ids)))
        while rows := self.env.execute_query(SQL("FETCH %s FROM bphs_elderly_people", CHUNK)):
            yield rows
        self.env.cr.execute("CLOSE bphs_elderly_people")

    def _standings(self, ids):
        """:return dict: (resident, whole) -> (where they stood, rows of that day)"""
        return {
            (id_, whole): (standing_read(*kept), sequence or 0)
            for id_, whole, *kept, sequence in self.env.execute_query(SQL(STANDINGS, list(ids)))
        }

    # === KEEPING === #

    def _store(self, day, ruleset, changes, same, gone):
        # What is known is what stood when this transaction began: whatever is written later is looked at by the night.
        stamp = {"at": self.env.cr.now(), "now": self._now(), "uid": self.env.uid, "day": day, "ruleset": ruleset.id}
        if same:
            assessed = [change.assessed for _id, change in same]
            self.env.cr.execute(SQL(SAME, assessed=assessed, **stamp, **_pairs(same)))
        if gone:
            self._end(gone, stamp)
        if not changes:
            return
        # Written once of each, for the two tables that keep them.
        written = [(_json(change.hits), _json(change.facts)) for _id, change in changes]
        kept = [
            (
                *(id_, change.whole, change.after.colour, change.after.grade, change.assessed, *texts),
                *(_json(change.causes), _json(change.run), change.sequence, change.after.proposal),
                *(change.after.run and change.after.run.proposed_on, change.after.ripe_on),
            )
            for (id_, change), texts in zip(changes, written, strict=True)
        ]
        new_id = spread_id("bphs_elderly_standing")
        self.env.cr.execute(SQL(STORE, new_id=new_id, **stamp, **_columns(COLUMNS, kept)))
        if shadowing := [id_ for id_, change in changes if change.whole]:
            query = "UPDATE bphs_elderly_standing SET shadowed = TRUE WHERE NOT whole AND resident_id = ANY(%s)"
            self.env.cr.execute(SQL(query, shadowing))
        told = [(id_, change, texts) for (id_, change), texts in zip(changes, written, strict=True) if change.rows]
        if not told:
            return
        self.env.cr.execute(SQL(FOLLOW, **stamp, **_pairs([one[:2] for one in told])))
        rows = [
            (
                *(id_, change.whole, row is change.rows[-1], change.sequence - len(change.rows) + number, row.colour),
                *(row.grade, *texts, row.cause, row.confirmed_by and int(row.confirmed_by)),
            )
            for id_, change, texts in told
            for number, row in enumerate(change.rows, 1)
        ]
        new_id = spread_id("bphs_elderly_grading")
        self.env.cr.execute(SQL(ROWS, new_id=new_id, **stamp, **_columns(ROW_COLUMNS, rows)))

    def _end(self, ids, stamp):
        """Who died or moved away stands in no colour any more."""
        both = {"resident_id": [*ids, *ids], "whole": [False] * len(ids) + [True] * len(ids)}
        self.env.cr.execute(SQL(FOLLOW, **stamp, **both))
        self.env.cr.execute(SQL("DELETE FROM bphs_elderly_standing WHERE resident_id = ANY(%s)", ids))


def _json(value):
    return None if value is None else ENCODE(value)


def _columns(names, rows):
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _pairs(changes):
    return {"resident_id": [id_ for id_, _ in changes], "whole": [change.whole for _, change in changes]}
