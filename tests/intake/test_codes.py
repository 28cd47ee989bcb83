import uuid
from datetime import date

import pytest

from gongkai.intake import codes


def test_a_code_has_at_least_eighty_bits_and_no_character_that_is_misread():
    assert len(codes.ALPHABET) ** codes.CODE_LENGTH >= 2**80
    assert not set("ILOU") & set(codes.ALPHABET)
    assert len({codes.fresh_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed", ["7K3M-9Q2X-0ABC-DEFG", "7k3m9q2xoabcdefg", "７Ｋ３Ｍ 9Q2X oABC　DEFG", "7K3M–9Q2X–0ABC–DEFG"]
)
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert codes.key_of("W20240603-00000001", typed) == codes.key_of("w20240603 oooooool", "7K3M9Q2X0ABCDEFG")


def test_the_key_needs_both_the_number_and_the_code():
    keys = {codes.key_of(number, code) for number in ("W1", "W2") for code in ("A", "B")}
    assert len(keys) == 4


def test_a_case_is_found_under_a_key_that_was_replaced(settings):
    before = codes.key_of("W1", "A")
    settings.FIELD_KEYS = ["11" * 32, *settings.FIELD_KEYS]
    assert before in codes.keys_of("W1", "A")
    assert before != codes.key_of("W1", "A")


def test_the_number_needs_no_number_of_the_office():
    number = codes.number_of(uuid.uuid4(), date(2026, 11, 28))
    assert number.startswith("W20261128-")
    assert len(number) == 18
