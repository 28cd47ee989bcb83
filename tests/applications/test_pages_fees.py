"""The ledger of fees and the acts that change it, on screen."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from applications.conftest import TODAY
from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.domain import fees
from gongkai.applications.models import Application
from gongkai.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leaf")]
D = date.fromisoformat
LEDGER, MAY, DAY = "applications:fees", D("2024-05-20"), D("2024-05-24")


def words(response):
    return response.content.decode()


@pytest.fixture
def noticed(receive, staff):
    def made(pages=100, received=MAY, day=DAY, user=None, **facts):
        user = user or staff.handler
        application = receive(received, user=user, **facts)
        fees.notify(application=application, schedule="pages", pages=pages, day=day, user=user, today=day)
        return Application.objects.get(pk=application.pk)

    return made


@pytest.fixture
def six(noticed, receive, enter, staff):
    """One of every state: awaited, late, paid, forgone after a notice, forgone without one, given back."""
    head = {"user": staff.head, "today": TODAY, "reason": "低保", "approver": "陈主任"}
    noticed()
    noticed(40, D("2024-04-10"), D("2024-04-15"))
    enter(noticed(50), "fee_paid", D("2024-05-31"))
    fees.waive(application=noticed(60), **head)
    fees.waive(application=receive(MAY), schedule="pages", pages=70, **head)
    fees.refund(application=enter(noticed(80), "fee_paid", D("2024-05-31")), amount=500, **head)


def states(response):
    return sorted(row.state for row in response.context["page"])


def test_the_ledger_shows_every_fee_as_it_stands_with_its_sums(signed_on, staff, six):
    response = signed_on(staff.auditor).get(reverse(LEDGER))
    assert states(response) == ["overdue", "paid", "refunded", "waiting", "waived", "waived"]
    whole = response.context["whole"]
    assert (whole.count, whole.asked, whole.waived, whole.paid, whole.refunded) == (5, 1800, 700, 700, 500)
    assert (whole.received, whole.waiting, whole.overdue, whole.overdue_count) == (200, 700, 100, 1)
    page = words(response)
    assert "第31至第100页，每页10元：70页，700元" in page
    assert "发出收费通知 5 件，总金额 1800 元，实际收取 700 元，退还 500 元" in page
    assert "张晓岚" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "overdue"}, 1),
        ({"state": "waived"}, 2),
        ({"year": "2024"}, 6),
        ({"year": "2023"}, 0),
        ({"year": "all", "state": "paid"}, 1),
        ({"text": "hl-012-2024-00002"}, 1),
        ({"text": "没有"}, 0),
        ({"state": "nonsense"}, 6),
        ({"unit": "0"}, 6),
    ],
)
def test_the_ledger_is_narrowed(signed_on, staff, six, query, count):
    assert len(signed_on(staff.handler).get(reverse(LEDGER), query).context["page"]) == count


def test_each_unit_has_its_sums_and_sees_its_own(signed_on, city, bureau, other_bureau, staff, stranger, noticed):
    noticed()
    noticed(40, unit=other_bureau, user=stranger)
    chief = person("zhou", city, Role.OFFICE_HEAD, with_subtree=True)
    response = signed_on(chief).get(reverse(LEDGER))
    assert {key: sums.asked for key, sums in response.context["units"]} == {bureau.pk: 700, other_bureau.pk: 100}
    narrowed = signed_on(chief).get(reverse(LEDGER), {"unit": other_bureau.pk})
    assert narrowed.context["whole"].asked == 100
    assert signed_on(staff.handler).get(reverse(LEDGER)).context["whole"].asked == 700


@pytest.mark.parametrize("address", [LEDGER, "applications:fees-export"])
def test_who_reads_no_cases_finds_no_ledger(signed_on, staff, noticed, address):
    noticed()
    client = signed_on(staff.supervisor)
    ask = client.get if address == LEDGER else client.post
    assert ask(reverse(address)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_ledger(signed_on, staff, noticed):
    client = signed_on(staff.handler)

    def queries():
        client.get(reverse(LEDGER))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(LEDGER)).status_code == 200
        return len(seen)

    noticed()
    one = queries()
    noticed(40)
    noticed(50)
    assert queries() == one <= 8


def test_the_export_holds_the_filtered_ledger_with_its_sums_and_leaves_an_entry(signed_on, staff, six):
    client = signed_on(staff.handler)
    answer = client.post(f"{reverse('applications:fees-export')}?state=refunded", {"format": "xlsx"})
    head, row, sums = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    said = dict(zip(head, row, strict=True))
    assert (said["依法应收（元）"], said["实缴（元）"], said["退还（元）"], said["净收（元）"]) == (500, 500, 500, 0)
    assert (said["状态"], said["减免、退还理由"], said["行政机关"]) == ("已退还", "低保", "海岚市水利局")
    assert "每页10元：50页，500元" in said["计算过程"]
    assert dict(zip(head, sums, strict=True))["实缴（元）"] == 500
    entry = Entry.objects.get(act="applications.fees_exported")
    assert entry.detail == {"rows": 1, "form": "xlsx", "filters": {"state": "refunded"}}


def test_an_unknown_form_of_export_is_refused(signed_on, staff, six):
    answer = signed_on(staff.handler).post(reverse("applications:fees-export"), {"format": "pdf"})
    assert (answer.status_code, Entry.objects.filter(act="applications.fees_exported").exists()) == (302, False)


def offered(client, application):
    page = words(client.get(reverse("applications:detail", args=[application.pk])))
    return [name for name in ("waive", "reduce", "refund") if f"/fee-{name}/" in page]


def test_the_case_page_offers_what_fits(signed_on, staff, receive, noticed, enter):
    client = signed_on(staff.head)
    assert offered(client, receive(MAY)) == ["waive"]
    asked = noticed()
    assert offered(client, asked) == ["waive", "reduce"]
    assert offered(client, enter(asked, "fee_paid", TODAY)) == ["refund"]
    assert offered(client, noticed(40, D("2024-04-10"), D("2024-04-15"))) == []
    assert offered(signed_on(staff.handler), noticed(50)) == []


def test_a_fee_is_let_off_on_the_page_of_the_case_with_its_proof(signed_on, staff, noticed):
    application = noticed()
    client = signed_on(staff.head)
    address = reverse("applications:fee-waive", args=[application.pk])
    page = words(client.get(address))
    assert "免收待缴的 700 元" in page
    assert "按哪种方式应收" not in page
    data = {"seen": application.version, "day": "2024-06-03", "reason": "低保", "approver": "陈主任"}
    response = client.post(address, data | {"evidence": SimpleUploadedFile("证明.txt", "低保证明".encode())})
    assert response.status_code == 302
    page = words(client.get(response.url))
    assert "陈主任批准；700 元；理由：低保" in page
    assert "证明.txt" in page


def test_a_fee_that_could_be_asked_for_is_let_off_with_what_it_is_computed_from(signed_on, staff, receive):
    application = receive(MAY)
    client = signed_on(staff.head)
    address = reverse("applications:fee-waive", args=[application.pk])
    assert "当月第 1 件，按件应收 0 元" in words(client.get(address))
    data = {"seen": application.version, "day": "2024-06-03", "reason": "低保", "approver": "陈主任"}
    refused = client.post(address, data | {"schedule": "items"})
    assert refused.status_code == 422
    assert "未超过免费的数量，不应收费" in words(refused)
    assert client.post(address, data | {"schedule": "pages", "pages": 40}).status_code == 302


def test_a_fee_is_lowered_and_given_back_on_the_page_of_the_case(signed_on, staff, noticed, enter):
    application = noticed()
    client = signed_on(staff.head)
    data = {"day": "2024-06-03", "reason": "低保", "approver": "陈主任"}
    address = reverse("applications:fee-reduce", args=[application.pk])
    assert "现应缴 700 元" in words(client.get(address))
    refused = client.post(address, data | {"seen": application.version, "remaining": 700})
    assert (refused.status_code, "请填 1 至 699" in words(refused)) == (422, True)
    assert client.post(address, data | {"seen": application.version, "remaining": 300}).status_code == 302
    application = enter(Application.objects.get(pk=application.pk), "fee_paid", TODAY)
    address = reverse("applications:fee-refund", args=[application.pk])
    assert 'value="300"' in words(client.get(address))
    assert client.post(address, data | {"seen": application.version, "amount": 300}).status_code == 302
    assert states(client.get(reverse(LEDGER))) == ["refunded"]


def test_a_notice_by_the_wrong_amount_is_marked(signed_on, staff, receive, enter):
    enter(receive(MAY), "fee_notice", D("2024-05-24"), amount=30, schedule="pages", count=100)
    enter(receive(MAY), "fee_notice", D("2024-05-24"), amount=30)
    page = words(signed_on(staff.handler).get(reverse(LEDGER)))
    assert "与标准不符" in page
    assert "未登记计费方式" in page
