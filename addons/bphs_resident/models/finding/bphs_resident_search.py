from itertools import repeat

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import sealing, tokens
from ...tools.file_state import AGE_GROUPS, SENSITIVE_GROUPS, birth_dates

# What a page shows, and how many the index hands over to be compared and put in order for it.
PAGE = 40
CANDIDATES = 120
VILLAGES = 5
FILTERS = {"division_id", "institution_id", "household_id", "status", "group"}
# Of whom one may not browse: who is in a group or a household is told by the opened file alone.
FILTERS_OF_A_SEARCH = {"division_id", "institution_id", "status"}
EMPTY = {"rows": [], "more": False, "recent": False, "villages": [], "hint": False}


class BphsResident(models.Model):
    """Search before browse: what the search page asks, bounded whatever the size of the county."""

    _inherit = "bphs.resident"

    # Not `readonly`: some people's searches are entered in the log.
    @api.model
    def search_page(self, query, filters=None, limit=PAGE, offset=0):
        """Residents a query finds within what the user may see, numbers masked. Sealed numbers: see `search_number`.

        :param str query: words that must all hold: name or part, pinyin, initials, health record number, household
            number, or a village beside a name; empty: the files opened last. Who must search gives the whole name, in
            characters or spelt out; each such search that finds somebody is entered in the log, so many a day.
        :param dict filters: of FILTERS, e.g. ``{"division_id": 7, "group": "elderly_65"}``
        :param int limit: at most 40
        :return: dict: ``rows`` (see `_page_rows`), ``more`` (bool: narrow down), ``recent`` (bool: the files opened
            last), ``villages`` (villages the query names: id, name), ``hint`` (code of what to type, or False)
        """
        self.browse().check_access("read")
        terms = tokens.parse(str(query or "")[:100])
        if any(term.kind in tokens.SEALED_NUMBERS for term in terms):
            return {**EMPTY, "hint": "number"}
        return self._search_terms(query, terms, filters, limit, offset)

    def _search_terms(self, query, terms, filters=None, limit=PAGE, offset=0):
        """:return: what `search_page` returns"""
        must_search = self._must_search()
        filters = _known(filters, FILTERS_OF_A_SEARCH if must_search else FILTERS)
        if not terms and str(query or "").strip():
            return dict(EMPTY)  # signs alone, as in a slip of the keyboard: nobody bears them
        if not terms and not filters:
            return {**EMPTY, "recent": True, "rows": self._recent()._page_rows({})}
        if must_search:
            if any(term.kind in tokens.RUNNING_NUMBERS for term in terms):
                return {**EMPTY, "hint": "person"}
            if not any(map(tokens.is_telling, terms)):
                return {**EMPTY, "hint": "more"}
            if not any(term.kind in tokens.SEALED_NUMBERS for term in terms):
                return self._search_counted(terms, filters, limit, offset)
        return self._page_of(terms, filters, limit, offset)

    def _search_counted(self, terms, filters, limit, offset):
        """A search by name of a user who must search: entered in the log, and so many a day."""
        log = self.env["bphs.resident.access"]
        limit, offset = self._asked_number(limit, PAGE), self._asked_number(offset, 0)
        # The same words within another village, or further down the list, tell of other people.
        asked = log._fingerprint_of_names(terms, filters, _bounds(limit, offset)[0])
        if log._searches_used_up(asked):
            return {**EMPTY, "hint": "names"}
        page = self._page_of(terms, filters, limit, offset)
        if page["rows"]:
            log._record_search(asked, len(page["rows"]))
        return page

    def _page_of(self, terms, filters, limit, offset):
        first, last = _bounds(self._asked_number(limit, PAGE), self._asked_number(offset, 0))
        villages = self._villages_named(terms)
        found = self._find(terms, filters, villages)
        spans = dict(found[first:last])
        return {
            **EMPTY,
            "rows": self.browse(list(spans))._page_rows(spans),
            "more": len(found) > last,
            "villages": self._villages_offered(terms, villages),
        }

    def _villages_offered(self, terms, villages):
        """To narrow down to, where the query is one word and a village bears it."""
        if len(terms) != 1:
            return []
        named = villages.get(terms[0], ())[:VILLAGES]
        return [{"id": division.id, "name": division.display_name} for division in named]

    @api.model
    @api.readonly
    def search_words(self):
        """What the search page needs to know once.

        :return: dict: ``groups`` (kind, label) the user may see, ``by_group`` (bool: and filter by), ``sexes`` and
            ``statuses`` (label by value), ``reason`` (bool: asked before a file opens), ``may_create`` (bool),
            ``last4`` (bool: finds by a name and the last four of a number)
        """
        self.browse().check_access("read")
        sensitive = self.env.user.has_group("bphs_resident.group_sensitive")
        kinds = self.env["bphs.resident.group"]._fields["kind"]._description_selection(self.env)
        return {
            "groups": [[kind, label] for kind, label in kinds if sensitive or kind not in SENSITIVE_GROUPS],
            "by_group": not self._must_search(),
            "last4": self._may_unmask(),
            "sexes": dict(self._fields["sex"]._description_selection(self.env)),
            "statuses": dict(self._fields["status"]._description_selection(self.env)),
            "reason": self._must_search(),
            "may_create": self.has_access("create"),
        }

    # === FINDING === #

    def _find(self, terms, filters, villages):
        """Compare what the index hands over with the names themselves, best first.

        :return: list of (id, span of the name that matched or None), at most CANDIDATES
        """
        townships = self._townships()
        wanted = [self._term_domain(term, villages, townships) for term in terms]
        domain = Domain.AND([*wanted, self._filter_domain(filters)])
        rows = self._candidates(domain, townships)
        if len(rows) == CANDIDATES:
            # Whoever bears just this name must not be left out for so many whose names hold it.
            for term in terms:
                if ways := tokens.whole(term):
                    rows += self._candidates(domain & self._token_domain(ways, townships), townships)
        found = {}
        needed = self._needed_span(terms)
        for id_, name in rows:
            spans = []
            for term in terms:
                span = tokens.match(term, name) if term.kind in ("name", "spelling") else (0, 0)
                if span is None and not villages.get(term):
                    break
                spans.append(span)
            else:
                if needed and not any(map(needed, terms, spans, repeat(name))):
                    continue
                span = next((span for span in spans if span and span[1]), None)
                found[id_] = (_rank(span, name), name, id_, span)
        return [(id_, span) for _rank_, _name, id_, span in sorted(found.values(), key=lambda item: item[:3])]

    def _needed_span(self, terms):
        """What of a name must have been typed: a village beside it is no name.

        :return: function of a term, its span and a name, or None where nothing is asked for
        """
        if self._must_search() and not any(term.kind in ("id", "phone") for term in terms):
            return lambda term, _span, name: tokens.names_whole(term, name)
        if any(term.kind == "last4" for term in terms):
            return lambda _term, span, _name: bool(span) and span[1] > 0
        return None

    def _candidates(self, domain, townships):
        """:param townships: see `_townships`
        :return: list of (id, name), at most CANDIDATES, in the order the database finds them"""
        searched = self
        if all(townships.values()):
            # Whole townships, as the index has them: who is found there is then asked of the rules. In one question
            # the database would go through the people of every institution to find a rare name.
            domain &= Domain("township_id", "in", list(townships))
            domain &= Domain([*self._named_roles_domain(), *self._age_domain()])
            found = self.sudo()._search(domain)  # sudo: nothing is told of it but what the rules below leave
            found.order, found.limit = None, CANDIDATES
            domain = Domain("id", "in", found)
        if self._must_search():
            # sudo: the rule shows them only what they opened today; all else that holds is asked for here.
            searched, domain = self.sudo(), domain & Domain(self._visible_domain())
        query = searched._search(domain)
        # An order would make the database fetch and sort all that a frequent surname finds.
        query.order, query.limit = None, CANDIDATES
        table = query.table
        return self.env.execute_query(query.select(SQL.identifier(table, "id"), SQL.identifier(table, "name")))

    def _term_domain(self, term, villages, townships):
        kind, value = term
        if kind in ("name", "spelling"):
            # Who must search names the whole person: nobody is crowded out by those whose names hold it.
            whole = self._must_search() and tokens.whole(term)
            domain = self._token_domain(whole or tokens.alternatives(term), townships)
            division_ids = [division.id for division in villages.get(term, ())]
            return domain | Domain("division_id", "in", division_ids) if division_ids else domain
        if kind == "ehr":
            return Domain("ehr_number", "=", value)
        if kind == "ehr_begin":
            return self._where("ehr_number", SQL("BETWEEN %s AND %s", value.ljust(17, "0"), value.ljust(17, "9")))
        if kind == "household":
            # sudo: the household's number alone; its members are searched with the user's own rights
            household = self.env["bphs.household"].sudo().search([("number", "=", value)])
            return Domain("household_id", "in", household.ids)
        keys = self.env["bphs.resident.keyring"]._keys()
        column = {"id": "id_index", "last4": "id_last4_index", "phone": "phone_index"}[kind]
        seal = {"id": sealing.ID_NUMBER, "last4": sealing.ID_LAST4, "phone": sealing.PHONE}[kind]
        known = self._where(column, SQL("= ANY(%s)", keys.lookups(seal, value)))
        if kind == "id":
            # Two indexes hold the numbers: of files that were merged, and of the others.
            return known & self._where("status", SQL("<> 'merged'")) | known & self._where("status", SQL("= 'merged'"))
        return known

    def _token_domain(self, ways, townships):
        """:param ways: lists of fragments that must all be present, of which one list must hold
        :param townships: ids of those the tokens are cut for
        """
        return Domain.OR(
            self._where(
                "search_tokens", SQL("@> %s::int4[]", [tokens.token(township, fragment) for fragment in fragments])
            )
            for fragments in ways
            for township in townships
        )

    def _where(self, column, condition):
        """A condition on a column that no client may name in a domain."""

        def to_sql(model, alias, query):
            return SQL("%s %s", SQL.identifier(alias, column, to_flush=model._fields[column]), condition)

        return Domain.custom(to_sql=to_sql)

    def _filter_domain(self, filters):
        domain = Domain.TRUE
        for name, value in filters.items():
            if name == "group":
                domain &= self._group_domain(str(value))
            elif name == "status":
                domain &= Domain(name, "=", str(value))
            else:
                domain &= Domain(name, "=", self._asked_id(value))
        return domain

    def _group_domain(self, kind):
        """Who is in a key group now, by membership or by age."""
        domain = Domain("group_ids", "any", Domain("kind", "=", kind) & self._in_force())
        if kind in AGE_GROUPS:
            after, until = birth_dates(kind, self._county_today())
            domain |= Domain("birth_date", ">", after) & Domain("birth_date", "<=", until)
        return domain

    def _in_force(self):
        """Memberships of key groups that hold today; one may end on a day to come, as after a birth."""
        return Domain("date_to", "=", False) | Domain("date_to", ">=", self._county_today())

    def _townships(self):
        """The townships the user's institutions belong to.

        :return: dict of id -> whether the township itself, and so all of it, is in the user's scope
        """
        scope = self.env.user.sudo().bphs_institution_ids.ids  # sudo: one's own scope
        # sudo: as above
        institutions = self.env["bphs.institution"].sudo().with_context(active_test=False)
        query = institutions._search([("id", "child_of", scope)])
        own, above = SQL.identifier(query.table, "id"), SQL.identifier(query.table, "township_id")
        query.groupby = township = SQL("coalesce(%s, %s)", above, own)
        return dict(self.env.execute_query(query.select(township, SQL("bool_or(%s = %s)", own, township))))

    def _villages_named(self, terms):
        """:return: dict of term -> villages in scope whose name holds it"""
        named = {}
        for term in terms:
            if term.kind == "name" and len(term.value) > 1:
                villages = self.env["bphs.division"].search(
                    [("level", "=", "village"), ("name", "like", term.value)], limit=20
                )
                served = self.env["bphs.institution"]._responsible(villages.ids) if villages else {}
                visible = self.env["bphs.institution"].search([("id", "in", [i for i, __ in served.values()])])
                villages = villages.filtered(lambda d, s=served, v=visible: s.get(d.id, (0,))[0] in v.ids)
                if villages:
                    named[term] = villages
        return named

    @api.model
    def _search_display_name(self, operator, value):
        """Let fields that choose a resident find by the names and numbers that are shown; by a sealed number nobody is
        found here, as counting would tell which it is."""
        if operator not in ("ilike", "like", "=") or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        terms = tokens.parse(value)
        if any(term.kind in tokens.SEALED_NUMBERS for term in terms):
            return Domain.FALSE
        if not terms:
            return Domain.TRUE
        townships = self._townships()
        return Domain.AND(self._term_domain(term, {}, townships) for term in terms)


def _known(filters, names):
    return {name: value for name, value in (filters or {}).items() if name in names and value}


def _bounds(limit, offset):
    """First and last row of a page, whatever a client asks for."""
    first = max(0, min(int(offset or 0), CANDIDATES))
    return first, first + max(1, min(int(limit or PAGE), PAGE))


def _rank(span, name):
    """Whole names first, then those that begin so."""
    if not span:
        return 3
    return 0 if span == (0, len(name)) else 1 if span[0] == 0 else 2
