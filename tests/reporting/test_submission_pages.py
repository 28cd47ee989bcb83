"""The page of a report: where it stands, the printed tables, what can be done, and who may look."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.annual import jsonio
from gongkai.journal.models import Entry
from gongkai.reporting.domain import facts, filling, passing
from gongkai.reporting.models import Edition, Scope, State, Submission
from gongkai.reporting.queries.report import report_of

from .conftest import TODAY, accepted, clean, grounds, report, signed, written
from .pages import Desk, cell_of, words_of

pytestmark = pytest.mark.django_db
PAGES = ("submission", "text", "findings", "facts", "comparison", "late", "upload")


@pytest.fixture
def desk(client, city):
    return Desk(client, city)


def last_year(submission, **cells):
    """Publish a report of the year before, equal to this year's but for ``cells``."""
    data = jsonio.dump(report_of(submission), details=True) | {"year": 2023}
    data["cells"] |= {key.replace("__", "."): value for key, value in cells.items()}
    return Edition.objects.create(
        unit=submission.unit,
        body=submission.body,
        slug="last",
        year=2023,
        report=jsonio.dumps(jsonio.load(data), details=True),
        digest="甲",
        frozen_at=timezone.now(),
        published_on=date(2024, 1, 20),
    )


def test_a_report_says_what_is_to_be_done_and_by_when(desk, campaign, city):
    page = words_of(desk.of("bureau", Role.HANDLER).see(report(campaign, city.bureau)))
    for words in ("乙区教育局 2024年年度报告", "填报中", "报送期限 2025年1月31日", "办完下列事项后送审", "正文还有"):
        assert words in page
    for title in ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议"):
        assert title in page


def test_a_cell_shows_both_values_of_an_override_and_what_was_typed(desk, campaign, city, today):
    mine = report(campaign, city.bureau)
    user = city.people["bureau", Role.HANDLER]
    acting = {"submission": mine, "user": user, "today": today}
    filling.override(key="requests.granted.natural_person", value=Decimal(3), reason="两件漏登", **acting)
    facts.enter(key="proactive.penalties.decisions", value=Decimal(7), grounds=grounds(), **acting)
    page = desk.of("bureau", Role.HANDLER).see(mine)
    classes, words, text = cell_of(page, "requests.granted.natural_person")
    assert {"from-set", "has-error"} <= set(classes)
    assert "人工修正，系统为 1" in words
    assert text == ["3", "改", "1"]
    assert cell_of(page, "proactive.penalties.decisions")[2] == ["7", "填"]
    assert cell_of(page, "requests.received.commercial")[0][0] == "zero"


def test_a_change_against_last_year_is_marked(desk, campaign, city):
    mine = report(campaign, city.bureau)
    last_year(mine, requests__received__natural_person=5)
    page = desk.of("bureau", Role.HANDLER).see(mine)
    assert "上年为 5" in cell_of(page, "requests.received.natural_person")[1]
    assert "trend-down" in page.content.decode()
    compared = words_of(desk.see(mine, "comparison"))
    assert "一、本年新收政府信息公开申请数量 · 自然人 5 2 -3" in compared
    assert "科研机构" not in compared


def test_what_blocks_is_said_with_the_findings_and_nothing_is_sent(desk, campaign, city):
    mine = report(campaign, city.bureau)
    answer = desk.of("bureau", Role.HANDLER).do(mine, "submit")
    assert answer.status_code == 422
    assert "没有办理" in words_of(answer)
    assert "存在的主要问题及改进情况" in words_of(answer)
    assert report(campaign, city.bureau).state == State.DRAFT


def test_a_report_goes_up_comes_back_with_the_reason_and_goes_up_again(desk, campaign, city):
    mine = clean(city, written(city, report(campaign, city.bureau)))
    assert desk.of("bureau", Role.HANDLER).do(mine, "submit").status_code == 302
    page = words_of(desk.see(mine))
    assert "单位审签中：工作机构负责人审核" in page
    assert "打开审签" in page
    passing.reopened(mine, city.people["bureau", Role.HANDLER])
    Submission.objects.filter(pk=mine.pk).update(state=State.SIGNED, first_signed_on=TODAY, signed_on=TODAY)
    assert "等待上级接收" in words_of(desk.see(mine))
    above = desk.of("district", Role.COMPETENT)
    assert above.do(mine, "send-back", reason="").status_code == 422
    assert above.do(mine, "send-back", reason="第五部分请写具体").status_code == 302
    page = words_of(desk.of("bureau", Role.HANDLER).see(mine))
    assert "按退回理由修改：第五部分请写具体" in page
    assert "已退回" in page


def test_the_superior_receives_a_signed_report(desk, campaign, city):
    theirs = signed(city, report(campaign, city.bureau))
    page = words_of(desk.of("district", Role.COMPETENT).see(theirs))
    assert "核对后接收，或者写明理由退回" in page
    assert "bureau-final_reviewer 2025-01-10" in page
    assert desk.do(theirs, "accept").status_code == 302
    assert report(campaign, city.bureau).state == State.ACCEPTED
    assert desk.of("bureau", Role.HANDLER).do(theirs, "accept").status_code == 422


def test_a_sum_that_lacks_units_names_them_with_links(desk, campaign, city):
    accepted(city, report(campaign, city.town))
    whole = report(campaign, city.district, Scope.WHOLE)
    page = words_of(desk.of("district", Role.COMPETENT).see(whole))
    assert "还有 2 份报告没有接收" in page
    assert "还没有汇总" in page
    answer = desk.do(whole, "sum-up")
    assert answer.status_code == 422
    lacking = report(campaign, city.bureau)
    assert f'<li><a href="/office/reports/{lacking.pk}/">{lacking.body}</a>' in answer.content.decode()
    for place in (city.district, city.bureau):
        accepted(city, report(campaign, place))
    assert desk.do(whole, "sum-up").status_code == 302
    assert cell_of(desk.see(whole), "requests.received.total")[2] == ["2"]


