from datetime import date

import pytest

from gongkai.law.editions import CODES, BeforeRegulationError, edition, edition_for


@pytest.mark.parametrize(
    ("receipt", "code"),
    [("2008-05-01", "2008"), ("2019-05-14", "2008"), ("2019-05-15", "2019"), ("2026-01-01", "2019")],
)
def test_the_edition_is_that_of_the_day_of_receipt(receipt, code):
    assert edition_for(date.fromisoformat(receipt)).code == code


def test_before_the_regulation_there_is_none():
    with pytest.raises(BeforeRegulationError) as caught:
        edition_for(date(2008, 4, 30))
    assert caught.value.as_dict() == {
        "code": "before-regulation",
        "article": "《政府信息公开条例》（2008年施行）第三十八条",
        "message": "2008-04-30 收到的申请早于《政府信息公开条例》的施行日期 2008-05-01，没有办理期限：请核对收到日期。",
    }


@pytest.mark.parametrize("code", CODES)
def test_every_rule_of_an_edition_has_an_article_and_a_summary(code):
    assert [key for key, rule in edition(code).provisions.items() if not (rule.article and rule.summary)] == []


@pytest.mark.parametrize(("code", "answer", "extension"), [("2008", 15, 15), ("2019", 20, 20)])
def test_the_periods_of_the_editions(code, answer, extension):
    rules = edition(code).provisions
    assert (rules["answer"].days, rules["extension"].days) == (answer, extension)


def test_the_revision_of_2019_gives_days_to_what_the_older_text_left_open():
    assert [edition("2008").provisions[key].days for key in ("correction", "third_party")] == [None, None]
    assert [edition("2019").provisions[key].days for key in ("correction", "third_party", "co_maker")] == [7, 15, 15]
