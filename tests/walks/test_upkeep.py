"""The upkeep of the register: clean-up, hand-over, gazette, item lists, counts, re-assessment, re-coding."""

from datetime import date

import pytest

from gongkai.records.domain import publication
from gongkai.records.models import (
    Attribute,
    Clause,
    CleanUp,
    GazetteIssue,
    HandOver,
    Reconciliation,
    Record,
    SecretCount,
    ServiceItem,
    Stage,
    Validity,
)

OLD, NEW, FISH = "河道管理办法", "节水奖励办法", "渔港管理办法"


def test_a_clean_up_ends_in_a_published_list(enter, staff, city, published):
    published(OLD, "岚水〔2019〕1号", made_on=date(2019, 3, 4))
    published(NEW, "岚水〔2023〕2号", made_on=date(2023, 3, 6))
    published(FISH, "岚渔〔2020〕3号", made_on=date(2020, 3, 4), unit=city.fishery, author=staff.fisher)
    zhou, lin, yu = enter("周政宁", staff.competent), enter("林一诺", staff.author), enter("于海", staff.fisher)
    zhou.opens("/office/").follows("规范性文件").sees("现行有效，共 3 件").follows("文件清理").sees(
        "还没有开展过清理。"
    )
    zhou.fills(牵头机构="海岚市人民政府", 名称="2024 年规范性文件清理", 依据="岚政办〔2024〕20号")
    zhou.fills(报送期限=date(2024, 6, 1)).ticks("水利局", "渔业局").presses("发起清理")
    zhou.sees("报送期限不能早于今天。").fills(报送期限=date(2024, 6, 28)).presses("发起清理").sees("清理已发起。")

    lin.opens("/office/").takes_up(f"清理结论：{OLD}").ticks("废止").presses("登记结论").sees("这个字段是必填项。")
    lin.fills(理由="已被新办法取代").presses("登记结论").sees("清理结论已登记。").follows(NEW)
    lin.ticks("继续有效").fills(理由="仍须执行").presses("登记结论").sees("清理结论已登记。")
    zhou.follows("2024 年规范性文件清理").fills(公布清理结果的文号="岚政〔2024〕31号").presses("结束并公布")
    zhou.sees("还有 1 份文件没有清理结论，如“渔港管理办法”。请责任机构作出结论后再结束。")
    yu.opens("/office/").takes_up(f"清理结论：{FISH}").ticks("失效").fills(理由="适用期已过").presses("登记结论")
    yu.sees("清理结论已登记。").has_no("button", "结束并公布")
    zhou.presses("结束并公布").sees("清理已结束，清单已封存。").follows("清单")
    zhou.sees("继续有效（1 件）", "废止（1 件）", "失效（1 件）", "岚政〔2024〕31号", "已被新办法取代")
    lin.opens("/office/records/normative/").sees("现行有效，共 1 件", NEW).sees_no(OLD)
    assert dict(Record.objects.values_list("title", "validity")) == {
        OLD: Validity.REPEALED,
        NEW: Validity.IN_FORCE,
        FISH: Validity.EXPIRED,
    }
    assert CleanUp.objects.get().digest


def reconcile_the_quarter(lin, calendar):
    """Ask both halls what arrived, once the quarter is over and its lists are sealed."""
    calendar.today = date(2024, 10, 8)
    lin.opens("/office/").takes_up("2024 年第 3 季度待对账").sees("2 份，共 1 条", "尚未对账。")
    lin.fills(接收单位经办人="馆员甲").presses("登记").sees(
        "本季度还有 1 期没有封单，如 2024-09-01 至 2024-09-30。请先封单再对账。"
    )
    lin.opens("/office/").takes_up("送交 2024-09-01 至 2024-09-30").ticks("零送交：本期没有应送交的信息").presses(
        "封单"
    )
    lin.opens("/office/records/hand-overs/").follows("季度对账").sees("待对账 市档案馆、市图书馆").follows(
        "2024 年第 3 季度"
    )
    lin.fills(接收单位="市档案馆", 实收条数=0, 接收单位经办人="馆员甲").presses("登记")
    lin.sees("清单共 1 条，实收 0 条，数目不符。请说明差异和处理办法。").fills(差异说明="撤换函在途").presses("登记")
    lin.sees("对账结果已登记。", "不符", "撤换函在途").offers(接收单位=["市图书馆"])
    lin.fills(接收单位经办人="馆员乙").presses("登记").sees("一致")
    assert [(one.hall, one.agrees) for one in Reconciliation.objects.all()] == [("市图书馆", True), ("市档案馆", False)]


