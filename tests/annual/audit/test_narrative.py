"""Every sentence stands in section 一 of a report whose tables are known (see conftest)."""

from dataclasses import replace

import pytest

from gongkai.annual.audit import audit
from gongkai.annual.audit.lexicon import trie

AGREE = [
    "全年新收政府信息公开申请40件，上年结转4件，办结41件，结转下年度继续办理3件。",
    "本年度共收到40件申请，办结41件，3件结转下年度继续办理。",
    "全县收到政府信息公开申请40件，答复41件（含上年度结转申请4件，另有3件申请顺延到下年度答复）。",
    "收到申请40件，结转至2025年3件。",
    "新收申请40件，2023年结转4件。",
    "收到40件依申请公开请求，2023年结转申请4件，共办结41件，结转2025年度继续办理3件。",
    "通过网站、信函、当面等渠道收到政府信息公开申请40件，其中39件为网上申请，1件为书面申请。",
    "办理政府信息公开申请41件。",
    "共办理政府信息公开申请44件。",
    "（二）依申请公开情况。新收40件，办结41件。",
    "政府信息公开申请共44件。",
    "新收申请40件，加上年度结转的4件，合计44件。",
    "当年办结及上年结转后办结申请41件。",
    "已办结申请41件，其中予以公开16件，部分公开5件，不予公开5件，无法提供9件，不予处理3件，其他处理3件。",
    "办结的申请中，予以公开及部分公开21件；因本机关不掌握等原因无法提供9件；属信访、重复申请等不予处理3件。",
    "答复申请中，本机关不掌握相关政府信息8件，属于行政执法案卷3件，重复申请1件。",
    "新收申请中，自然人36件、商业企业3件，法人或其他组织4件。",
    "办结申请中，自然人37件，商业企业3件。",
    "收到通过邮寄、网络提交的政府信息公开申请共计40件。",
    "政府信息公开行政复议8件，其中结果维持4件，结果纠正1件，其他结果2件，尚未审结1件。",
    "因政府信息公开提起行政诉讼5件，其中未经复议直接起诉3件，复议后起诉2件。",
    "依法做好政府信息公开行政复议、行政诉讼应诉工作，共办理相关案件13件。",
    "因政府信息公开引发行政复议、行政诉讼13件。",
    "收到8份有关政府信息公开的行政复议申请。",
    "制发行政规范性文件12件，废止3件，现行有效90件。",
    "公开规章0件、行政规范性文件12件。",
    "新增公开行政规范性文件12件。",
    "公开行政规范性文件总数90件。",
    "作出行政许可决定5200件、行政处罚决定310件、行政强制决定25件。",
    "行政事业性收费金额812万元。",
    "行政事业性收费收取8120000元。",
    "行政事业性收费812.0万元。",
    "收到政府信息公开申请约40件，办结申请40余件。",
]
SILENT = [
    "2023年收到政府信息公开申请99件。",
    "收到政府信息公开申请40件，比上年增加17件，上年为23件。",
    "今年1至6月收到政府信息公开申请17件。",
    "截至2024年6月30日，收到政府信息公开申请17件。",
    "答复申请中，延期答复6件。",
    "申请人撤回申请2件。",
    "办理人大代表建议53件、政协提案61件，均已答复。",
    "受理12345热线交办件871件、群众来访30件。",
    "全年制作信息5000条，其中主动公开3985件，依申请公开2595件，不予公开2929件。",
    "依申请公开信息46条，不予公开信息1402条。",
    "网上申请30件。",
    "重点申请办理2件。",
    "积极协助上级化解1起行政复议案件，推动政府信息公开。",
    "行政执法监督有力，办理行政复议345件。",
    "解读行政规范性文件7件，备案审查规范性文件20件。",
    "政策、规范性文件类信息68条。",
    "规范性文件9件。",
    "公开行政处罚案件308件，公开行政许可信息13份。",
    "收取行政事业性收费中的信息处理费12万元。",
    "全年举办培训6期，参训300人次。",
    "合计7件申请材料。",
    "联系电话0595—85662126，接受申请咨询30次。",
    "该项行政事业性收费7项。",
    "第3件申请。行政许可5200批。",
    "全年公开信息40件。",
    "办结申请较上年增加6件，上年办结申请30件。",
    "编号3,55件申请，每三件申请一卷。",
    "（二）依申请公开情况。共9件。",
]
WRONG = [
    ("新收政府信息公开申请44件。", 40, 44, "新收政府信息公开申请44件"),
    ("收到政府信息公开申请43件。", 40, 43, "收到政府信息公开申请43件"),
    ("收到政府信息公开申请40件，办结38件。", 41, 38, "办结38件"),
    ("新收申请40件，上年结转9件。", 4, 9, "上年结转9件"),
    ("收到申请40件，结转下年度办理1件。", 3, 1, "结转下年度办理1件"),
    ("收到申请40件，尚未办结1件。", 3, 1, "尚未办结1件"),
    ("收到申请40件，结转9件。", 3, 9, "结转9件"),
    ("收到申请40件，结转到2025年9件。", 3, 9, "结转到2025年9件"),
    ("收到申请40件，结转2023年申请9件。", 4, 9, "结转2023年申请9件"),
    ("收到申请40件，9件结转下年度继续办理。", 3, 9, "9件结转下年度继续办理"),
    ("办结申请41件，其中予以公开17件。", 16, 17, "其中予以公开17件"),
    ("办结申请41件，予以公开及部分公开20件。", 21, 20, "予以公开及部分公开20件"),
    ("办结申请41件，国家秘密1件。", 0, 1, "国家秘密1件"),
    ("新收申请40件，自然人30件。", 36, 30, "自然人30件"),
    ("新收申请40件，自然人36件、商业企业2件。", 3, 2, "商业企业2件"),
    ("办结申请1.2万件。", 41, 12000, "办结申请1.2万件"),
    ("共收到申请四十五件。", 40, 45, "共收到申请四十五件"),
    ("新收申请40件，加上年度结转的4件，合计45件。", 44, 45, "合计45件"),
    ("政府信息公开行政复议9件。", 8, 9, "政府信息公开行政复议9件"),
    ("政府信息公开行政复议8件，其中结果维持5件。", 4, 5, "其中结果维持5件"),
    ("因政府信息公开提起行政诉讼7件。", 5, 7, "因政府信息公开提起行政诉讼7件"),
    ("因政府信息公开未经复议直接起诉4件。", 3, 4, "因政府信息公开未经复议直接起诉4件"),
    ("收到1份有关政府信息公开行政复议申请。", 8, 1, "收到1份有关政府信息公开行政复议申请"),
    ("制发行政规范性文件13件。", 12, 13, "制发行政规范性文件13件"),
    ("现行有效行政规范性文件78件。", 90, 78, "现行有效行政规范性文件78件"),
    ("废止行政规范性文件4件。", 3, 4, "废止行政规范性文件4件"),
    ("作出行政许可决定52000件。", 5200, 52000, "作出行政许可决定52000件"),
    ("行政事业性收费金额813万元。", 812, 813, "行政事业性收费金额813万元"),
]
DOUBTFUL = [
    ("收到政府信息公开申请44件。", "按“新收加上年结转”（40+4）的读法成立"),
    ("区政府办代表政府受理政府信息公开申请17件。", "若该数只指“区政府"),
    ("县教育局受理政府信息公开申请17件。", "若该数只指“县教育局”"),
    ("收到政府信息公开申请约90件。", "文中用了约数，但与表中数相差过大"),
    ("公开行政规范性文件12件（含新制定5件）。", "如公开的还有往年文件，请写明口径"),
    ("公开行政规范性文件30件。", "如公开的还有往年文件，请写明口径"),
    ("累计收到政府信息公开申请560件。", "如为多年累计，请写明起止"),
    ("开展清理，保留行政规范性文件80件。", "如为专项清理的结果，请与全年数分开写明"),
    ("行政事业性收费金额8120000万元。", "恰差一万倍，疑为元与万元混填"),
]


