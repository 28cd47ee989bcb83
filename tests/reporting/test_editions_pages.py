"""The office's pages of published reports."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builders.city import person, unit
from builders.editions import edition, figures
from gongkai.accounts.models import Role
from gongkai.annual.writer import write
from gongkai.reporting.models import Edition
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db

BODY = "岚溪县人民政府"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    settings.SECOND_FACTOR = False


@pytest.fixture
def place(db):
    return unit("LX-001", BODY, kind=Kind.GOVERNMENT)


def signed_on(client, where, *roles):
    client.force_login(person(f"p{len(roles)}-{roles[0]}", where, *roles))
    return client


def sent(client, **given):
    data = write(figures(BODY, 2023, text="甲。"), "docx")
    fields = {"file": SimpleUploadedFile("2023.docx", data), "unit": "", "body": "", "year": "", "published_on": ""}
    return client.post(reverse("editions:import"), fields | given)


def test_the_list_leads_to_the_years_and_the_public_pages(client, place):
    edition(figures(BODY, 2023), slug="lx-001", published_on=date(2024, 3, 20))
    edition(figures(BODY, 2024), slug="lx-001", published_on=None)
    shown = signed_on(client, place, Role.HANDLER).get(reverse("editions:list")).content.decode()
    assert reverse("editions:trend", args=["lx-001"]) in shown
    assert reverse("reports:report", args=["lx-001", 2023]) in shown
    assert "2024" not in shown.partition("<main")[2]
    assert reverse("editions:import") not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_times(client, place, django_assert_max_num_queries, count):
    for number in range(count):
        edition(figures(f"机关{number}"), slug=f"jg-{number}")
    signed_on(client, place, Role.HANDLER)
    with django_assert_max_num_queries(8):
        client.get(reverse("editions:list"))


def test_the_years_of_a_body_with_what_the_audit_finds(client, place):
    edition(figures(BODY, 2023), slug="lx-001", published_on=date(2024, 3, 20))
    edition(figures(BODY, 2024, requests__received__total=3), slug="lx-001", published_on=date(2025, 3, 20))
    shown = signed_on(client, place, Role.AUDITOR).get(reverse("editions:trend", args=["lx-001"])).content.decode()
    assert "<svg" in shown
    assert "数据核对" in shown


def test_a_report_is_brought_in_for_a_unit(client, place):
    signed_on(client, place, Role.OFFICE_HEAD)
    response = sent(client, unit=place.pk, year="2023")
    made = Edition.objects.get()
    assert response.url == reverse("editions:trend", args=["lx-001"])
    assert (made.unit, made.year, made.scope, made.published_on) == (place, 2023, "whole", date(2024, 3, 31))
    assert "读出 200 格" in client.get(response.url).content.decode()


def test_what_is_wrong_stands_at_its_field(client, place):
    signed_on(client, place, Role.COMPETENT)
    response = sent(client, unit=place.pk, year="2022")
    assert response.status_code == 422
    assert response.context["form"].errors["year"] == ["报告上的年度是 2023。"]
    response = sent(client, body="云浦县人民政府")
    assert "body" in response.context["form"].errors
    response = sent(client, file=SimpleUploadedFile("x.txt", "今天天气很好。".encode()))
    assert "没有导入" in response.content.decode()
    assert not Edition.objects.exists()


def test_the_head_of_an_office_brings_in_for_units_of_the_office_alone(client, place):
    signed_on(client, place, Role.OFFICE_HEAD)
    assert "unit" in sent(client, body=BODY).context["form"].errors
    other = unit("LX-002", "岚溪县教育局", place)
    assert "unit" in sent(client, unit=other.pk).context["form"].errors
    assert not Edition.objects.exists()


@pytest.mark.parametrize(("kind", "ticked", "scope"), [("government", "on", "own"), ("department", "", "own")])
def test_only_what_adds_others_up_is_a_whole(client, db, kind, ticked, scope):
    place = unit("LX-001", BODY, kind=kind)
    signed_on(client, place, Role.OFFICE_HEAD)
    sent(client, unit=place.pk, **({"is_own": ticked} if ticked else {}))
    assert Edition.objects.get().scope == scope
