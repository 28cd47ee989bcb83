from datetime import date

import pytest

from gongkai.law.remedies_admission import UnknownActError, acts, admission, interpretation_on


@pytest.mark.parametrize(
    ("key", "review", "suit"),
    [
        ("correction_notice", False, False),
        ("extension", False, False),
        ("format_or_seal", False, False),
        ("fee_within_period", False, False),
        ("proactive_duty", False, False),
        ("not_provided", True, True),
        ("refusal", True, True),
        ("non_answer", True, True),
        ("mismatch", True, True),
        ("third_party_harm", True, True),
        ("other", True, True),
    ],
)
def test_what_is_admitted_by_itself(key, review, suit):
    found = admission(key, date(2025, 6, 1))
    assert (found.review, found.suit) == (review, suit)
    assert bool(found.instead) is not review


def test_every_act_listed_is_tested_above():
    assert len(acts()) == 11


def test_before_the_opinion_of_2021_nothing_national_decides():
    found = admission("extension", date(2021, 12, 21))
    assert (found.review, found.suit, found.basis, found.instead) == (None, None, (), "")


def test_the_basis_is_that_of_the_day():
    assert admission("not_provided", date(2025, 5, 31)).basis == ("国办函〔2021〕132号第二条第一项",)
    assert admission("not_provided", date(2025, 6, 1)).basis == (
        "国办函〔2021〕132号第二条第一项",
        "法释〔2025〕8号第一条第一项",
    )


def test_a_refusal_needs_reconsideration_first_since_2024():
    assert admission("refusal", date(2023, 12, 31)).review_first is False
    assert admission("refusal", date(2024, 1, 1)).review_first is True


@pytest.mark.parametrize(
    ("day", "document"),
    [
        (date(2011, 8, 12), None),
        (date(2011, 8, 13), "法释〔2011〕17号"),
        (date(2025, 5, 31), "法释〔2011〕17号"),
        (date(2025, 6, 1), "法释〔2025〕8号"),
    ],
)
def test_the_interpretation_of_the_day(day, document):
    assert interpretation_on(day) == document


def test_an_unknown_act_is_refused_with_the_list():
    with pytest.raises(UnknownActError, match="可用的种类：correction_notice、extension"):
        admission("weather", date(2025, 1, 1))
