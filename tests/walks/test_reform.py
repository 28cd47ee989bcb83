"""Reform: units are renamed, merged and abolished; who reports for the year; what officers see on the day after."""

from datetime import date

from gongkai.journal.models import Entry
from gongkai.units.models import Unit

TITLE = "海岚市渔业局关于休渔期的通告"


def test_a_bureau_is_renamed_takes_another_over_and_a_town_is_abolished(enter, staff, city, calendar, published):
    record = published(TITLE, "岚渔〔2024〕5号", unit=city.fishery, author=staff.fisher)
    yu, zhou, lin = enter("于海", staff.fisher), enter("周政宁", staff.competent), enter("林一诺", staff.author)
    lin.opens(f"/office/records/{record.pk}/").sees("没有找到这一页", "不在您的权限范围内")

    zhou.opens("/office/").follows("机构").follows("水利局").pulls_down("登记变动").follows("更名")
    zhou.presses("登记更名").sees("这个字段是必填项。")
    zhou.fills(新名称="海岚市水务局", 新简称="水务局", 生效日=date(2024, 7, 1), 依据文件="岚委办〔2024〕7号")
    zhou.presses("登记更名").sees("已登记水利局更名，自 2024-07-01 起生效。", "由水利局更名为海岚市水务局")
    zhou.pulls_down("登记变动").follows("其他机构并入本机构").sees("登记不能撤回，请核对依据文件。")
    zhou.fills(并入本机构的机构="渔业局", 生效日=date(2009, 1, 1), 依据文件="岚委办〔2024〕8号").presses("登记合并")
    zhou.sees("机构 HL-010 在 2009-01-01 不存在。请核对生效日，或先登记该机构的设立。")
    zhou.fills(生效日=date(2024, 7, 1)).presses("登记合并").sees("渔业局并入海岚市水务局，职能由后者承接")
    zhou.follows("机构").follows("东港镇").pulls_down("登记变动").follows("撤销")
    zhou.fills(生效日=date(2024, 7, 1), 依据文件="岚政〔2024〕9号").presses("登记撤销").sees("撤销东港镇，职能不再延续")
    assert [Unit.objects.get(pk=unit.pk).abolished_on for unit in (city.fishery, city.town, city.water)] == [
        date(2024, 7, 1),
        date(2024, 7, 1),
        None,
    ]
    yu.opens("/office/records/").sees(TITLE)
    yu.follows("拟稿").offers(发布机构=["渔业局"])

    calendar.today = date(2024, 7, 1)
    yu.opens("/office/").sees("渔业局已于 2024-07-01 撤销，职能由水务局承接。", "由主管部门授予承接机构的角色")
    yu.follows("政府信息").has_no("link", "拟稿").follows(TITLE).sees("渔业局（已撤销）").has_no("link", "修改")
    yu.sees_no("变更效力", "撤下")
    lin.opens("/office/").follows("政府信息").sees("渔业局（已撤销）").follows(TITLE).sees("岚渔〔2024〕5号")
    lin.sees_no("变更效力", "复核结果")
    lin.opens("/office/records/").fills(**{"机构（含下级）": "渔业局（已撤销）"}).presses("检索").sees(TITLE)
    enter("沈审计", staff.auditor).opens("/office/records/").follows(TITLE).sees("渔业局（已撤销）")

    zhou.opens("/office/people/").follows("于海").sees("渔业局（已撤销）").fills(角色="经办", 机构="海岚市水务局")
    zhou.presses("授权").sees("已授予于海“经办”。")
    yu.opens("/office/").sees_no("已于 2024-07-01 撤销").follows("政府信息").follows("拟稿").offers(发布机构=["水务局"])

    zhou.opens("/office/units/").follows("年报责任单位").fills(报告年度="2024 年").presses("查看")
    zhou.sees("2024 年政府信息公开责任单位共 3 个", "海岚市水务局", "水利局", "本年撤销的机构")
    zhou.sees("渔业局，7月1日撤销，职能由海岚市水务局承接", "东港镇，7月1日撤销，没有登记承接机构")
    name, file = zhou.takes("导出 CSV")
    assert (name, "HL-010,海岚市水务局" in file.read_text(encoding="utf-8-sig")) == ("reporters-2024.csv", True)
    zhou.opens("/office/units/").fills(截至日期=date(2024, 6, 30)).presses("查看").sees("渔业局", "东港镇")
    acts = Entry.objects.filter(act__startswith="units.").order_by("-sequence").values_list("act", flat=True)
    assert list(acts[:3]) == ["units.abolished", "units.merged", "units.renamed"]