def told(report, words, **changes):
    return [f for f in audit(report(say=words, **changes)) if f.code in ("narrative-table", "unit")]


@pytest.mark.parametrize("words", AGREE)
def test_a_number_that_is_in_the_table_is_no_finding(report, words):
    assert [f for f in told(report, words) if f.rule != "E1b"] == []


@pytest.mark.parametrize("words", SILENT)
def test_a_number_of_something_else_is_not_compared(report, words):
    assert told(report, words) == []


@pytest.mark.parametrize(("words", "expected", "found", "evidence"), WRONG)
def test_a_number_that_is_not_in_the_table_is_an_error(report, words, expected, found, evidence):
    (finding,) = told(report, words)

    assert (finding.severity, finding.expected, finding.found) == ("error", expected, found)
    assert finding.evidence == evidence
    assert finding.where == "总体情况"


@pytest.mark.parametrize(("words", "reading"), DOUBTFUL)
def test_words_that_allow_a_second_reading_are_a_warning_that_says_which(report, words, reading):
    (finding,) = told(report, words)

    assert finding.severity == "warning"
    assert reading in finding.message


def test_every_hit_is_compared_not_only_the_first(report):
    found = told(report, "新收申请40件。办结申请40件。新收申请39件。")

    assert [f.found for f in found] == [40, 39]


