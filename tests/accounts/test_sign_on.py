"""Signing on: locks after real failures, one-time passwords, second factors, sessions, and what the journal keeps."""

import base64
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.urls import reverse

from builders.city import person
from gongkai.accounts import sealing
from gongkai.accounts.domain import administration
from gongkai.accounts.models import Role, User
from gongkai.journal.models import Entry
from gongkai.site import conf

LOGIN, RIGHT = "/account/login/", "right-Password-1"


def sign_on(client, username="lin", password=RIGHT):
    return client.post(LOGIN, {"login": username, "password": password})


def acts():
    return list(Entry.objects.filter(act__startswith="accounts.").order_by("-sequence").values_list("act", flat=True))


def code_of(secret):
    """What an authenticator shows now, computed by another library than the one that checks it."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(time.time()).decode()


def activate(client):
    confirm = client.get(reverse("mfa_activate_totp")).url
    assert "请再次确认身份" in client.get(confirm).content.decode()
    assert client.post(confirm, {"password": RIGHT}).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_a_registered_officer_signs_on_and_off(client, staff):
    assert sign_on(client).url == "/office/"
    assert acts()[0] == "accounts.signed_on"
    assert client.post(reverse("account_logout")).url == LOGIN
    assert acts()[0] == "accounts.signed_off"
    assert client.get("/office/").url == "/account/login/?next=/office/"


def test_five_wrong_passwords_lock_the_name_at_its_address(client, staff):
    for _ in range(4):
        response = sign_on(client, password="wrong")
        assert (response.status_code, "已锁定" in response.content.decode()) == (200, False)
    locked = sign_on(client, password="wrong")
    assert (locked.status_code, "登录已暂时锁定" in locked.content.decode()) == (429, True)
    assert sign_on(client).status_code == 429
    assert "_auth_user_id" not in client.session
    assert sign_on(client, "he").url == "/office/"
    entry = Entry.objects.get(act="accounts.locked_out")
    assert (entry.subject, entry.detail) == ("accounts.name:lin", {"address": "127.0.0.1"})


def test_a_lock_is_lifted_with_a_new_password(client, staff):
    for _ in range(5):
        sign_on(client, password="wrong")
    password = administration.renew_password(by=staff.ops, today=staff.lin.date_joined.date(), user=staff.lin)
    assert sign_on(client, password=password).url == "/office/"


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(client, staff):
    wrong, unknown = (sign_on(client, name, "wrong").context["form"].non_field_errors() for name in ("lin", "nobody"))
    assert wrong == unknown


def test_an_inactive_officer_is_refused(client, staff):
    staff.lin.is_active = False
    staff.lin.save()
    sign_on(client)
    assert "_auth_user_id" not in client.session


def test_a_one_time_password_must_be_changed_first(client, staff):
    User.objects.filter(pk=staff.lin.pk).update(must_change_password=True)
    sign_on(client)
    change = reverse("account_change_password")
    assert client.get("/office/").url == change
    assert client.get("/office/units/").url == change
    same = client.post(change, {"oldpassword": RIGHT, "password1": RIGHT, "password2": RIGHT})
    assert same.context["form"].errors["password1"] == ["新密码不能与原密码相同。"]
    weak = client.post(change, {"oldpassword": RIGHT, "password1": "12345678901", "password2": "12345678901"})
    assert "password2" in weak.context["form"].errors or "password1" in weak.context["form"].errors
    better = "harbour-Lantern-42"
    assert client.post(change, {"oldpassword": RIGHT, "password1": better, "password2": better}).url == "/office/"
    assert client.get("/office/").status_code == 200
    assert (User.objects.get(pk=staff.lin.pk).must_change_password, acts()[0]) == (False, "accounts.password_changed")


@pytest.mark.parametrize("username", ["ops", "zhou", "he"])
def test_who_decides_for_others_needs_a_second_factor(
    client, staff, settings, username, django_capture_on_commit_callbacks
):
    settings.SECOND_FACTOR = True
    sign_on(client, username)
    assert client.get("/office/").url == reverse("mfa_activate_totp")
    with django_capture_on_commit_callbacks(execute=True):
        activate(client)
    assert acts()[0] == "accounts.second_factor_added"
    assert client.get("/office/").status_code == 200
    assert client.get("/office/").status_code == 200


def test_an_officer_needs_none(client, staff, settings):
    settings.SECOND_FACTOR = True
    sign_on(client)
    assert client.get("/office/").status_code == 200


def test_with_a_second_factor_the_password_alone_does_not_open(client, staff):
    sign_on(client)
    secret = activate(client)
    client.post(reverse("account_logout"))
    assert sign_on(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (200, False)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/office/"
    assert client.session["_auth_user_id"] == str(staff.lin.pk)
    assert len(secret) == 32


def test_the_secret_is_sealed_in_the_database(client, staff, settings):
    sign_on(client)
    secret = activate(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert (secret in stored, sealing.unseal(stored)) == (False, secret)
    settings.FIELD_KEYS = ["11" * 32, *settings.FIELD_KEYS]
    assert sealing.unseal(stored) == secret
    settings.FIELD_KEYS = ["11" * 32]
    with pytest.raises(sealing.UnsealedError, match="补回旧密钥"):
        sealing.unseal(stored)


def test_who_must_have_a_second_factor_cannot_put_it_away(client, staff, settings):
    sign_on(client, "he")
    activate(client)
    settings.SECOND_FACTOR = True
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 1
    settings.SECOND_FACTOR = False
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 0
    assert "accounts.second_factor_removed" in acts()


def test_a_forgotten_second_factor_signs_off_and_is_set_up_anew(client, staff, settings):
    settings.SECOND_FACTOR = True
    sign_on(client, "he")
    activate(client)
    assert client.get("/office/").status_code == 200
    administration.forget_second_factor(by=staff.ops, today=staff.he.date_joined.date(), user=staff.he)
    assert client.get("/office/").url == "/account/login/?next=/office/"
    sign_on(client, "he")
    assert client.get("/office/").url == reverse("mfa_activate_totp")


def test_sessions_are_listed_and_the_others_ended(client, staff):
    other = Client(headers={"User-Agent": "另一台电脑"})
    sign_on(other)
    other.get("/office/")
    sign_on(client)
    page = client.get(reverse("usersessions_list"))
    assert len(page.context["sessions"]) == 2
    client.post(reverse("usersessions_list"))
    assert other.get("/office/").url == "/account/login/?next=/office/"
    assert client.get("/office/").status_code == 200


def test_a_person_signed_off_by_the_competent_department_is_out(client, staff):
    sign_on(client)
    client.get("/office/")
    assert administration.end_sessions(by=staff.zheng, today=staff.lin.date_joined.date(), user=staff.lin) == 1
    assert client.get("/office/").url == "/account/login/?next=/office/"


@pytest.mark.parametrize(
    "address",
    [
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
    ],
)
def test_the_pages_of_ones_own_account_are_in_our_look_and_language(client, staff, address):
    sign_on(client)
    page = client.get(reverse(address), follow=True).content.decode()
    assert ('lang="zh-CN"' in page, "office/office.css" in page) == (True, True)
    assert re.findall(r"<h1[^>]*>\s*</h1>", page) == []


def test_recovery_codes_are_shown_renewed_and_taken_along(client, staff):
    sign_on(client)
    activate(client)
    shown = client.get(reverse("mfa_view_recovery_codes"))
    assert len(shown.context["unused_codes"]) == 10
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    renewed = client.get(reverse("mfa_view_recovery_codes"))
    assert set(renewed.context["unused_codes"]) & set(shown.context["unused_codes"]) == set()
    assert client.get(reverse("mfa_download_recovery_codes"))["Content-Type"] == "text/plain"
    assert "剩余 10 个" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "socialaccount_signup", "socialaccount_connections"],
)
def test_what_an_office_has_no_use_for_is_absent(client, staff, name):
    assert client.get(reverse(name)).status_code == 404
    sign_on(client)
    assert client.post(reverse(name)).status_code == 404


def test_no_platform_is_offered_where_none_is_set(client, db):
    assert "或</div>" not in client.get(LOGIN).content.decode()
    assert client.get("/account/oidc/platform/login/").status_code == 404


def test_a_platform_needs_its_client_and_secret(tmp_path):
    environ = {"GONGKAI_HOME": str(tmp_path), "GONGKAI_OIDC_SERVER": "https://id.example"}
    with pytest.raises(conf.MissingSettingError, match="缺少 GONGKAI_OIDC_CLIENT"):
        conf.identity_platforms(environ)
    assert conf.identity_platforms({"GONGKAI_HOME": str(tmp_path)}) == []


def test_who_is_new_and_holds_nothing_sees_an_empty_workbench(client, city):
    person("xin", city.bureau, Role.HANDLER, trained=False)
    sign_on(client, "xin")
    assert client.get("/office/").context["menu"] == []
