"""A document from its draft to its repeal, with everything that is refused on the way."""

from datetime import date

from gongkai.journal.models import Entry
from gongkai.records.models import Record, Stage, Validity
from gongkai.review.models import Step

TITLE = "海岚市水利局关于印发河道采砂管理办法的通知"
NUMBER = "岚水〔2024〕12号"
CONFIRMED = (
    "不含国家秘密（条例第十四条）",
    "不含工作秘密（保密法第六十四条）",
    "不危及国家安全、公共安全、经济安全和社会稳定",
    "不损害第三方商业秘密、个人隐私，或已征得同意（条例第十五条）",
    "个人信息已按规定处理",
)


def decides(visitor, step, *boxes, opinion="", words="已办理。", title=TITLE):
    """From what is to be done today to the review, and pass its current step."""
    visitor.opens("/office/").takes_up(f"{step}：{title}").fills(审核意见=opinion)
    visitor.ticks(*boxes).presses("提交审核结论").sees(words)


def drafts(lin):
    """Write a draft, badly first, send it into review and find that one does not review one's own."""
    lin.opens("/office/").sees("今天没有待办事项。")
    lin.follows("政府信息").sees("还没有登记的信息。").follows("拟稿").presses("保存草稿")
    lin.sees("没有保存。", "请填写标题。", "请确定公开属性：拟稿时即应注明（国办发〔2016〕80号）。")
    lin.fills(类别="行政规范性文件", 标题=TITLE, 文号=NUMBER, 生成日期=date(2024, 5, 20)).ticks("主动公开")
    lin.fills(公开事项="20.01 行政法规、规章和规范性文件", 计划发布日=date(2024, 6, 20))
    lin.fills(正文="各镇街：现将办法印发你们。联系人手机 13800138000。").ticks("需解读").presses("保存草稿")
    lin.sees("草稿已保存。", "计划发布日晚于公开期限。", "最迟应于 2024-06-18 公开（条例第二十六条）")
    lin.sees("手机号码", "不去标识化的，不能通过最后一级审核（个人信息保护法第二十五条）。")
    lin.presses("送审").sees("已送审。", "审核中").has_no("button", "立即发布")
    lin.follows("2024-06-03 送审").sees("送审人不得审核自己的稿件").has_no("button", "提交审核结论")


def review_and_return(lin, chen, wu, bao, zhong):
    """Pass all steps but the last, which is refused for two reasons, and send the draft back."""
    decides(chen, "初审", opinion="属实")
    decides(chen, "一校")
    chen.sees("同一人不得办理同一稿件的两级审核", "三审须由三名不同人员进行").has_no("button", "提交审核结论")
    decides(wu, "复审")
    decides(wu, "二校")
    decides(bao, "保密审查", words="未确认“不含国家秘密（条例第十四条）”，不能通过保密审查。")
    bao.ticks(*CONFIRMED).presses("提交审核结论").sees("已办理。")
    decides(zhong, "三校")
    decides(zhong, "终审", words="需解读，但还没有解读材料。解读须与文件同步组织、同步审签。")

    lin.opens("/office/records/new/").fills(
        类别="政策解读", 标题="《河道采砂管理办法》解读", 生成日期=date(2024, 5, 20)
    )
    lin.fills(所解读的文件=NUMBER, 正文="办法共五章。").ticks("主动公开").presses("保存草稿").sees("草稿已保存。")
    decides(zhong, "终审", words="正文中有个人信息（138****8000），不能发布（个人信息保护法第二十五条）。")
    zhong.fills(审核结论="退回修改").presses("提交审核结论").sees("退回必须写明理由，以便送审人修改。")
    zhong.fills(审核意见="请删去手机号码").presses("提交审核结论").sees("已办理。", "请删去手机号码")
    assert Record.objects.get(title=TITLE).stage == Stage.DRAFT


def review_again(lin, chen, wu, bao, zhong):
    """Mend the draft and pass every step."""
    lin.opens("/office/").sees("退回修改").takes_up(TITLE).follows("修改").fills(正文="各镇街：现将办法印发你们。")
    lin.presses("保存草稿").sees_no("手机号码").presses("送审").sees("已送审。")
    for visitor, step in ((chen, "初审"), (chen, "一校"), (wu, "复审"), (wu, "二校")):
        decides(visitor, step)
    decides(bao, "保密审查", *CONFIRMED)
    decides(zhong, "三校")
    decides(zhong, "终审")


