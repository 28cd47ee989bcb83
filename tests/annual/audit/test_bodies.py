"""Paragraphs that the reports of different bodies share: 雷同, as far as the files given together show it."""

from dataclasses import replace

from gongkai.annual.audit import audit_series
from gongkai.annual.audit.bodies import paragraph_marks

COPIED = (
    "持续完善主动公开目录，逐项明确公开内容、公开时限、公开主体和公开渠道，推动教育、医疗、养老等民生领域信息及时更新，"
    "方便群众查询办事，并安排专人对历史栏目逐条核查、补录和归档。\n"
    "聚焦重大项目建设，定期公开进展情况、实施主体和监督电话，邀请企业代表和居民代表走进办事大厅体验流程，听取对公开工作的"
    "意见建议，逐条研究并反馈办理结果。"
)
FEE = (
    "根据《政府信息公开信息处理费管理办法》规定的按件、按量收费标准，本年度没有发出收费通知，也没有收取信息处理费，"
    "不存在逾期缴费的情况，特此报告如下。"
)


def of_body(report, body, text, *, year=2024, file=""):
    made = report(
        "2021", year=year, texts={"总体情况": text, "存在的主要问题及改进情况": f"{body}公开的及时性还需加强。"}
    )
    return replace(made, body=body, file=file or f"{body}{year}.html")


def shared(*reports):
    return [
        [found for found in findings if found.code == "similar-to-other-body"] for findings in audit_series(reports)
    ]


def test_both_are_told_of_the_other(report):
    one, other = of_body(report, "海岚市", COPIED), of_body(report, "临溪县", COPIED.replace("、", "， "))
    (first,), (second,) = shared(one, other)
    assert (first.severity, first.against, second.against) == ("warning", "临溪县2024.html", "海岚市2024.html")
    assert first.evidence in one.prose
    assert second.evidence in other.prose
    assert first.found == second.found > 120
    assert "有2段共" in first.message


def test_of_several_the_most_alike_is_named(report):
    half = COPIED.split("\n", maxsplit=1)[0] * 2
    reports = [of_body(report, "海岚市", COPIED + "\n" + half), of_body(report, "临溪县", half)]
    reports.append(of_body(report, "青禾县", COPIED + "\n" + half))
    assert [[found.against for found in findings] for findings in shared(*reports)] == [
        ["青禾县2024.html"],
        ["海岚市2024.html"],
        ["海岚市2024.html"],
    ]


def test_one_body_under_two_names_is_no_other(report):
    one = of_body(report, "海岚市人民政府", COPIED, year=2023)
    assert shared(one, of_body(report, "海岚市政府", COPIED)) == [[], []]


def test_what_a_notice_prescribes_or_is_short_says_nothing(report):
    for text in (COPIED[:50], COPIED.split("\n", maxsplit=1)[0], f"{FEE}\n{FEE}一"):
        assert shared(of_body(report, "海岚市", text), of_body(report, "临溪县", text)) == [[], []]


def test_without_a_name_nobody_knows_whether_it_is_another_body(report):
    nameless = replace(of_body(report, "海岚市", COPIED), body=None)
    assert shared(nameless, of_body(report, "临溪县", COPIED)) == [[], []]


def test_reports_without_a_common_paragraph_have_no_common_mark(report):
    one, other = of_body(report, "海岚市", COPIED), of_body(report, "临溪县", COPIED.replace("群众", "企业"))
    assert len(paragraph_marks(one)) == 2
    assert len(paragraph_marks(one) & paragraph_marks(other)) == 1
