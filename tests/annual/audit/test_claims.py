"""Claims in words against the tables of conftest: 3 carried out, 2 corrected, 2 pending."""

import pytest

from gongkai.annual.audit import audit

CORRECTED = {f"remedies.{block}.corrected": 0 for block in ("reconsideration", "litigation_after_reconsideration")}
CALM = {
    **CORRECTED,
    "remedies.reconsideration.total": 7,
    "remedies.litigation_after_reconsideration.total": 1,
    "requests.carried_out.total": 0,
    "requests.carried_out.natural_person": 0,
}


def told(report, words, edition="2021", **changes):
    return [f for f in audit(report(edition, say=words, **changes)) if f.rule in {"D2", "D2u", "E1z", "C7"}]


@pytest.mark.parametrize(
    ("words", "rule", "found", "evidence"),
    [
        ("依申请公开案件实现零败诉、零纠错。", "D2", 1, "零败诉"),
        ("全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。", "D2", 2, ""),
        ("政府信息公开行政诉讼无一败诉。", "D2", 1, "无一败诉"),
        ("政府信息公开行政复议8件，均获维持。", "D2u", 4, "均获维持"),
        ("信息公开诉讼5件，全部维持。", "D2u", 2, "全部维持"),
        ("全年未收到政府信息公开申请。", "E1z", 40, "未收到政府信息公开申请"),
        ("今年来，我县无受理依申请公开政府信息的申请。", "E1z", 40, ""),
        ("未发生因政府信息公开引发的行政诉讼。", "E1z", 5, ""),
        ("本年度无政府信息公开行政复议、行政诉讼案件。", "E1z", 13, ""),
        ("收到申请40件，全部办结。", "C7", 3, "全部办结"),
        ("申请均已办理完毕。", "C7", 3, "均已办理完毕"),
        ("依申请公开办结率为100%。", "C7", 3, ""),
    ],
)
def test_a_claim_that_the_tables_contradict_is_an_error(report, words, rule, found, evidence):
    findings = told(report, words)

    assert {f.severity for f in findings} == {"error"}
    assert (findings[0].rule, findings[0].found, findings[0].code) == (rule, found, "narrative-table")
    assert findings[0].evidence in words
    assert findings[0].evidence == (evidence or findings[0].evidence)


@pytest.mark.parametrize(
    "words",
    [
        "依申请公开按期办结率100%。",
        "申请答复及时率100%。",
        "收到申请40件，均已在法定期限内办结。",
        "到期的申请全部办结。",
        "收到的申请均予以答复。",
    ],
)
def test_a_claim_about_time_is_a_warning(report, words):
    assert [f.severity for f in told(report, words)] == ["warning"]


@pytest.mark.parametrize(
    "words",
    [
        "收到申请40件，均在法定期限内答复。",
        "人大代表建议53件，办结率100%。",
        "受理12345热线工单，全部办结。",
        "上级交办事项全部办结。",
        "权利得到全部维持。",
        "未发生需要追究责任的情形。",
        "未发生因答复不当引发的行政复议。",
        "未发生行政复议案件。",
        "未收到法人的申请。",
        "未发生需要补充的申请。",
        "未收到网民热线转来的申请。",
    ],
)
def test_a_claim_about_something_else_is_not_judged(report, words):
    assert told(report, words) == []


def test_claims_that_the_tables_bear_out_are_no_finding(report):
    words = "依申请公开案件零败诉、零纠错，申请全部办结，办结率100%。"

    assert told(report, words, cells=CALM) == []


def test_the_title_of_a_section_tells_what_a_claim_is_about(report):
    texts = {"政府信息公开行政复议、行政诉讼情况": "未发生行政复议、行政诉讼。"}

    assert [(f.rule, f.found) for f in told(report, "", texts=texts)] == [("E1z", 13)]


def test_the_older_form_is_held_to_its_own_rows(report):
    assert [f.found for f in told(report, "全年未收到政府信息公开申请。", "2008")] == [9]
    assert [f.found for f in told(report, "未收到政府信息公开行政复议。", "2008")] == [2]


def test_a_table_that_is_not_there_contradicts_nothing(report):
    cells = {key: "absent" for key in report().cells if key.startswith("requests.")}

    assert told(report, "全年未收到政府信息公开申请。", cells=cells) == []
