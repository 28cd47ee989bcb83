"""The pages: what each person sees and may do there, with how many queries."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.workbench import todo_for
from gongkai.decisions.domain import publication
from gongkai.decisions.models import Charge, Decision, ImportBatch, Procurement
from gongkai.journal.models import Entry

from .conftest import line, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_on(client):
    def signed(user):
        client.force_login(user)
        return client

    return signed


@pytest.fixture
def decisions(bring):
    """A published permit to a company, an unpublished penalty on a person."""
    bring(
        table(
            line(1),
            line(2, 决定类别="行政处罚", 相对人名称="陈水生", 相对人类别="自然人", 公示日期=""),
        )
    )
    return list(Decision.objects.order_by("number"))


def address(name, *arguments):
    return reverse(f"decisions:{name}", args=arguments)


def numbers(response):
    return [decision.number for decision in response.context["page"]]


PAGES = ("list", "counts", "batches", "upload", "charges", "charge-new", "procurements", "procurement-new")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_officer(signed_on, city, decisions, name):
    assert signed_on(city.handler).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_nobody_comes_in_without_signing_on(client, db, name):
    assert client.get(address(name)).status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["岚水许〔2024〕2号", "岚水许〔2024〕1号"]),
        ({"kind": "penalty"}, ["岚水许〔2024〕2号"]),
        ({"year": "2024"}, ["岚水许〔2024〕2号", "岚水许〔2024〕1号"]),
        ({"year": "2023"}, []),
        ({"lateness": "overdue"}, ["岚水许〔2024〕2号"]),
        ({"lateness": "waiting", "kind": "permit"}, []),
        ({"lateness": "late"}, []),
        ({"lateness": "withdraw"}, []),
        ({"number": "岚水许[2024]1号"}, ["岚水许〔2024〕1号"]),
        ({"number": "岚水许"}, ["岚水许〔2024〕2号", "岚水许〔2024〕1号"]),
        ({"kind": "nonsense"}, ["岚水许〔2024〕2号", "岚水许〔2024〕1号"]),
    ],
)
def test_the_filters_narrow_the_list(signed_on, city, decisions, query, found):
    assert sorted(numbers(signed_on(city.handler).get(address("list"), query))) == sorted(found)


def test_a_unit_shows_what_it_and_the_units_it_took_over_decided(signed_on, city, bring):
    bring(table(line(1), line(2, 决定机关="HL-009", 决定日期="2024-02-20", 公示日期="")))
    client = signed_on(city.handler)
    assert len(numbers(client.get(address("list"), {"unit": city.bureau.pk}))) == 2
    assert "（已撤销）" in client.get(address("list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("list", 7), ("batches", 7), ("charges", 7), ("procurements", 7), ("counts", 8)]
)
def test_a_page_takes_the_same_queries_however_long(
    signed_on, city, bring, count, name, queries, django_assert_num_queries
):
    """Five of them are the shell's: session, person, rights, training, tree."""
    for number in range(count):
        bring(table(line(number, 决定机关="HL-009", 决定日期="2024-02-20", 公示日期="")))
        Charge.objects.create(unit=city.ended, year=2024, item=f"第{number}项", amount_fen=1)
        Procurement.objects.create(unit=city.ended, year=2024, project=f"第{number}项", amount_fen=1)
    client = signed_on(city.handler)
    client.get(address(name))
    with django_assert_num_queries(queries):
        client.get(address(name), {"year": "2024"})


def test_who_does_not_act_for_the_unit_finds_nothing(signed_on, city, decisions):
    client = signed_on(city.stranger)
    first, second = decisions
    batch = first.batch
    assert numbers(client.get(address("list"))) == []
    assert client.get(address("detail", first.pk)).status_code == 404
    assert client.post(address("reveal", second.pk)).status_code == 404
    assert client.post(address("change", first.pk)).status_code == 404
    assert client.post(address("withdraw", first.pk)).status_code == 404
    assert client.get(address("batch", batch.pk)).status_code == 404
    assert client.get(address("progress", batch.pk)).status_code == 404
    assert client.get(address("errors", batch.pk)).status_code == 404
    client.post(address("publish"), {"chosen": [second.pk], "published_on": "2024-05-30"})
    second.refresh_from_db()
    assert second.published_on is None


