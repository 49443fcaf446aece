import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.guessing import Limits, account_mark, address_mark, must_wait


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("10.9.1.7", "10.9.1.7"),
        ("::ffff:10.9.1.7", "10.9.1.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_an_address_is_its_machine(address, mark):
    assert address_mark(address) == mark


def test_an_account_is_one_however_it_is_typed():
    assert account_mark(" Wang@CDC ") == account_mark("wang@cdc") != account_mark("wang@cdc.cn")
    assert "wang" not in account_mark("wang")


def test_settings_that_are_no_numbers_lock_nobody_out():
    assert Limits.of(account_failures=False, account_seconds="soon", address_failures="") == Limits()
    assert Limits.of(account_failures="0", account_seconds="5", address_failures="7") == Limits(0, 5, 7)


@pytest.mark.parametrize(
    ("failures", "seconds", "of_address", "waits"),
    [
        (0, None, 0, False),
        (9, 1, 9, False),
        (10, 59, 10, True),
        (10, 60, 10, False),
        (0, None, 59, False),
        (0, None, 60, True),
        (10, None, 0, False),
    ],
)
def test_who_waits(failures, seconds, of_address, waits):
    found = must_wait(Limits(), account_failures=failures, seconds_since=seconds, address_failures=of_address)
    assert found is waits


@given(st.integers(0, 500), st.one_of(st.none(), st.integers(0, 500)), st.integers(0, 500), st.integers(0, 500))
def test_more_wrong_passwords_never_open_what_was_shut(failures, seconds, of_address, more):
    def waits(count, address):
        return must_wait(Limits(), account_failures=count, seconds_since=seconds, address_failures=address)

    if waits(failures, of_address):
        assert waits(failures + more, of_address)
        assert waits(failures, of_address + more)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_nought_switches_off(failures, seconds, of_address):
    limits = Limits(account_failures=0, address_failures=0)
    assert not must_wait(limits, account_failures=failures, seconds_since=seconds, address_failures=of_address)