def test_compiling_again_says_which_cells_changed(desk, campaign, city):
    mine = report(campaign, city.bureau)
    Submission.objects.filter(pk=mine.pk).update(computed=mine.computed | {"requests.received.total": 9})
    desk.of("bureau", Role.HANDLER).do(mine, "refill")
    page = words_of(desk.see(mine))
    assert "1 个单元格有变化：一、本年新收政府信息公开申请数量 · 总计 9→2" in page
    desk.do(mine, "refill")
    assert "已重新计算，没有变化" in words_of(desk.see(mine))


def test_an_act_on_a_version_seen_before_is_refused_and_leaves_nothing(desk, campaign, city):
    theirs = signed(city, report(campaign, city.bureau))
    desk.of("district", Role.COMPETENT)
    before = Entry.objects.count()
    answer = desk.do(theirs, "send-back", reason="有误", seen=theirs.version - 1)
    assert answer.status_code == 409
    assert "已有他人改动" in words_of(answer)
    assert f'name="seen" value="{theirs.version}"' in answer.content.decode()
    assert ">有误</textarea>" in answer.content.decode().replace("\n", "")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", PAGES)
def test_whoever_reads_nothing_of_the_unit_finds_no_page(desk, campaign, city, name):
    mine = report(campaign, city.bureau)
    for place in ("finance", "town"):
        assert desk.of(place, Role.HANDLER).see(mine, name).status_code == 404
    assert desk.of("bureau", Role.SECRECY_REVIEWER).see(mine, name).status_code == 200


def test_a_superior_without_the_subtree_reads_what_was_handed_up_and_no_draft(desk, campaign, city):
    city.people["district", "alone"] = person("alone", city.district, Role.COMPETENT)
    theirs, draft = signed(city, report(campaign, city.bureau)), report(campaign, city.town)
    desk.of("district", "alone")
    assert desk.see(theirs).status_code == 200
    assert desk.see(draft).status_code == 404
    assert desk.do(theirs, "accept").status_code == 302


def test_on_the_page_of_what_was_refused_every_link_and_form_leads_where_it_should(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.of("bureau", Role.HANDLER)
    refused = desk.do(mine, "submit")
    assert refused.status_code == 422
    key = "requests.received.total"
    again = desk.do(mine, "override", key, value="", reason="")
    assert again.status_code == 422
    led = re.findall(r'(?:href|action)="([^"#?][^"]*)"', refused.content.decode() + again.content.decode())
    assert f"/office/reports/{mine.pk}/submit/" in led
    assert f"/office/reports/{mine.pk}/cells/{key}/" in led
    assert f"/office/reports/{mine.pk}/cells/{key}/override/" in led
    assert [one for one in led if not one.startswith("/")] == []


def test_who_may_only_read_is_offered_no_act(desk, campaign, city):
    page = desk.of("bureau", Role.SECRECY_REVIEWER).see(report(campaign, city.bureau)).content.decode()
    assert '/submit/"' not in page
    assert '/refill/"' not in page
    assert '/submit/"' in desk.of("bureau", Role.HANDLER).see(report(campaign, city.bureau)).content.decode()


def test_the_page_asks_the_database_as_often_whatever_was_set_and_however_many_parts(desk, campaign, city, today):
    mine, whole = report(campaign, city.bureau), report(campaign, city.root, Scope.WHOLE)
    user = city.people["bureau", Role.HANDLER]
    desk.of("root", Role.COMPETENT)

    def count(submission):
        with CaptureQueriesContext(connection) as found:
            assert desk.see(submission).status_code == 200
        return len(found)

    def set_cell(key):
        now = Submission.objects.get(pk=mine.pk)
        filling.override(submission=now, key=key, value=Decimal(3), reason="漏登", user=user, today=today)

    set_cell("requests.granted.commercial")
    once = count(mine)
    for column in ("research", "legal_service", "other_org"):
        set_cell(f"requests.granted.{column}")
    assert count(mine) == once <= 22
    several = count(whole)
    Submission.objects.filter(unit=city.office).update(superior=city.district)
    assert count(whole) == several <= 22


def test_the_draft_is_given_out_as_a_file_that_says_so(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.of("bureau", Role.HANDLER)
    for which, start in (("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("json", b"{"), ("pdf", b"%PDF")):
        answer = desk.see(mine, "draft", which)
        assert answer.content.startswith(start)
        assert "%EF%BC%88%E8%8D%89%E7%A8%BF%EF%BC%89" in answer["Content-Disposition"]
    assert desk.see(mine, "draft", "exe").status_code == 404
    Submission.objects.filter(pk=mine.pk).update(state=State.FROZEN)
    assert "%E8%8D%89%E7%A8%BF" not in desk.see(mine, "draft", "json")["Content-Disposition"]


def test_late_entries_are_listed_and_those_of_others_not_named(desk, campaign, city):
    mine = report(campaign, city.bureau)
    page = words_of(desk.of("bureau", Role.HANDLER).see(mine, "late"))
    assert "申请 3" in page
    assert "B1-2024-00001" in page
    assert "A2-2024" not in page
    city.people["bureau", Role.SUPERVISOR] = person("watch", city.bureau, Role.SUPERVISOR)
    page = words_of(desk.of("bureau", Role.SUPERVISOR).see(mine, "late"))
    assert "B1-2024" not in page
    assert "无权查看" in page
    assert "没有次年补录的复议" in words_of(desk.see(mine, "late", what="remedies"))
