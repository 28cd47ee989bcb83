"""A resident with a telephone: from the form to the letter by keyboard alone, axe on every page."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from builders.browser import NARROW, WIDE, cookie_of, until
from builders.city import person, unit
from builders.telephone import Person
from gongkai.accounts.models import Role
from gongkai.applications.domain import letters_sending
from gongkai.applications.models import Application, Stage
from gongkai.intake import limits, tickets
from gongkai.intake.messages import CallMe, Rated
from gongkai.intake.models import Submission
from intake.conftest import CARD, MONDAY, worked
from intake.test_following import answered
from intake.test_taking import open_guide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh(transactional_db, monkeypatch):
    limits.counter.clear()
    monkeypatch.setattr(tickets, "SOONEST_SECONDS", 0)


def test_a_resident_applies_on_a_telephone_by_keyboard_and_follows_it_to_the_letter(
    in_browser, live_server, bureau, staff, sealed, monday, tmp_path
):
    card = tmp_path / "身份证.png"
    card.write_bytes(CARD.data)
    person = in_browser(lambda browser: Person(browser, live_server.url))
    number, code = in_browser(lambda _: _applies(person, card))
    worked()
    assert Application.objects.get().stage == Stage.OPEN
    in_browser(lambda _: _follows(person, number, code))

    monday.today = date(2024, 6, 5)
    letter = sealed(Application.objects.get(), "correction_notice", monday.today, options={"period_days": 15})
    letters_sending.send(letter=letter, day=monday.today, user=staff.handler, today=monday.today, mode="electronic")
    worked()
    in_browser(lambda _: _corrects(person))
    worked()

    monday.today = date(2024, 6, 20)
    answered(SimpleNamespace(application=Application.objects.get), sealed, staff, "electronic")
    worked()
    in_browser(lambda _: _takes_home(person))
    assert person.errors == []


def _applies(person, card):
    """Fill in the form, with a mistake in it, mend that, and confirm the receipt."""
    person.opens("/apply/").presses("海岚市水利局")
    person.writes(title="2023年河道采砂许可台账")
    person.writes(name="张晓岚", proof_number="110105194912310021", telephone="13800001234")
    until(person.page, "document.querySelector('[name=work]').value !== ''")
    person.tabs_to("identity_file")
    person.page.locator("[name=identity_file]").set_input_files(card)
    person.presses("提交申请", leads=False)
    until(person.page, "document.activeElement.id === 'errors'")
    person.looks()
    person.presses("证件号码：身份证号码应为 18 位，且与校验位相符。请核对有没有输错。", leads=False)
    assert person.page.evaluate("document.activeElement.id") == "id_proof_number"
    person.page.keyboard.press("Control+A")
    person.page.keyboard.insert_text("11010519491231002X")
    chosen = "document.querySelector('[name=identity_file]').files[0].name"
    assert person.page.evaluate(chosen) == card.name, "what was chosen stays chosen"
    person.presses("提交申请")
    number, code = (person.page.locator(".big").nth(place).inner_text() for place in (0, 1))
    person.writes(code=code).presses("确认收到")
    assert "由双方确认收到" in person.text
    return number, code


def _follows(person, number, code):
    """Find the application again, and how its last day was computed."""
    person.opens("/apply/status/").writes(number=number, code=code.lower()).presses("查询")
    assert "2024年7月2日" in person.text
    person.presses("期限是怎么算的", leads=False)
    assert "第20个工作日" in person.text
    person.looks()


def _corrects(person):
    """Answer the correction notice."""
    person.opens("/apply/status/case/").presses("在网上补正").writes(text="是许可证登记台账").presses("提交补正")
    assert "补正已经提交" in person.text


def _takes_home(person):
    """Take the letter home, say how it was, and leave nothing behind."""
    person.opens("/apply/status/case/")
    assert "已答复" in person.text
    assert "行政复议" in person.text
    with person.page.expect_download() as coming:
        person.tabs_to(person.page.locator(".files a").last.inner_text())
        person.page.keyboard.press("Enter")
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    person.presses("评价这次办理", leads=False).tabs_to("score")
    person.page.keyboard.press("Space")
    person.presses("提交评价")
    person.presses("退出查询")
    person.opens("/apply/status/case/")
    assert "查询申请的进度" in person.text
    person.page.context.close()


def test_the_proof_follows_the_kind_of_applicant(in_browser, live_server, bureau):
    def chosen(browser):
        page = browser.new_page()
        page.goto(f"{live_server.url}/apply/form/")
        proofs = []
        for kind in ("commercial", "natural_person", "other_org"):
            page.check(f"[name=applicant_kind][value={kind}]")
            proofs.append(page.locator("[name=proof]").input_value())
        page.select_option("[name=proof]", "other_card")
        page.check("[name=applicant_kind][value=research]")
        return [*proofs, page.locator("[name=proof]").input_value()]

    assert in_browser(chosen) == ["credit_code", "id_card", "credit_code", "other_card"]


def test_without_scripts_the_sum_is_answered_and_everything_works(in_browser, live_server, bureau):
    def apply(browser):
        person = Person(browser, live_server.url, scripts=False)
        person.page.goto(f"{live_server.url}/apply/form/?unit=HL-012")
        fill = {"title": "台账", "name": "张晓岚", "proof_number": "11010519491231002X", "telephone": "13800001234"}
        for name, value in fill.items():
            person.page.locator(f"[name={name}]").fill(value)
        question = person.page.locator("label[for=sum]").inner_text()
        person.page.locator("[name=sum]").fill(str(_sum(question)))
        person.looks()
        person.page.get_by_role("button", name="提交申请").click()
        person.page.get_by_role("heading", name="申请已经提交").wait_for()
        person.looks()
        person.page.context.close()

    in_browser(apply)
    assert Submission.objects.count() == 1


def test_whoever_sends_too_often_stays_with_all_that_was_filled_in(in_browser, live_server, bureau, tmp_path):
    card = tmp_path / "身份证.png"
    card.write_bytes(CARD.data)

    def apply(browser):
        person = Person(browser, live_server.url)
        person.opens("/apply/form/?unit=HL-012").writes(title="台账", name="张晓岚")
        until(person.page, "document.querySelector('[name=work]').value !== ''")
        person.page.locator("[name=identity_file]").set_input_files(card)
        person.page.route("**/apply/form/", lambda route: route.fulfill(status=429, body="请稍后再试"))
        person.presses("提交申请", leads=False)
        until(person.page, "document.activeElement.id === 'errors'")
        person.looks()
        assert "还没有提交，请稍后再试" in person.text
        assert person.page.locator("[name=name]").input_value() == "张晓岚"
        assert person.page.evaluate("document.querySelector('[name=identity_file]').files.length") == 1
        person.page.unroute("**/apply/form/")
        person.presses("提交申请", leads=False)
        until(person.page, "document.querySelector('#errors h2').innerText.includes('请更正')")
        person.page.context.close()

    in_browser(apply)
    assert not Submission.objects.exists()


def _sum(question):
    first, second = re.search(r"：(.*)加(.*)等于", question).groups()
    return tickets._number(first) + tickets._number(second)


def test_a_draft_stays_in_this_browser_without_numbers_and_is_cleared(in_browser, live_server, bureau):
    def look(browser):
        person = Person(browser, live_server.url)
        page = person.opens("/apply/form/").page
        for name, value in {"title": "台账", "name": "张晓岚", "proof_number": "11010519491231002X"}.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("details.joint summary").click()
        page.locator("[name=joint1_name]").fill("李远帆")
        page.locator("[name=joint1_proof_number]").fill("11010519491231002X")
        until(page, "(localStorage.getItem('apply-draft') || '').includes('李远帆')")
        kept = page.evaluate("localStorage.getItem('apply-draft')")
        assert "110105" not in kept
        assert "ticket" not in kept
        person.opens("/apply/form/")
        assert page.locator("[name=title]").input_value() == "台账"
        assert page.locator("[name=proof_number]").input_value() == ""
        assert page.locator("[name=joint1_name]").is_visible(), "what was kept opens the part that it stands in"
        assert page.locator("[name=joint1_proof_number]").input_value() == ""
        with page.expect_navigation():
            page.get_by_role("button", name="清除暂存").click()
        assert page.locator("[name=title]").input_value() == ""
        assert page.evaluate("localStorage.getItem('apply-draft')") is None
        assert person.errors == []
        page.context.close()

    in_browser(look)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_nothing_serious_on_any_page(in_browser, live_server, city, bureau, other_bureau, width):
    for number in range(20, 34):
        open_guide(unit(f"HL-0{number}", f"海岚市第{number}局", city))

    def look(browser):
        person = Person(browser, live_server.url, width)
        for path in ("", "form/", "help/", "status/"):
            person.opens(f"/apply/{path}")
        for path, button in (("help/", "请打给我"), ("status/", "查询"), ("form/", "提交申请")):
            person.opens(f"/apply/{path}")
            if path != "status/":
                until(person.page, "document.querySelector('[name=work]').value !== ''")
            person.presses(button, leads=path != "form/")
            person.page.locator(".errors").wait_for()
            for mode in ("", "elder", "contrast"):
                person.page.evaluate("(mode) => document.documentElement.className = mode", mode)
                person.looks()
        person.opens("/apply/form/")
        person.page.locator("#seek-unit").fill("第25")
        assert person.page.locator(".units input[name=units]:visible").count() == 1
        assert person.errors == []
        person.page.context.close()

    in_browser(look)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_offices_page_holds_on_every_screen(in_browser, live_server, city, bureau, send, tell, followed, width):
    everything = person("quan", city, Role.HANDLER, Role.COMPETENT, name="周全", with_subtree=True)
    sent = followed()
    tell(sent, CallMe(unit=bureau.pk, telephone="13900000000", name="王先生", wish="上午，请读给我听"))
    tell(sent, Rated(case=str(sent.case.pk), score=4, words="很快"))
    Submission.objects.create(kind="application", content="坏", arrived_on=MONDAY, arrived_at=timezone.now())
    worked()
    session = cookie_of(everything)

    def look(browser):
        officer = Person(browser, live_server.url, width)
        officer.page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        officer.opens("/office/intake/")
        with officer.page.expect_navigation():
            officer.page.get_by_role("button", name="查看电话").click()
        officer.looks()
        assert "13900000000" in officer.text
        officer.opens(f"/office/applications/{sent.application_pk}/")
        assert "满意度" in officer.text
        assert officer.errors == []
        officer.page.context.close()

    sent.application_pk = sent.application().pk
    in_browser(look)
