import pytest

from gongkai.annual.audit import audit


def told(report, words, code="count-of-items"):
    return [f for f in audit(report(say=words)) if f.code == code]


@pytest.mark.parametrize(
    ("words", "found", "expected"),
    [
        ("公开信息分为5类，共37条。机构类2条；政策类11条；人事类14条；其他类10条。", 5, 4),
        ("公开信息37条，分为4类：机构类12条，政策类11条，其他14条。", 4, 3),
        ("存在四个方面的不足：一是公开不及时；二是解读不足；三是平台老旧。", 4, 3),
        ("抓好2项工作。一是公开；二是解读；三是培训。", 2, 3),
        ("抓好9项工作：" + "；".join(f"{char}是改进" for char in "一二三四五六七八九十") + "。", 9, 10),
        ("分为三类：①公开；②解读。", 3, 2),
        ("有三个方面：第一，公开；第二，解读。", 3, 2),
        ("突出两个方面：一要公开，二要解读，三要培训。", 2, 3),
        ("做了三项工作：（一）公开工作。如期完成。（二）解读工作。如期完成。", 3, 2),
    ],
)
def test_an_announced_number_that_is_not_that_of_the_items_is_an_error(report, words, found, expected):
    (finding,) = told(report, words)

    assert (finding.severity, finding.found, finding.expected) == ("error", found, expected)
    assert finding.evidence in words


@pytest.mark.parametrize(
    "words",
    [
        "存在三个方面的不足：一是公开不及时；二是解读不足；三是平台老旧。下一步：一是改；二是再改。",
        "公开信息37条，分为3类：机构类12条，政策类11条，其他14条。",
        "公开信息分为5类。",
        "办结申请41件，其中予以公开16件，部分公开5件，三类内部事务信息2件，4类过程性信息0件，行政执法案卷3件。",
        "抓好三项工作，成效明显。",
        "有三个方面：一是公开不及时，另外解读不足。",
        "分为三类：1.公开；2.解读。",
        "推出六个方面的服务，公开机构类12条，政策类11条，人事类14条，其他类10条。",
        "公开信息分为4类，内容覆盖机构、政策、人事、财政、规划、教育、卫生、应急、社会救助、城乡建设等各个领域，机构类12条，政策类11条，其他14条。",
        "公开信息分为2类。办理业务60件、70件、80件。",
    ],
)
def test_an_announced_number_without_a_list_to_count_is_not_judged(report, words):
    assert told(report, words) == []


def test_ordinals_that_skip_or_repeat_are_a_warning(report):
    found = told(report, "一是公开不及时；三是解读不足；三是平台老旧。一是改进公开；二是改进解读。", "numbering")

    assert [(f.severity, f.found, f.expected) for f in found] == [("warning", "三是", "二"), ("warning", "三是", "四")]
    assert found[0].evidence == "三是解读不足；三是平台老旧。"


def test_words_that_end_like_an_ordinal_are_none(report):
    assert told(report, "一是公开；统一是关键，唯一是目标；二是解读。", "numbering") == []
