"""From now on residents live in the village of their household, and the database holds them to it.

Until now a household's village could be changed by itself, which left its people behind.
"""

import logging

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    # Nobody lives where the household says: it goes back to where most of its people do.
    cr.execute(
        """
        UPDATE bphs_household h
           SET division_id = m.division_id, institution_id = m.institution_id, township_id = m.township_id
          FROM (SELECT DISTINCT ON (household_id) household_id, division_id, institution_id, township_id
                  FROM (SELECT household_id, division_id, institution_id, township_id, count(*) AS people
                          FROM bphs_resident
                         WHERE household_id IS NOT NULL AND status = 'active'
                         GROUP BY household_id, division_id, institution_id, township_id) living
                 ORDER BY household_id, people DESC, division_id) m
         WHERE m.household_id = h.id
           AND NOT EXISTS (
               SELECT FROM bphs_resident r
                WHERE r.household_id = h.id AND r.division_id = h.division_id AND r.status = 'active')
        """
    )
    back = cr.rowcount
    # Who still lives elsewhere, or whose file ended elsewhere, is not of this household.
    cr.execute(
        "UPDATE bphs_resident r SET household_id = NULL, relation = NULL FROM bphs_household h"
        " WHERE h.id = r.household_id AND h.division_id <> r.division_id"
    )
    _logger.info("households taken back to the village of their people: %s; residents let go: %s", back, cr.rowcount)
