from dataclasses import replace

import pytest

from gongkai.annual.audit import audit


def told(report, words, code, edition="2021", **changes):
    return [f for f in audit(report(edition, say=words, **changes)) if f.code == code]


def test_slips_of_the_pen_are_warnings_with_a_suggestion(report):
    (found,) = told(report, "严把政治关、法律关、文字观。", "typo")

    assert (found.severity, found.expected, found.evidence) == ("warning", "文字关", "文字观")


def test_law_that_was_replaced_is_a_warning_from_the_year_it_was(report):
    words = "坚持以公开为原则、以不公开为例外，申请在15个工作日内答复。"

    assert {f.severity for f in told(report, words, "outdated-law")} == {"warning"}
    assert told(report, words, "outdated-law", "2008") == []
    assert told(report, words, "outdated-law", year=2024) != []


def test_without_a_year_nothing_is_outdated(report):
    told_report = replace(report(say="坚持以公开为原则、以不公开为例外。"), year=None)

    assert [f for f in audit(told_report) if f.code == "outdated-law"] == []


def test_last_year_and_this_year_are_named_once_each(report):
    found = told(report, "去年推送视频6条。去年发布信息7条。今年开展培训。", "relative-year")

    assert [(f.severity, f.found) for f in found] == [("info", "去年"), ("info", "今年")]
    assert found[0].evidence == "去年推送视频6条。去"


@pytest.mark.parametrize("words", ["与去年相比有所增加。", "比去年多。", "去年同期为6件。", "较去年的6件增加。"])
def test_a_comparison_with_last_year_is_none(report, words):
    assert told(report, words, "relative-year") == []


def test_a_fact_under_last_year_s_date_is_a_warning(report):
    (found,) = told(report, "稳步推进。2023年，全县共收到申请9件。", "stale-year")

    assert (found.severity, found.expected, found.found) == ("warning", 2024, 2023)
    assert found.evidence == "2023年，"


@pytest.mark.parametrize(
    "words",
    [
        "2023年，全县共收到申请9件，2024年收到40件。",
        "2023年，我县问题已经整改。",
        "2022年，全县共收到申请9件。",
        "2023年，我县结转4件",
    ],
)
def test_looking_back_is_none(report, words):
    assert told(report, words, "stale-year") == []


def test_problems_of_last_year_may_be_spoken_of(report):
    texts = {"存在的主要问题及改进情况": "2023年，我县公开不及时，现已改正，下一步继续加强指导。"}

    assert told(report, "", "stale-year", texts=texts) == []


def test_the_name_of_a_body_that_no_longer_exists_is_a_warning_once(report):
    (found,) = told(report, "国土资源局按时公开，国土资源局答复及时。", "former-name")

    assert (found.severity, found.found, found.evidence) == ("warning", "国土资源局", "国土资源局")
    assert found.expected == "自然资源主管部门"
    assert "2019-03-31" in found.message
    assert told(report, "原国土资源局的档案已移交。", "former-name") == []
    nameless = replace(report(say="国土资源局按时公开。"), year=None)
    assert [f for f in audit(nameless) if f.code == "former-name"] == []
