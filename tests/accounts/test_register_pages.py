"""The pages of the officers' register."""

from datetime import date

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from builders.city import person
from gongkai.accounts.models import Grant, Role, User

LIST, NEW = "/office/people/", "/office/people/register/"


def at(name, user, *more):
    return reverse(f"accounts:{name}", args=[user.pk, *more])


def listed(client, **wanted):
    return [user.username for user in client.get(LIST, wanted).context["page"]]


def test_each_sees_the_register_of_the_units_watched_over(client, staff):
    everybody = ["he", "lin", "ops", "shen", "zheng", "zhou"]
    for user, seen in (
        (staff.ops, everybody),
        (staff.zhou, everybody),
        (staff.shen, everybody),
        (staff.zheng, ["lin", "zheng"]),
        (staff.he, ["he"]),
    ):
        client.force_login(user)
        assert sorted(listed(client)) == seen
    client.force_login(staff.lin)
    assert client.get(LIST).status_code == 403


def test_the_register_is_narrowed_by_unit_state_and_role(client, staff, city):
    new = person("chen", city.below, trained=False)
    gone = person("wu", city.bureau)
    gone.is_active = False
    gone.save()
    client.force_login(staff.zhou)
    assert listed(client, unit=city.zone.pk) == ["zheng", "chen", "lin"]
    assert listed(client, state="untrained") == ["chen"]
    assert listed(client, state="inactive") == ["wu"]
    assert listed(client, state="without") == ["chen"]
    assert listed(client, state="trained", unit=city.below.pk) == ["lin"]
    assert listed(client, role="office_head") == ["he"]
    assert new.officer.trained_on is None


@pytest.mark.parametrize("more", [1, 3])
def test_the_register_takes_eight_queries_whatever_its_length(client, staff, city, more, django_assert_num_queries):
    for number in range(more):
        person(f"more{number}", city.below, Role.HANDLER)
    client.force_login(staff.zhou)
    with django_assert_num_queries(8):
        client.get(LIST)


def test_a_person_outside_the_watched_units_is_not_found(client, staff):
    client.force_login(staff.zheng)
    assert client.get(at("detail", staff.lin)).status_code == 200
    for name in ("detail", "give", "train", "deactivate", "renew-password"):
        address = at(name, staff.he)
        response = client.get(address) if name == "detail" else client.post(address)
        assert (response.status_code, "何主任" in response.content.decode()) == (404, False)


def test_a_registered_person_gets_a_one_time_password_shown_once(client, staff, city):
    client.force_login(staff.zheng)
    filled = {
        "unit": city.below.pk,
        "name": "陈新",
        "username": "chenxin",
        "position": "科员",
        "telephone": "0590-1",
        "day": "2025-06-03",
    }
    response = client.post(NEW, filled)
    made = User.objects.get(username="chenxin")
    assert made.check_password(response.context["password"]) is True
    assert "no-store" in response["Cache-Control"]
    assert list(client.post(NEW, filled).context["form"].errors) == ["username"]
    bad = client.post(NEW, filled | {"username": "陈 新", "day": "2025-02-30"})
    assert set(bad.context["form"].errors) == {"username", "day"}
    outside = client.post(NEW, filled | {"username": "else", "unit": staff.he.officer.unit_id})
    assert list(outside.context["form"].errors) == ["unit"]


def test_only_those_who_may_register_open_the_form(client, staff):
    client.force_login(staff.he)
    assert client.get(NEW).status_code == 403


def test_training_and_roles_are_entered_on_the_persons_page(client, staff, city):
    new = person("chen", city.below, trained=False)
    client.force_login(staff.zheng)
    today = timezone.localdate().isoformat()
    assert client.post(at("train", new), {"day": today, "training": "跟岗五日"}).url == at("detail", new)
    early = client.post(at("train", new), {"day": "2000-01-01", "training": "甲"})
    assert (early.status_code, list(early.context["training"].errors)) == (422, ["day"])
    role = {"role": "first_reviewer", "unit": city.below.pk, "day": today}
    assert client.post(at("give", new), role).url == at("detail", new)
    again = client.post(at("give", new), role)
    assert (again.status_code, list(again.context["granting"].errors)) == (422, ["role"])
    late = client.post(at("give", new), role | {"role": "handler", "day": "2020-01-01"})
    assert list(late.context["granting"].errors) == ["day"]
    outside = client.post(at("give", new), role | {"unit": city.bureau.pk})
    assert list(outside.context["granting"].errors) == ["unit"]
    above = client.post(at("give", new), role | {"role": "administrator"})
    assert list(above.context["granting"].errors) == ["role"]
    assert "郑开发" in client.get(at("detail", new)).content.decode()


def test_nobody_finds_a_form_for_his_own_rights(client, staff, city):
    client.force_login(staff.zheng)
    page = client.get(at("detail", staff.zheng)).context
    assert (page["granting"], page["training"], page["may_manage"]) == (None, None, False)
    today = timezone.localdate().isoformat()
    response = client.post(at("give", staff.zheng), {"role": "handler", "unit": city.below.pk, "day": today})
    assert response.context["granting"].errors["unit"] == ["不能给自己授权。请由主管部门的其他人员或系统管理员授权。"]


def test_a_role_is_ended(client, staff):
    client.force_login(staff.zheng)
    held = Grant.objects.get(user=staff.lin)
    client.post(at("end", staff.lin, held.pk))
    held.refresh_from_db()
    assert held.ends_on == timezone.localdate()
    assert client.post(at("end", staff.zheng, held.pk)).status_code == 404
    refused = client.post(at("end", staff.lin, held.pk), follow=True)
    assert "您不能终止这项授权" in refused.content.decode()


def test_an_account_is_closed_and_opened_with_a_reason(client, staff):
    client.force_login(staff.zheng)
    assert client.post(at("deactivate", staff.lin), {}).status_code == 422
    client.post(at("deactivate", staff.lin), {"reason": "调离"})
    assert User.objects.get(pk=staff.lin.pk).is_active is False
    assert client.post(at("reactivate", staff.lin), {}).status_code == 422
    response = client.post(at("reactivate", staff.lin), {"reason": "返岗"})
    assert User.objects.get(pk=staff.lin.pk).check_password(response.context["password"]) is True


def test_a_lost_password_is_renewed_sessions_ended_and_the_factor_forgotten(client, staff):
    client.force_login(staff.zheng)
    AccessAttempt.objects.create(username="lin", ip_address="127.0.0.1", failures_since_start=9)
    response = client.post(at("renew-password", staff.lin))
    assert User.objects.get(pk=staff.lin.pk).check_password(response.context["password"]) is True
    assert AccessAttempt.objects.count() == 0
    for name, words in (("end-sessions", "所有设备上的登录"), ("forget-second-factor", "已解除林一诺的两步验证")):
        assert words in client.post(at(name, staff.lin), follow=True).content.decode()
    refused = client.post(at("renew-password", staff.zheng), follow=True)
    assert "不能管理自己的账号" in refused.content.decode()


def test_an_account_without_an_entry_is_shown_to_administrators(client, staff):
    bare = User.objects.create_user("robot", name="")
    client.force_login(staff.ops)
    assert "未列入备案名册的账号" in client.get(at("detail", bare)).content.decode()
    assert client.post(at("train", bare), {"day": date(2025, 1, 1), "training": "甲"}).status_code == 404
    client.force_login(staff.zhou)
    assert client.get(at("detail", bare)).status_code == 404
