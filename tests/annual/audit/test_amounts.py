"""Sums, shares, growth and averages that the prose states by itself; every sentence is invented."""

from decimal import Decimal

import pytest

from gongkai.annual.audit import audit

CODES = ("narrative-sum", "percentage", "implied-number", "outlier")


def told(report, words, *codes, edition="2021", **changes):
    return [f for f in audit(report(edition, say=words, **changes)) if f.code in (codes or CODES)]


RIGHT = [
    "发布信息500条，其中要闻300条，公告200条。",
    "发布信息500条，其中要闻300条。",
    "发布信息500条，其中要闻100条，公告80条。",
    "发布信息500余条，其中要闻300条，公告240条。",
    "发布信息500条，其中要闻约300条，公告240条。",
    "发布信息5.1万条，其中要闻30200条，公告20900条。",
    "公布信息380条，其中专项资金152条，预决算197条（政府32条、部门165条）、其他31条。",
    "主动公开政府信息47条，分为3类：机构类信息20条，政策类信息20条，人事类信息7条。",
    "在公开的47条政府信息中，机构类20条，占42.6%；政策类20条，占42.6%；人事类7条，占14.9%。",
    "发布解读图文40份、文字63份，合计103份。",
    "受理来电100件，其中自然人90件，法人10件，办结98件，转办2件。",
    "受理申请40件，其中网络25件，信函15件，予以公开16件，部分公开5件。",
    "行政复议（信息公开）8件，其中维持4件，纠正1件，其他结果2件，尚未审结1件；行政诉讼5件，其中维持3件。",
    "办结申请41件。其中，予以公开16件，占39.02%。部分公开5件，占12.20%。",
    "制作文件100件，其中主动公开50件，依申请公开30件，不予公开20件。",
    "新增公开事项30项，另有修改12项。",
    "政务新媒体20个，其中微信12个，微博8个，关停3个。",
    "其中，要闻900条。",
    "发布信息100条。其中，要闻900条。",
    "访问量达230万次，日均6300次。",
    "办理业务25000件，日均100件。",
    "网站浏览200次，日均2人次。",
    "推送信息200条，较上年的160条增长25%。",
    "推送信息160条，较上年的200条下降20.0%。",
    "推送信息160条，较上年增长9%。",
    "推送视频30条，推送信息200条，较上年的160条增长25%。",
    "在公开的47条政府信息中，机构类20条。",
    "收到申请9件，上年转来1件，其中网络申请5件，信函申请5件。",
    "发布信息100条，其中要闻60条，公告40条，图解7条。",
    "推送信息160条，同比增长约9%。",
    "主动公开政府信息620条。其中，部门400条，占64.5%。乡镇220条，占35.5%。",
    "全年收到的申请由自然人提出36件，占90.00%；由法人或其他组织提出4件。",
    "整改问题30个，占75%。",
    "公开信息100条，其中要闻33条，占33%，公告33条，占33%，政策33条，占33%，其他1条，占1%。",
    "组织活动（含线上）12场，参加（其中线上）300人次。",
    "发布信息100条（其中要闻60条）、公告30条。",
    "举办培训3期、2期，共计5期。",
    "共计5期培训。",
]
WRONG_SUMS = [
    ("发布信息500条，其中要闻300条，公告240条。", 500, 540),
    ("公布信息380条，其中专项资金152条，预决算197条，其他21条。", 380, 370),
    ("公布信息380条，其中专项资金152条，预决算197条，债券21条。", 380, 370),
    ("预决算公开197条（政府32条、部门160条）。", 197, 192),
    ("主动公开政府信息48条，分为3类：机构类信息20条，政策类信息20条，人事类信息7条。", 48, 47),
    ("发布解读图文40份、文字63份，合计113份。", 113, 103),
    ("受理申请40件，其中自然人30件，法人或其他组织4件。", 40, 34),
    ("制作文件100件，其中主动公开50件，依申请公开30件，不予公开10件。", 100, 90),
    ("制作文件100件，其中主动公开50件，依申请公开30件，不予公开5件。", 100, 85),
    ("制作文件100条，其中主动公开50条，依申请公开30条，不予公开10。", 100, 90),
    ("办结申请41件，均按期答复。予以公开及部分公开21件；不予公开5件；无法提供8件；不予处理3件；其他处理3件。", 41, 40),
    ("主动公开政府信息620条。（二）类别。机构类80条，政策类200条，人事类90条，财政类60条，其他类信息191条。", 620, 621),
    ("主动公开政府信息620条。县直主动公开政府信息400条，占66.7%。乡镇主动公开政府信息200条，占33.3%。", 620, 600),
    (
        "2024年制作信息900条，其中主动公开政府信息620条，其他300条。县直主动公开政府信息400条，占66.7%。乡镇主动公开政府信息200条，占33.3%。",
        620,
        600,
    ),
]