def read_back_and_repeal(lin, record):
    """Find a fault, then none; declare the document repealed, with a wrong day first."""
    lin.opens("/office/").sees("待复核读网").takes_up(TITLE).sees("已发布", record.index_number, "定期发布")
    lin.unfolds("复核读网").ticks("有误").presses("复核读网").sees("请填写说明。")
    lin.fills(**{"说明（有误时必填）": "附件漏传"}).presses("复核读网").sees("复核结果已登记。", "附件漏传")
    lin.unfolds("复核读网").ticks("与审定稿一致").presses("复核读网").sees("无误")
    lin.unfolds("变更效力").fills(变动="废止", 自何日起=date(2024, 5, 1), 依据="岚水〔2024〕30号").presses("变更效力")
    lin.sees("效力变动日 2024-05-01 早于成文日期 2024-05-20。请核对日期。")
    lin.fills(自何日起=date(2024, 6, 18)).presses("变更效力").sees("本文件已废止。", "自 2024-06-18 起")
    lin.follows("规范性文件").sees("没有符合条件的规范性文件。")
    lin.fills(范围="本年废止、失效").presses("查询").sees(TITLE, "2024 年废止、失效，共 1 件")


def test_a_document_is_drafted_reviewed_published_on_its_day_read_back_and_repealed(enter, staff, calendar, worker):
    lin, he, shen = enter("林一诺", staff.author), enter("何负责", staff.head), enter("沈审计", staff.auditor)
    reviewers = [enter(user.name, user, width=768) for user in (staff.first, staff.second, staff.secrecy, staff.final)]
    drafts(lin)
    review_and_return(lin, *reviewers)
    review_again(lin, *reviewers)

    he.opens("/office/records/").follows(TITLE).sees("待发布", "计划发布日").unfolds("定期发布")
    he.fills(计划发布日=date(2024, 6, 3)).presses("定期发布").sees("须晚于今天。需要立即发布的，请用“立即发布”。")
    he.fills(计划发布日=date(2024, 6, 18)).presses("定期发布").sees("已设定计划发布日。").sees_no("晚于公开期限")
    record = Record.objects.get(title=TITLE)
    for day, stage in ((date(2024, 6, 17), Stage.READY), (date(2024, 6, 18), Stage.PUBLISHED)):
        calendar.today = day
        worker()
        record.refresh_from_db()
        assert record.stage == stage

    read_back_and_repeal(lin, record)
    record.refresh_from_db()
    assert (record.validity, record.awaits_read_back) == (Validity.REPEALED, False)
    acts = Entry.objects.filter(subject=f"records.record:{record.pk}").values_list("act", flat=True)
    assert [act for act in acts if not act.startswith("review.approved")] == [
        *("records.drafted", "review.submitted", "review.returned", "records.returned", "records.revised"),
        *("review.submitted", "review.passed", "records.approved", "records.planned", "records.published"),
        *("records.read_back", "records.read_back", "records.repealed"),
    ]
    shen.opens("/office/").follows("操作日志").presses("核验日志链").sees("日志链完整")


def test_a_town_sends_a_notice_by_its_short_chain_on_a_telephone(enter, staff):
    jing, mi, xuan = (
        enter(user.name, user, width=390) for user in (staff.town_author, staff.town_secrecy, staff.town_final)
    )
    jing.opens("/office/").pulls_down("展开菜单").follows("政府信息").follows("拟稿")
    jing.fills(类别="通知公告", 标题="东港镇防汛值班公告", 生成日期=date(2024, 6, 3), 正文="现将值班安排公告如下。")
    jing.ticks("主动公开").presses("保存草稿").presses("送审").sees("已送审。")
    notice = "东港镇防汛值班公告"
    decides(mi, "保密审查", *CONFIRMED, title=notice)
    mi.sees("须由终审办理，您没有该机构的这一角色。")
    decides(xuan, "党委宣传委员审批", title=notice)
    jing.opens("/office/").sees("待发布").takes_up(notice).presses("立即发布").sees("已发布。请打开公开页面复核读网。")
    record = Record.objects.get()
    assert (record.stage, record.published_on) == (Stage.PUBLISHED, date(2024, 6, 3))
    assert list(Step.objects.order_by("order").values_list("title", flat=True)) == ["保密审查", "党委宣传委员审批"]
