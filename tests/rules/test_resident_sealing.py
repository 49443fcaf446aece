"""What is sealed opens with its key alone, is found by its fingerprint, and shows nothing of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.masking import mask_id, mask_phone
from odoo.addons.bphs_resident.tools import sealing
from odoo.addons.bphs_resident.tools.sealing import ID_NUMBER, PHONE, Keyring, SealError

OLD, NEW = sealing.new_key_line("k1"), sealing.new_key_line("k2")
TEXTS = st.text(min_size=1, max_size=40)
DIGITS = st.text("0123456789X", min_size=1, max_size=20)


@given(TEXTS)
def test_sealed_opens_again(text):
    keys = Keyring(OLD)
    sealed = keys.seal(ID_NUMBER, text)
    assert keys.open(ID_NUMBER, sealed) == text
    assert keys.seal(ID_NUMBER, text) != sealed
    assert Keyring(NEW + OLD).open(ID_NUMBER, sealed) == text


@given(TEXTS)
def test_another_key_another_kind_or_a_change_does_not_open(text):
    sealed = Keyring(OLD).seal(ID_NUMBER, text)
    for keys, kind, value in (
        (Keyring(NEW), ID_NUMBER, sealed),
        (Keyring(sealing.new_key_line("k1")), ID_NUMBER, sealed),
        (Keyring(OLD), PHONE, sealed),
        (Keyring(OLD), ID_NUMBER, sealed[:-4] + ("AAA=" if sealed[-4:] != "AAA=" else "BBB=")),
        (Keyring(OLD), ID_NUMBER, "k1.not base64"),
    ):
        with pytest.raises(SealError):
            keys.open(kind, value)


@given(TEXTS, TEXTS)
def test_fingerprints_tell_apart_what_differs(one, other):
    keys = Keyring(OLD)
    assert (keys.index(ID_NUMBER, one) == keys.index(ID_NUMBER, other)) == (one == other)
    assert keys.index(ID_NUMBER, one) != keys.index(PHONE, one)
    assert len(keys.index(ID_NUMBER, one)) == 32


@given(TEXTS)
def test_old_fingerprints_are_looked_up_while_keys_change(text):
    before, during = Keyring(OLD), Keyring(NEW + OLD)
    assert before.index(PHONE, text) in during.lookups(PHONE, text)
    assert during.lookups(PHONE, text)[0] == during.index(PHONE, text) == Keyring(NEW).index(PHONE, text)
    assert during.newest == "k2"


@given(DIGITS)
def test_a_seal_does_not_hold_its_text(text):
    sealed = Keyring(OLD).seal(ID_NUMBER, text)
    if len(text) > 6:
        assert text not in sealed


@given(DIGITS)
def test_a_mask_never_shows_what_it_hides(text):
    for mask in (mask_id, mask_phone):
        shown = mask(text)
        assert len(shown) == len(text)
        kept = [place for place, character in enumerate(shown) if character != "*"]
        assert all(shown[place] == text[place] for place in kept)
        # Of a document the first three stay, of a telephone the last four too.
        last = set(range(len(text) - 4, len(text))) if mask is mask_phone else set()
        assert set(kept) <= set(range(3)) | last
        assert not kept or len(text) - len(kept) >= 4


@given(DIGITS, DIGITS)
def test_masks_of_numbers_that_differ_in_the_hidden_part_alone_are_the_same(one, other):
    if len(one) == len(other) and len(one) >= 11:
        assert mask_id(one) == mask_id(one[:3] + other[3:])
        assert mask_phone(one) == mask_phone(one[:3] + other[3:-4] + one[-4:])


def test_nothing_stays_nothing():
    keys = Keyring(OLD)
    assert keys.seal(PHONE, "") is keys.seal(PHONE, None) is keys.index(PHONE, "") is None
    assert keys.open(PHONE, None) == keys.open(PHONE, "") == ""


@pytest.mark.parametrize("text", ["", "k1", "k1 " + "0" * 63, "k1 " + "G" * 64, OLD + OLD, "too-long-name " + "0" * 64])
def test_a_malformed_key_file_is_refused(text):
    with pytest.raises(SealError):
        Keyring(text)


@given(st.binary(max_size=400))
def test_a_sealed_file_opens_again_in_its_place_alone(content):
    keys = Keyring(OLD)
    sealed = keys.seal_file("bphs.resident.import,1,upload", content)
    assert keys.open_file("bphs.resident.import,1,upload", sealed) == content
    assert Keyring(NEW + OLD).open_file("bphs.resident.import,1,upload", sealed) == content
    assert sealing.key_of_file(sealed) == "k1"
    assert len(content) < 8 or content not in sealed
    for ring, place, found in (
        (keys, "bphs.resident.import,2,upload", sealed),
        (keys, "bphs.resident.import,1,reject_file", sealed),
        (keys, "bphs.resident.import,1,upload", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (keys, "bphs.resident.import,1,upload", sealed[:10]),
        (keys, "bphs.resident.import,1,upload", b"k2" + sealed[2:]),
        (Keyring(NEW), "bphs.resident.import,1,upload", sealed),
        (Keyring(sealing.new_key_line("k1")), "bphs.resident.import,1,upload", sealed),
    ):
        with pytest.raises(SealError):
            ring.open_file(place, found)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "姓名,性别".encode(), b"k1"])
def test_what_was_not_sealed_is_told(content):
    assert sealing.key_of_file(content) == ""
    with pytest.raises(SealError, match="not sealed"):
        Keyring(OLD).open_file("a", content)