def test_an_auditor_reads_and_changes_nothing(signed_on, city, decisions):
    client = signed_on(city.auditor)
    first, second = decisions
    assert len(numbers(client.get(address("list")))) == 2
    assert client.get(address("upload")).status_code == 404
    assert client.get(address("charge-new")).status_code == 404
    assert client.get(address("errors", first.batch_id)).status_code == 404
    client.post(address("publish"), {"chosen": [second.pk], "published_on": "2024-05-30"})
    second.refresh_from_db()
    assert second.published_on is None


def test_the_name_of_a_person_is_masked_until_it_is_asked_for_and_that_is_recorded(signed_on, city, decisions):
    client = signed_on(city.handler)
    _, penalty = decisions
    for page in (client.get(address("list")), client.get(address("detail", penalty.pk))):
        assert "陈水生" not in page.content.decode()
    assert "陈**" in client.get(address("detail", penalty.pk)).content.decode()
    assert "陈水生" in client.post(address("reveal", penalty.pk)).content.decode()
    assert Entry.objects.filter(act="decisions.revealed", subject=f"decisions.decision:{penalty.pk}").count() == 1


def test_ticked_decisions_are_noted_as_published_and_the_filters_stay(signed_on, city, decisions):
    _, penalty = decisions
    client = signed_on(city.handler)
    response = client.post(
        address("publish"), {"chosen": [penalty.pk], "published_on": "2024-05-30", "filters": "kind=penalty"}
    )
    assert response.url == f"{address('list')}?kind=penalty"
    penalty.refresh_from_db()
    assert penalty.published_on == date(2024, 5, 30)
    assert numbers(client.get(address("list"), {"lateness": "late"})) == [penalty.number]


def test_publishing_nothing_says_what_is_missing(signed_on, city, decisions):
    response = signed_on(city.handler).post(address("publish"), {"published_on": "2024-05-30"}, follow=True)
    assert "请先勾选决定" in response.content.decode()


def test_a_penalty_is_annulled_and_taken_back_from_its_page(signed_on, city, decisions):
    _, penalty = decisions
    client = signed_on(city.handler)
    client.post(address("publish"), {"chosen": [penalty.pk], "published_on": "2024-05-30"})
    client.post(
        address("change", penalty.pk), {"state": "annulled", "changed_on": "2024-05-31", "reason": "复议决定撤销"}
    )
    page = client.get(address("detail", penalty.pk)).content.decode()
    assert "登记撤回公示" in page
    assert "2024-06-05" in page
    assert numbers(client.get(address("list"), {"lateness": "withdraw"})) == [penalty.number]
    client.post(address("withdraw", penalty.pk), {"withdrawn_on": "2024-06-03"})
    penalty.refresh_from_db()
    assert penalty.withdrawn_on == date(2024, 6, 3)


def test_a_change_without_a_reason_is_refused_with_the_name_of_the_field(signed_on, city, decisions):
    permit, _ = decisions
    response = signed_on(city.handler).post(
        address("change", permit.pk), {"state": "annulled", "changed_on": "2024-05-31", "reason": ""}, follow=True
    )
    assert "未登记：理由：" in response.content.decode()
    permit.refresh_from_db()
    assert permit.state == "standing"


def upload(client, data, unit, name="许可.csv", **chosen):
    ordinary = {"dataset": "decisions", "kind": "", "unit": unit.pk}
    return client.post(address("upload"), {"file": SimpleUploadedFile(name, data)} | ordinary | chosen)


