"""Search and open residents' files through the web server, as a township's public health doctor does.

``run(env, residents, grown)`` starts the server with two workers, as `scripts/run` does, and measures each kind of
request: one person at a time, then 20 at once without a pause between their requests; and the same searches in Odoo's
own contacts, holding as many partners in the same database. Then the register is filled with `grown` residents and
asked again: `ratio.growth` is by how much the search that suffers most takes longer there (by p95; `growth_p50` by its
median).
"""

import random
import threading
import time
from collections import defaultdict

from odoo import Command
from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_resident.tools import sealing

from benches.parts.person import Person, percentile
from benches.parts.register import empty
from tests.live_server import LiveServer

COUNTY, GROWN = 310_869, 3_000_000
EACH, EACH_CONTACTS, PEOPLE, SECONDS_TOGETHER = 60, 20, 20, 20
LOGIN, PASSWORD = "bench_doctor", "bench-doctor-1"
OURS, CONTACTS = "ours", "contacts"
# Kinds that stock contacts have an answer for, and the words of each.
SEARCHES = ("part", "surname", "pinyin", "initials", "ehr", "id", "last4", "phone")
REASON = "核对电话"


def run(env, residents=COUNTY, grown=GROWN):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    residents, grown = int(residents), int(grown)
    bureau = make_county(env)
    doctor = _doctor(env, bureau.child_ids.sorted("code")[3])
    fill(env, residents)
    _contacts(env)
    alone, together = _measured(env, doctor, (OURS, CONTACTS))
    empty(env)
    fill(env, grown)
    alone_grown, together_grown = _measured(env, doctor, (OURS,))
    times = {
        **alone[OURS],
        **_named("together", together),
        **_named("contacts", alone[CONTACTS]),
        **_named("grown", alone_grown[OURS]),
        **_named("grown_together", together_grown),
    }
    p50, p95 = ({kind: percentile(spent, share) for kind, spent in times.items()} for share in (50, 95))
    return {
        "size": {"residents": residents, "partners": residents, "grown": grown, "people": PEOPLE, "each": EACH},
        "seconds": {f"{kind}_p50": round(value, 4) for kind, value in p50.items()},
        "p95_ms": {kind: round(value * 1000, 1) for kind, value in p95.items()},
        "ratio": {
            "contacts": round(max(p95[kind] / p95[f"contacts_{kind}"] for kind in SEARCHES), 2),
            "contacts_first": round(p95["first"] / p95["contacts_first"], 2),
            "contacts_open": round(p95["open"] / p95["contacts_open"], 2),
            "growth": round(max(p95[f"grown_{kind}"] / p95[kind] for kind in SEARCHES), 2),
            "growth_p50": round(max(p50[f"grown_{kind}"] / p50[kind] for kind in SEARCHES), 2),
        },
    }


def _named(prefix, times):
    return {f"{prefix}_{kind}": spent for kind, spent in times.items()}


def _measured(env, doctor, sides):
    """What the server answers to one person and to many: see `_alone` and `_together`."""
    words = _words(env, doctor)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a register at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    server = LiveServer(env.cr.dbname)
    server.log.parent.mkdir(parents=True, exist_ok=True)
    with server:
        return _alone(server, words, sides), _together(server, words)


# === WHAT IS IN THE DATABASE === #


def _doctor(env, hospital):
    return env["res.users"].create(
        {
            "name": "公卫医生",
            "login": LOGIN,
            "password": PASSWORD,
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
            "role_line_ids": [Command.create({"role_id": env.ref("bphs_base.role_township_public_health").id})],
            "bphs_institution_ids": [Command.set(hospital.ids)],
        }
    )


