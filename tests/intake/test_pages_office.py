import pytest
from django.utils import timezone

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.models import Application
from gongkai.intake.messages import CallMe, Confirmed, FoundIt, Rated
from gongkai.intake.models import Callback, State, Submission
from gongkai.journal.models import Entry
from gongkai.units.models import Guide
from intake.conftest import MONDAY, worked
from intake.pages import words

pytestmark = pytest.mark.django_db
LIST = "/office/intake/"


@pytest.fixture
def callback(followed, tell, bureau):
    tell(followed(), CallMe(unit=bureau.pk, telephone="13900000000", name="王先生", wish="上午"))
    return Callback.objects.get()


@pytest.fixture
def stuck(send):
    """Something that cannot be taken: the unit takes no applications on the web any more."""
    sent = send()
    Guide.objects.update(channels=[])
    worked()
    return sent


@pytest.fixture
def administrator(city):
    return person("guan", city, Role.ADMINISTRATOR, name="管理员")


def test_whom_to_call_is_shown_once_and_each_look_is_in_the_journal(signed_on, staff, callback):
    client = signed_on(staff.handler)
    assert "13900000000" not in words(client.get(LIST))
    answer = client.post(f"{LIST}callbacks/{callback.pk}/reveal/")
    assert "13900000000 王先生 上午" in words(answer).replace("　", " ")
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.act, entry.actor) == ("intake.callback_revealed", "lin")
    assert "139" not in str(entry.detail)


def test_a_call_that_was_made_is_entered_and_the_number_forgotten(signed_on, staff, callback):
    client = signed_on(staff.handler)
    address = f"{LIST}callbacks/{callback.pk}/done/"
    assert "请写明办理情况" in words(client.post(address, {"result": " "}, follow=True))
    client.post(address, {"result": "已代填，HL-012-2024-00002"})
    callback.refresh_from_db()
    assert (callback.done_on, callback.telephone, callback.name, callback.wish) == (MONDAY, "", "", "")
    assert "没有等待回电的请求" in words(client.get(LIST))
    assert "不必再次登记" in words(client.post(address, {"result": "再"}, follow=True))


def test_another_unit_does_not_know_of_a_call(signed_on, stranger, callback):
    client = signed_on(stranger)
    assert client.post(f"{LIST}callbacks/{callback.pk}/reveal/").status_code == 404
    assert "没有等待回电的请求" in words(client.get(LIST))


def test_whoever_works_on_no_case_has_no_page(signed_on, staff):
    assert signed_on(staff.supervisor).get(LIST).status_code == 404


def test_what_is_stuck_is_shown_to_whoever_runs_the_system_without_its_content(signed_on, administrator, staff, stuck):
    said = words(signed_on(administrator).get(LIST))
    assert "没有公布“网站在线申请”" in said
    assert "张晓岚" not in said
    assert "未能转办" not in words(signed_on(staff.handler).get(LIST))


def test_what_is_stuck_is_tried_again_after_it_was_mended(signed_on, administrator, stuck):
    Guide.objects.update(channels=["internet"])
    worked()
    assert not Application.objects.exists(), "not before its time"
    signed_on(administrator).post(f"{LIST}{stuck.pk}/retry/")
    worked()
    assert Application.objects.count() == 1
    assert Entry.objects.filter(act="intake.submission_retried").exists()


def test_what_can_never_be_taken_is_set_aside_with_a_reason_and_emptied(signed_on, administrator, stuck):
    client = signed_on(administrator)
    address = f"{LIST}{stuck.pk}/dismiss/"
    assert "须写明理由" in words(client.post(address, {"reason": ""}, follow=True))
    client.post(address, {"reason": "测试数据"})
    row = stuck.row()
    assert (row.state, row.content) == (State.DISMISSED, "")
    assert not row.files.exists()
    assert Entry.objects.get(act="intake.submission_dismissed").detail["reason"] == "测试数据"


def test_what_was_not_tried_yet_is_not_set_aside(signed_on, administrator, send):
    sent = send()
    signed_on(administrator).post(f"{LIST}{sent.pk}/dismiss/", {"reason": "甲"})
    assert sent.row().state == State.WAITING


def test_a_handler_neither_retries_nor_dismisses(signed_on, staff, stuck):
    client = signed_on(staff.handler)
    assert client.post(f"{LIST}{stuck.pk}/retry/").status_code == 404
    assert client.post(f"{LIST}{stuck.pk}/dismiss/", {"reason": "甲"}).status_code == 404


def test_how_it_went_is_told_on_the_page_and_on_the_case(signed_on, staff, followed, tell):
    sent = followed()
    tell(sent, Rated(case=str(sent.case.pk), score=4, words="很快"))
    tell(sent, FoundIt())
    client = signed_on(staff.handler)
    assert "评价 1 件，平均 4.0 分" in words(client.get(LIST))
    case = words(client.get(f"/office/applications/{sent.application().pk}/"))
    assert "满意度：满意" in case.replace(" ", "")
    assert "很快" in case


def test_the_case_of_somebody_at_the_counter_says_nothing_of_the_web(signed_on, staff, bureau):
    from applications.conftest import ZHANG  # noqa: PLC0415 -- used once
    from gongkai.applications.domain import receiving  # noqa: PLC0415 -- the same

    made = receiving.receive(
        unit=bureau,
        arrival=receiving.Arrival("counter", MONDAY),
        applicant_kind="natural_person",
        applicants=[ZHANG],
        request=receiving.Request(title="甲"),
        user=staff.handler,
        today=MONDAY,
    )
    assert "网上申请" not in words(signed_on(staff.handler).get(f"/office/applications/{made.pk}/"))


def test_calls_and_what_is_stuck_are_among_what_is_to_be_done(signed_on, staff, administrator, callback, send):
    assert "来电代填" in words(signed_on(staff.handler).get("/office/"))
    Submission.objects.create(kind="application", content="坏", arrived_on=MONDAY, arrived_at=timezone.now())
    worked()
    assert "网上来件未能转办" in words(signed_on(administrator).get("/office/"))


def test_the_list_costs_as_many_queries_with_three_calls_as_with_one(
    signed_on, staff, callback, tell, followed, bureau, django_assert_max_num_queries
):
    client = signed_on(staff.handler)
    client.get(LIST)
    with django_assert_max_num_queries(11):
        client.get(LIST)
    for number in range(2):
        tell(followed(title=str(number)), CallMe(unit=bureau.pk, telephone=f"1390000000{number}"))
    with django_assert_max_num_queries(11):
        assert words(client.get(LIST)).count("登记办理") == 3


def test_the_office_confirms_whom_nobody_typed_a_code_for(signed_on, staff, followed, tell):
    sent = followed()
    client = signed_on(staff.handler)
    assert "HL-012-2024-00001" in words(client.get("/office/applications/confirming/"))
    tell(sent, Confirmed())
    assert "HL-012-2024-00001" not in words(client.get("/office/applications/confirming/"))