def test_evidence_is_what_is_printed_with_its_gaps(report):
    (finding,) = told(report, "全年\n办结 申请\n43 件，办 结申请 4\n1 件。")

    assert finding.evidence == "全年\n办结 申请\n43 件"


def test_full_width_digits_and_half_width_marks_are_read(report):
    (finding,) = told(report, "办结申请４2件(含上年结转4件),结转下年度3件.")

    assert (finding.found, finding.evidence) == (42, "办结申请４2件")


def test_a_number_taken_from_another_cell_is_explained(report):
    (column,) = told(report, "办结申请41件，予以公开14件。")
    (part,) = told(report, "办结申请41件，无法提供8件。")

    assert "文中数恰等于表三“（一）予以公开”自然人一格" in column.message
    assert "文中数恰等于表三“1.本机关不掌握相关政府信息”总计一格" in part.message


def test_the_body_itself_is_no_other_unit(report):
    body = "云岚县人民政府办公室"

    (finding,) = told(report, "县人民政府办公室受理政府信息公开申请17件。", body=body)

    assert finding.severity == "error"


def test_a_table_that_is_not_there_is_not_compared(report):
    cells = {key: "absent" for key in report().cells if key.startswith("requests.")}

    assert told(report, "收到政府信息公开申请17件。", cells=cells) == []


def test_a_blank_total_is_taken_from_its_row(report):
    assert [
        f.expected for f in told(report, "办结申请41件，予以公开15件。", cells={"requests.granted.total": None})
    ] == [16]


def test_a_row_that_was_not_read_is_not_compared_unless_no_candidate_fits(report, unread):
    stem = "proactive.normative_documents."
    keys = (stem + "made", stem + "repealed", stem + "in_force")

    def found(words, *candidates):
        before = report(say=words)
        return [f for f in audit(unread(before, "12390", keys, *candidates)) if f.code == "narrative-table"]

    assert found("现行有效行政规范性文件78件。") == []
    assert found("现行有效行政规范性文件90件。", (12, 3, 90), (1, 23, 90)) == []
    assert found("约有现行有效行政规范性文件近78件。", (12, 3, 90)) == []
    assert [f.expected for f in found("现行有效行政规范性文件78件。", (12, 3, 90))] == [90]
    assert [f.expected for f in found("现行有效行政规范性文件78件。", (12, 3, 90), (1, 239, 0))] == ["0或90"]
    assert found("现行有效行政规范性文件78件。", (12, 3, None)) == []


def test_cells_of_two_rows_that_were_not_read_are_kept_apart(report, unread):
    stem = "proactive.normative_documents."
    once = unread(report(say="现行有效行政规范性文件78件。"), "12390", (stem + "made", stem + "in_force"), (12, 90))
    twice = replace(once, unreadable={**unread(report(), "0", ("proactive.rules.made",)).unreadable, **once.unreadable})

    assert [f.expected for f in audit(twice) if f.code == "narrative-table"] == [90]


def test_another_reading_saves_a_number_whose_cell_was_not_read(report, unread):
    keys = ("requests.outcome_total.total",)
    before = unread(report(say="办理政府信息公开申请40件。"), "4l", keys, (41,), (47,))

    assert [f for f in audit(before) if f.code == "narrative-table"] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("全年主动公开政府信息620条，历年累计公开政府信息4100条。", []),
        ("主动公开政府信息共计602条。", [(620, 602)]),
        ("历年累计公开政府信息4001条。", [(4100, 4001)]),
        ("累计主动公开政府信息4100条。", []),
        ("县直各单位主动公开政府信息303条。", []),
        ("通过网站主动公开政府信息600条。", []),
        ("其他应主动公开的信息类信息6条。", []),
        ("收到网上申请5件，当面申请2件，信函、传真申请1件。", [(6, 5)]),
        ("收到电子邮件申请3件。", []),
        ("收到网上、当面申请8件。", []),
        ("受理政府信息公开申请8条，同意公开6条。", [(9, 8)]),
        ("因政府信息公开行政复议1件。", [(2, 1)]),
    ],
)
def test_the_older_form_is_compared_in_its_own_words(report, words, expected):
    found = [f for f in told(lambda **more: report("2008", **more), words) if f.severity == "error"]

    assert [(f.expected, f.found) for f in found] == expected


def test_the_longest_word_wins():
    assert trie(["复议", "复议后起诉", "诉讼"]) == "(?:复议(?:后起诉)?|诉讼)"