def _contacts(env):
    """As many partners as residents, findable by the same words: initials as reference, number as tax number."""
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO res_partner (name, complete_name, ref, vat, phone, lang, active, type, is_company, color,
                                 partner_share, create_uid, write_uid, create_date, write_date)
        SELECT name, name, replace(pinyin, ' ', '') || ' ' || initials, 'CN' || ehr_number, '154' || ehr_number,
               'zh_CN', TRUE, 'contact', FALSE, 0, TRUE, 1, 1, now(), now()
          FROM bphs_resident
        """
    )
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL")


def _words(env, doctor):
    """For each kind of request what to ask for, drawn from the doctor's own township: {kind: [(ours, contacts)]}."""
    chance = random.Random(1)
    township = doctor.bphs_institution_ids.id
    rows = env.execute_query(
        SQL(
            "SELECT id, name, pinyin, initials, ehr_number, id_cipher, phone_cipher FROM bphs_resident"
            " WHERE township_id = %s AND NOT restricted AND id_cipher IS NOT NULL AND phone_cipher IS NOT NULL"
            " AND id_type = 'resident_id' AND length(name) > 2 ORDER BY ehr_number",
            township,
        )
    )
    partners = [id_ for (id_,) in env.execute_query(SQL("SELECT id FROM res_partner WHERE vat LIKE 'CN%%'"))]
    keys = env["bphs.resident.keyring"]._keys()
    words = defaultdict(list)
    for id_, name, pinyin, initials, ehr, id_cipher, phone_cipher in chance.sample(rows, EACH):
        number = keys.open(sealing.ID_NUMBER, id_cipher)
        for kind, ours, theirs in (
            ("part", name[-2:], name[-2:]),
            ("surname", name[0], name[0]),
            ("pinyin", pinyin.partition("|")[0].replace(" ", ""), pinyin.partition("|")[0].replace(" ", "")),
            ("initials", initials, initials),
            ("ehr", ehr, ehr),
            ("id", number, ehr),
            ("last4", f"{name[0]} {number[-4:]}", ehr[-4:]),
            ("phone", keys.open(sealing.PHONE, phone_cipher), f"154{ehr}"),
            ("open", id_, chance.choice(partners)),
        ):
            words[kind].append((ours, theirs))
    words["first"] = [("", "")] * EACH
    return words


# === PEOPLE === #


class _Ours:
    def __init__(self, person):
        self.person = person
        self.form = person.specification("bphs.resident", "form")

    def first(self, _word):
        self.person.call("bphs.resident", "search_page", "", {})

    def search(self, word):
        found = self.person.call("bphs.resident", "search_page", word, {})
        assert found["rows"], word

    def number(self, word):
        """By a sealed number, which is entered in the log."""
        found = self.person.call("bphs.resident", "search_number", word, {})
        assert found["rows"], word

    id = last4 = phone = number

    def open(self, id_):
        """Opened, which is logged, and the phone unmasked."""
        self.person.call("bphs.resident", "web_read", [id_], specification=self.form)
        assert "*" not in self.person.call("bphs.resident", "action_unmask", [id_], "phone", REASON)


class _Contacts:
    def __init__(self, person):
        self.person = person
        self.list = person.specification("res.partner", "list")
        self.form = person.specification("res.partner", "form")

    def _page(self, domain):
        return self.person.call(
            "res.partner", "web_search_read", domain, specification=self.list, limit=80, count_limit=10001
        )

    def first(self, _word):
        self._page([])

    def search(self, word):
        names = ("complete_name", "ref", "email", "vat", "company_registry")
        found = self._page(["|"] * (len(names) - 1) + [(name, "ilike", word) for name in names])
        assert found["records"], word

    def phone(self, word):
        assert self._page([("phone", "ilike", word)])["records"], word

    def open(self, id_):
        self.person.call("res.partner", "web_read", [id_], specification=self.form)


SIDES = {OURS: _Ours, CONTACTS: _Contacts}


def _ask(side, kind, word):
    """:return: seconds"""
    ask = getattr(side, kind, None) or side.search
    started = time.perf_counter()
    ask(word)
    return time.perf_counter() - started


def _alone(server, words, names):
    """One person, one request after another: {side: {kind: [seconds]}}."""
    person = Person(server, LOGIN, PASSWORD)
    times = {name: defaultdict(list) for name in names}
    for name in names:
        side = SIDES[name](person)
        place = 0 if name == OURS else 1
        for kind in ("first", *SEARCHES, "open"):
            # Theirs take a second each at this size.
            pairs = words[kind][: EACH if name == OURS else EACH_CONTACTS]
            # The worker must have its caches, as it has in the middle of a working day.
            for pair in pairs[:4]:
                _ask(side, kind, pair[place])
            times[name][kind] = [_ask(side, kind, pair[place]) for pair in pairs]
    return times


def _together(server, words):
    """Many people at once, each asking anew as soon as the answer is there: {kind: [seconds]}."""
    times, failures = defaultdict(list), []
    people = [_Ours(Person(server, LOGIN, PASSWORD)) for _ in range(PEOPLE)]
    until = time.perf_counter() + SECONDS_TOGETHER

    def work(side, chance):
        try:
            while time.perf_counter() < until:
                kind = chance.choice(("first", *SEARCHES, "open"))
                times[kind].append(_ask(side, kind, chance.choice(words[kind])[0]))
        except Exception as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work, args=(side, random.Random(number))) for number, side in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    return times