def test_lists_are_sealed_for_the_halls_one_after_the_other_and_an_empty_month_is_a_nil_return(
    enter, staff, city, calendar, published
):
    zhou, lin = enter("周政宁", staff.competent), enter("林一诺", staff.author)
    zhou.opens("/office/").follows("两馆送交").follows("送交日历").sees("还没有设定送交日历。")
    zhou.fills(**{"适用机构（含下级）": "海岚市人民政府"}, 每月送交日="31", 接收单位="市档案馆、市图书馆")
    zhou.fills(起始日=date(2024, 6, 1), 依据="岚政办〔2024〕2号").presses("设定")
    zhou.sees("送交日须在 1 至 28 之间：不是每个月都有 29 至 31 日。").fills(每月送交日="5").presses("设定")
    zhou.sees("5 日", "提前 5 天")
    record = published(OLD, "岚水〔2024〕1号", made_on=date(2024, 6, 3), day=date(2024, 6, 4))
    lin.opens("/office/").follows("两馆送交").follows("2024-06-01 至 2024-06-30").sees("本期未结束", OLD)
    lin.has_no("button", "封单")

    calendar.today = date(2024, 8, 2)
    lin.opens("/office/records/hand-overs/").follows("2024-07-01 至 2024-07-31").sees("本期没有应送交的信息。")
    lin.ticks("零送交：本期没有应送交的信息").presses("封单").sees("自 2024-06-01 起的一期尚未封单。请按顺序封单")
    lin.opens("/office/").takes_up("送交 2024-06-01 至 2024-06-30").sees("逾期", "共 1 条")
    lin.ticks("零送交：本期没有应送交的信息").presses("封单").sees("本期有 1 条应送交，不能作零送交。")
    lin.ticks_off("零送交：本期没有应送交的信息").presses("封单").sees("清单已封存。")
    lin.opens("/office/").takes_up("送交 2024-07-01 至 2024-07-31").presses("封单").sees("没有信息也须报送。")
    lin.ticks("零送交：本期没有应送交的信息").presses("封单").sees("清单已封存。", "零送交")
    lin.follows("2024-06-01 至 2024-06-30").sees("主动公开政府信息送交目录表", record.index_number, "清单摘要", "逾期")

    publication.withdraw(record=record, user=staff.head, day=date(2024, 8, 6), reason="附件有误")
    calendar.today = date(2024, 9, 3)
    lin.opens("/office/").takes_up("送交 2024-08-01 至 2024-08-31").sees("其中撤换 1 条", "原列 2024-06-01 期第 1 条")
    lin.presses("封单").sees("请填写撤换函文号。").fills(撤换函文号="岚水函〔2024〕9号").presses("封单").sees(
        "清单已封存。"
    )
    reconcile_the_quarter(lin, calendar)
    assert [(one.is_nil, one.items.count(), one.is_late) for one in HandOver.objects.order_by("begins_on")] == [
        (False, 1, True),
        (True, 0, False),
        (False, 1, False),
        (True, 0, False),  # the 5th to the 7th of October are holidays
    ]


def test_an_issue_of_the_gazette_is_put_together_and_put_out(enter, staff, published):
    for number, title in enumerate((OLD, NEW), start=1):
        published(title, f"岚水〔2024〕{number}号")
    lin, he = enter("林一诺", staff.author), enter("何负责", staff.head, width=768)
    lin.opens("/office/").follows("政府公报").sees("还没有公报。").fills(刊名="海岚水利公报", 年度=2024, 期号=1)
    lin.presses("建立").sees("目录为空。").fills(文号或索引号="岚水〔2024〕9号").presses("编入")
    lin.sees("没有文号或索引号为“岚水〔2024〕9号”的信息，或不在您的权限范围。请核对。")
    for number in (1, 2):
        lin.fills(文号或索引号=f"岚水[2024]{number}号").presses("编入").sees(f"岚水〔2024〕{number}号")
    lin.presses(f"上移 {NEW}").fills(赠阅名单="市档案馆\n").presses("保存名单")
    lin.sees("“市档案馆”应为名称和份数，以空格分开。").fills(赠阅名单="市档案馆 2\n市图书馆 3").presses("保存名单")
    lin.sees("赠阅（2 处，5 份）").has_no("button", "签发出刊")
    he.opens("/office/records/gazette/").takes_up("海岚水利公报").presses("签发出刊").sees("签发出刊，内容封存。")
    he.has_no("button", "编入").follows("全刊").sees("市图书馆", "赠阅（5 份）")
    issue = GazetteIssue.objects.get()
    assert [entry.title for entry in issue.entries.all()] == [NEW, OLD]
    assert issue.published_by == staff.head