@pytest.mark.parametrize("words", RIGHT)
def test_what_adds_up_or_names_only_some_parts_is_no_finding(report, words):
    assert [f for f in told(report, words) if f.severity == "error"] == []


@pytest.mark.parametrize(("words", "expected", "found"), WRONG_SUMS)
def test_parts_that_do_not_make_the_whole_are_an_error(report, words, expected, found):
    errors = [f for f in told(report, words, "narrative-sum") if f.severity == "error"]

    assert [(f.expected, f.found) for f in errors][-1:] == [(expected, found)]
    assert errors[-1].evidence in report(say=words).prose


@pytest.mark.parametrize(
    "words",
    [
        "发布信息500条，其中网站300条，微信240条。",  # one thing may be counted in two channels
        "发布信息500条，其中要闻200条，公告90条，图解60条。",  # most of the whole, so a reader takes it for all
        "收到咨询300件，转办200件。其中，民政150件，教育100件。",  # which number is the whole?
    ],
)
def test_sums_with_a_second_reading_are_a_warning(report, words):
    assert [f.severity for f in told(report, words, "narrative-sum")] == ["warning"]


def test_a_share_that_is_not_part_by_whole_is_an_error(report):
    words = "公开信息37条：机构类2条，占5.4%；政策类29条，占78.4%；安全类1条，占5.4%；其他类5条，占13.5%。"

    found = told(report, words, "percentage")

    assert [(f.rule, f.severity, f.expected, f.found) for f in found] == [
        ("E1p", "error", Decimal("2.7"), Decimal("5.4")),
        ("E1q", "error", 100, Decimal("102.7")),
    ]
    assert found[0].evidence == "安全类1条，占5.4%"


def test_a_share_cut_off_instead_of_rounded_is_a_warning(report):
    words = "公开信息805条，其中要闻35条，占4.34%，公告770条，占95.65%。"

    (found,) = told(report, words, "percentage")

    assert (found.severity, found.expected, found.found) == ("warning", Decimal("4.35"), Decimal("4.34"))


def test_a_share_of_something_unnamed_is_a_warning_at_most(report):
    found = told(report, "整改问题31件，占55%。", "percentage")

    assert [f.severity for f in found] == ["warning"]


def test_shares_may_be_of_what_the_table_holds(report):
    assert told(report, "办结申请中，予以公开16件（39.02%）。", "percentage") == []
    assert told(report, "新收申请中，自然人36件，占比为90%。", "percentage") == []
    cells = {key: "absent" for key in report().cells if key.startswith("requests.")}
    assert told(report, "整改问题0件，占0%。", "percentage", cells=cells) == []


def test_growth_is_recomputed_where_both_years_are_named(report):
    found = told(report, "推送信息200条，较上年的160条增长35%。推送视频50条，与上年的40条相比下降25%。", "percentage")

    assert [(f.severity, f.expected, f.found) for f in found] == [("error", 25, 35), ("error", 25, 25)]
    assert "增减方向与两数不符" in found[1].message


def test_growth_cut_off_is_a_warning(report):
    (found,) = told(
        report, "推送信息200条，较上年的170条增长17.6%。推送视频200条，较上年的170条增长17.7%。", "percentage"
    )

    assert (found.severity, found.found) == ("warning", Decimal("17.7"))


def test_growth_from_nothing_is_not_computed(report):
    assert told(report, "推送信息200条，较上年的0条增长100%。", "percentage") == []


def test_a_daily_average_times_the_days_is_the_total(report):
    (found,) = told(report, "网站访问量达230万次，日均6850次以上。", "narrative-sum")

    assert (found.severity, found.expected, found.found) == ("error", 6284, 6850)
    (common,) = told(report, "网站访问量达230万次，日均6850次以上。", "narrative-sum", edition="2019", year=2019)
    assert common.expected == 6301


def test_what_is_left_when_two_kinds_of_three_are_named_is_information(report):
    (found,) = told(report, "制作公文8128份，其中，主动公开文件4453份，依申请公开文件1358份。", "implied-number")

    assert (found.severity, found.expected) == ("info", 2317)


def test_one_category_that_is_nearly_all_is_information(report):
    words = "公开信息164条，其中机构类2条，规划类150条，民政类1条，国土类1条，科教类6条，安全类4条。"

    (found,) = told(report, words, "outlier")

    assert (found.severity, found.found, found.expected) == ("info", 150, 164)
