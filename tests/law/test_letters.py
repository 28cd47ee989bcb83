import pytest

from gongkai.law.clocks import names
from gongkai.law.letters import UnknownLetterError, letter, letters, missing_fields, named
from gongkai.law.outcomes import outcomes


@pytest.mark.parametrize("regulation", ["2019", "2008"])
def test_every_outcome_is_told_by_a_letter_of_the_same_edition(regulation):
    for outcome in outcomes(regulation):
        told = letter(outcome.letter, regulation)
        assert (told.audience, told.remedy) == ("applicant", "by_outcome")
        assert told.clock == "answer"


def test_the_list_has_every_line_of_the_table():
    assert sorted({entry.number for entry in letters()}) == list(range(1, 27))


@pytest.mark.parametrize(
    ("case", "article", "keys"),
    [
        (
            "rectification",
            "第四十一条",
            ["rectification", "rectification_transfer", "rectification_refused", "rectification_told"],
        ),
        ("complaint", "第四十七条", ["complaint_upheld", "complaint_dismissed"]),
        ("complaint", "第五十一条", ["complaint_upheld", "complaint_dismissed", "complaint_elsewhere"]),
        ("appeal", "第五十五条", ["appeal_upheld", "appeal_dismissed"]),
    ],
)
def test_what_stands_beside_applications_has_letters_of_its_own(case, article, keys):
    told = [entry for entry in letters() if entry.case == case and entry.audience == "applicant"]
    assert [entry.key for entry in told if f"《政府信息公开条例》{article}" in entry.articles] == keys
    assert all(entry.case == "application" for entry in letters() if entry.remedy == "by_outcome")


def test_supervision_is_told_to_the_unit_and_opens_no_remedy():
    found = [letter(key) for key in ("supervision_order", "supervision_criticism")]
    assert {(one.audience, one.case, one.carries_remedy) for one in found} == {("agency", "complaint", False)}


@pytest.mark.parametrize(
    ("key", "carries"),
    [
        ("registration_receipt", False),
        ("correction_notice", False),
        ("extension_notice", False),
        ("fee_notice", False),
        ("third_party_disclosure", True),
        ("refused", True),
        ("unjustified_volume", True),
        ("not_corrected", True),
        ("rectification", True),
        ("rectification_refused", True),
        ("rectification_told", False),
        ("complaint_dismissed", False),
        ("appeal_dismissed", True),
        ("delivery_receipt", False),
    ],
)
def test_letters_that_decide_carry_the_remedies_and_procedural_ones_do_not(key, carries):
    assert letter(key).carries_remedy is carries


def test_a_correction_notice_names_the_items_the_period_and_the_consequence():
    common = {"heading", "number", "addressee", "request", "date", "seal"}
    lacking = missing_fields(letter("correction_notice"), common)
    assert [field.key for field in lacking] == ["items_to_correct", "period", "consequence"]
    assert [field.caption for field in lacking] == ["需要补正的事项", "合理的期限", "逾期的后果"]


def test_the_letters_of_2008_had_no_one_time_correction():
    with pytest.raises(UnknownLetterError, match="2008年条例没有文书种类“correction_notice”"):
        letter("correction_notice", "2008")
    assert letters("1999") == ()
    with pytest.raises(UnknownLetterError, match="可用的种类：无"):
        letter("refused", "1999")


def test_older_names_lead_to_the_letter():
    assert [entry.key for entry in named("不存在告知书")] == ["not_existing"]
    assert [entry.key for entry in named("公开告知书")] == ["third_party_disclosure", "granted"]
    assert [entry.key for entry in named("提供日期通知书", "2008")] == ["provision_date"]
    assert named("没有这种文书") == ()


@pytest.mark.parametrize("regulation", ["2019", "2008"])
def test_every_clock_a_letter_runs_against_is_in_the_table(regulation):
    assert {entry.clock for entry in letters(regulation)} - set(names()) == {""}


@pytest.mark.parametrize("regulation", ["2019", "2008"])
def test_keys_are_unique(regulation):
    keys = [entry.key for entry in letters(regulation)]
    assert len(keys) == len(set(keys))