def test_items_are_entered_imported_corrected_and_taken_off(enter, staff, tmp_path):
    lin = enter("林一诺", staff.author)
    lin.opens("/office/").follows("事项清单").sees("没有在列的事项。").follows("登记、导入")
    lin.fills(清单="行政许可", 事项名称="取水许可", 列入日=date(2024, 1, 2)).presses("登记").sees("事项已列入清单。")
    file = tmp_path / "事项.csv"
    header = "清单,事项编码,事项名称,列入日,取消日,依据\n"
    file.write_text(
        f"{header}行政处罚,C1,违法取水处罚,2023-05-04,,水法\n行政罚款,C2,其他,2024-01-01,,\n", encoding="utf-8"
    )
    lin.follows("登记、导入").fills(**{"CSV 文件": file}).presses("导入").sees("文件已读入，结果见下。")
    name, errors = lin.takes("1 行")
    text = errors.read_text(encoding="utf-8-sig")
    assert (name, "清单“行政罚款”不是" in text) == ("未导入-事项.csv", True)
    file.write_text(text.replace("行政罚款", "行政处罚"), encoding="utf-8")
    lin.fills(**{"CSV 文件": file}).presses("导入").sees("文件已读入，结果见下。")
    lin.follows("事项清单").sees("共 3 项").follows("取水许可").fills(取消日=date(2024, 1, 2), 取消依据="甲").presses(
        "取消事项"
    )
    lin.sees("取消日须晚于列入日 2024-01-02。").fills(取消日=date(2024, 5, 6), 取消依据="国发〔2024〕1号").presses(
        "取消事项"
    )
    lin.sees("事项已取消。", "2024-05-06 取消").follows("事项清单").sees("共 2 项")
    assert ServiceItem.objects.filter(ends_on__isnull=False).get().name == "取水许可"


def test_secrets_are_counted_and_what_was_withheld_is_looked_at_again(enter, staff, city, published):
    withheld = {
        "attribute": Attribute.WITHHELD,
        "clause": Clause.INTERNAL,
        "reason": "内部事务",
        "made_on": date(2022, 6, 1),
    }
    record = published("内部管理规定", "岚水办〔2022〕4号", **withheld, reassess_on=date(2024, 6, 3))
    lin = enter("林一诺", staff.author)
    lin.opens("/office/").follows("涉密件数").sees("标题、文号、内容、附件一律不得录入").fills(
        件数=3, 责任人="鲍密（水利局）"
    )
    lin.presses("登记").sees("件数已登记。", "鲍密")
    assert SecretCount.objects.get().count == 3
    lin.opens("/office/").sees("到期重新评估").takes_up("内部管理规定").unfolds("重新评估")
    lin.ticks("仍不主动公开").fills(理由="仍属内部事务").presses("重新评估")
    lin.sees("仍不公开的，请填写下次评估日（条例第十八条）。")
    lin.fills(**{"下次评估日（仍不公开时填写）": date(2025, 6, 3)}).presses("重新评估").sees(
        "评估结论已登记。", "2025-06-03 重新评估"
    )
    lin.unfolds("重新评估").ticks("可以公开：转为主动公开草稿，重新审核").fills(理由="不再需要保密").presses("重新评估")
    lin.sees("评估结论已登记。", "草稿", "主动公开")
    record.refresh_from_db()
    assert (record.stage, record.attribute) == (Stage.DRAFT, Attribute.PROACTIVE)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_index_number_is_given_anew_and_the_old_one_still_leads_to_the_record(
    enter, staff, city, published, worker, width
):
    record = published(OLD, "岚水〔2024〕1号")
    old = record.index_number
    new = old[:-5] + "00099"
    he = enter("何负责", staff.head, width=width)
    he.opens(f"/office/records/{record.pk}/").unfolds("改编索引号").fills(
        新索引号="甲乙丙", 改编依据="岚政办〔2024〕6号"
    )
    he.presses("改编索引号").sees("索引号“甲乙丙”第1个字符起应为“HL”").fills(新索引号=new).presses("改编索引号")
    he.sees("索引号已改编，原号继续有效。", new, f"原索引号 {old}（岚政办〔2024〕6号）")
    worker()
    for number in (old, new):
        he.opens("/office/records/").fills(检索词=number).presses("按号直达").sees(OLD, "目录信息")
        he.opens("/office/records/").fills(检索词=number).presses("检索").sees(OLD)
    he.opens("/office/records/").fills(检索词="HL06001-0300-2020-00001").presses("按号直达")
    he.sees("没有文号或索引号为“HL06001-0300-2020-00001”的信息，或不在您的权限范围。")
    record.refresh_from_db()
    assert (record.index_number, record.aliases.get().number) == (new, old)