def test_an_uploaded_file_waits_for_the_worker_and_its_bad_rows_come_back(signed_on, city):
    client = signed_on(city.handler)
    response = upload(client, table(line(1), line(2, 事项="")), city.bureau)
    batch = ImportBatch.objects.get()
    assert response.url == address("batch", batch.pk)
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == ("gongkai.decisions.tasks.import_batch", [batch.pk])
    assert "hx-get" in client.get(address("batch", batch.pk)).content.decode()
    task.task.call(batch.pk)
    task.task.call(batch.pk)
    page = client.get(address("progress", batch.pk)).content.decode()
    assert "事项：未填写" in page
    assert "hx-get" not in page
    errors = client.get(address("errors", batch.pk))
    lines = b"".join(errors.streaming_content).decode("utf-8-sig").splitlines()
    assert (errors["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 2)
    assert Entry.objects.filter(act="decisions.errors_read").count() == 1


def test_a_refused_file_says_why_on_the_form(signed_on, city):
    client = signed_on(city.handler)
    page = upload(client, b"PK\x03\x04", city.bureau).content.decode()
    assert "与扩展名不符" in page
    page = upload(client, table(line(1), captions=["甲"] * 9), city.bureau).content.decode()
    assert "没有完整的表头：缺少 “决定书文号”、“相对人名称”、“事项或事由”、“决定日期”" in page
    assert ImportBatch.objects.count() == 0


def test_nobody_uploads_for_a_unit_of_others(signed_on, city):
    response = upload(signed_on(city.handler), table(line(1)), city.other)
    assert response.status_code == 200
    assert ImportBatch.objects.count() == 0


def test_templates_are_read_by_the_import(signed_on, city, bring):
    client = signed_on(city.handler)
    for dataset in ("decisions", "charges", "procurement"):
        template = client.get(address("template", dataset))
        batch = bring(template.content, dataset=dataset)
        assert (batch.rows_in, batch.rows_bad, batch.notes) == (1, 0, [])
    assert client.get(address("template", "nonsense")).status_code == 404


def test_bad_rows_stay_on_the_list_of_things_to_do_until_settled(signed_on, city, bring):
    batch = bring(table(line(1, 事项="")))
    today = timezone.localdate()

    def kinds():
        return [source.kind for source, _, _ in todo_for(city.handler, scope_of(city.handler, today), 8)]

    assert "导入错误行" in kinds()
    signed_on(city.handler).post(address("settle", batch.pk))
    assert "导入错误行" not in kinds()


def test_what_is_due_is_on_the_list_of_things_to_do(city, decisions):
    _, penalty = decisions
    scope = scope_of(city.handler, date(2024, 5, 27))
    found = {source.kind: items for source, items, _ in todo_for(city.handler, scope, 8)}
    assert [(item.due, item.urgency) for item in found["双公示到期"]] == [(date(2024, 5, 29), "soon")]
    publication.publish(
        decisions=[penalty.pk], published_on=date(2024, 5, 28), user=city.handler, day=date(2024, 5, 28)
    )
    publication.change(
        decision=penalty.pk,
        state="annulled",
        changed_on=date(2024, 5, 28),
        reason="复议",
        user=city.handler,
        day=date(2024, 5, 28),
    )
    found = {
        source.kind: items for source, items, _ in todo_for(city.handler, scope_of(city.handler, date(2024, 6, 3)), 8)
    }
    assert [(item.due, item.urgency) for item in found["撤回处罚公示"]] == [(date(2024, 5, 31), "late")]


def test_a_charge_is_typed_in_corrected_and_counted(signed_on, city):
    client = signed_on(city.handler)
    typed = {"unit": city.bureau.pk, "year": "2024", "item": "水资源费", "amount": "1,002.3819", "basis": ""}
    assert client.post(address("charge-new"), typed).url == address("charges")
    charge = Charge.objects.get()
    assert charge.amount_fen == 1_002_381_900
    assert "同名的一条" in client.post(address("charge-new"), typed).content.decode()
    assert "1002.3819" in client.get(address("charge", charge.pk)).content.decode()
    client.post(address("charge", charge.pk), typed | {"amount": "12.5"})
    charge.refresh_from_db()
    assert charge.amount_fen == 12_500_000
    assert "12.5" in client.get(address("counts"), {"year": "2024"}).content.decode()
    assert (
        "金额（万元）：“十二”不是数字"
        in client.post(address("charge", charge.pk), typed | {"amount": "十二"}).content.decode()
    )


def test_a_procurement_project_is_typed_in(signed_on, city):
    client = signed_on(city.handler)
    typed = {"unit": city.bureau.pk, "year": "2024", "project": "水文设备", "amount": "186500.5"}
    assert client.post(address("procurement-new"), typed).url == address("procurements")
    assert Procurement.objects.get().amount_fen == 18_650_050
    assert "水文设备" in client.get(address("procurements"), {"year": "2024"}).content.decode()
    assert client.get(address("procurement", Procurement.objects.get().pk)).status_code == 200


def test_others_do_not_correct_the_figures_of_a_unit(signed_on, city):
    charge = Charge.objects.create(unit=city.bureau, year=2024, item="水资源费", amount_fen=1)
    client = signed_on(city.stranger)
    assert client.get(address("charge", charge.pk)).status_code == 404
    assert "水资源费" not in client.get(address("charges")).content.decode()


def test_a_file_that_cannot_be_read_to_its_end_shows_why(signed_on, city, bring):
    batch = bring(table(*[line(number) for number in range(100)]) + ('"' + "水" * 140_000).encode())
    page = signed_on(city.handler).get(address("batch", batch.pk)).content.decode()
    assert "多半是引号没有成对" in page
