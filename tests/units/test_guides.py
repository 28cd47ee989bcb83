"""A unit's guide: written by its head, complete, renewed in time."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from builders.city import person
from gongkai.accounts import workbench
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure
from gongkai.units.domain.guides import set_guide
from gongkai.units.errors import GuideDayError, NotExistingError, UnknownChannelError
from gongkai.units.models import Guide, Unit

DAY = date(2025, 1, 2)
CONTACT = {"office": "公开办", "address": "滨海路 1 号", "hours": "工作日", "telephone": "0590-7654321"}
FILLED = CONTACT | {
    "classification": "按事项分类",
    "arrangement": "按索引号编排",
    "obtaining": "查阅网站或申请",
    "day": "2025-01-02",
}


@pytest.fixture
def head(city, client):
    user = person("he", city.bureau, Role.OFFICE_HEAD)
    client.force_login(user)
    return user


def write(client, of, **fields):
    return client.post(reverse("units:guide", args=[of.pk]), FILLED | fields)


def test_the_head_writes_the_guide(client, head, city):
    response = write(client, city.bureau, channels=["internet"], postcode="362000")
    assert response.url == reverse("units:detail", args=[city.bureau.pk])
    guide = Guide.objects.get(unit=city.bureau)
    assert (guide.channels, guide.updated_on, guide.obtaining) == (["internet"], DAY, "查阅网站或申请")
    entry = Entry.objects.last()
    assert (entry.act, entry.article, entry.subject) == (
        "units.guide_set",
        "条例 第十二条",
        f"units.unit:{city.bureau.pk}",
    )
    page = client.get(response.url).content.decode()
    assert "当面提交、挂号信、特快专递等签收邮件、互联网" in page


def test_the_form_starts_from_what_stands(client, head, city):
    set_guide(unit=city.bureau, day=DAY, actor=SYSTEM, **CONTACT)
    form = client.get(reverse("units:guide", args=[city.bureau.pk])).context["form"]
    assert (form["address"].value(), form["day"].value()) == ("滨海路 1 号", timezone.localdate())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"telephone": ""}, "telephone"),
        ({"postcode": "36200"}, "postcode"),
        ({"channels": ["fax"]}, "fax"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"day": "2025-02-30"}, "day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, head, city, fields, field):
    assert list(write(client, city.bureau, **fields).context["form"].errors) == [field]
    assert Guide.objects.count() == 0


def test_a_day_before_the_last_renewal_is_refused(client, head, city):
    write(client, city.bureau)
    assert list(write(client, city.bureau, day="2024-12-31").context["form"].errors) == ["day"]
    with pytest.raises(GuideDayError, match="早于上次更新日 2025-01-02"):
        set_guide(unit=city.bureau, day=date(2024, 1, 1), actor=SYSTEM, **CONTACT)


def test_basic_channels_need_not_be_listed(city):
    with pytest.raises(UnknownChannelError, match="当面提交和邮政寄送是基本渠道"):
        set_guide(unit=city.bureau, day=DAY, actor=SYSTEM, channels=["in_person"], **CONTACT)


def test_a_unit_that_ended_writes_no_guide(client, head, city):
    structure.abolish(unit=city.bureau, day=DAY, document="甲", actor=SYSTEM)
    assert client.get(reverse("units:guide", args=[city.bureau.pk])).status_code == 404
    with pytest.raises(NotExistingError, match="已于 2025-01-02 撤销"):
        set_guide(unit=Unit.objects.get(pk=city.bureau.pk), day=DAY, actor=SYSTEM, **CONTACT)


def test_others_do_not_write_it(client, head, city):
    assert client.get(reverse("units:guide", args=[city.zone.pk])).status_code == 403
    client.force_login(person("lin", city.bureau, Role.HANDLER))
    assert write(client, city.bureau).status_code == 403


def test_the_head_is_told_of_a_missing_and_of_an_overtaken_guide(client, head, city):
    def told():
        today = timezone.localdate()
        found = workbench.todo_for(head, scope_of(head, today), 8)
        return [item.title for source, items, _ in found if source.kind == "公开指南" for item in items]

    assert told() == ["尚未编制公开指南"]
    write(client, city.bureau)
    assert told() == []
    structure.rename(
        unit=city.bureau, name="水务局", short_name="水务局", day=date(2025, 3, 1), document="甲", actor=SYSTEM
    )
    assert told() == ["机构有变动，指南待更新"]
