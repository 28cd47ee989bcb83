"""Signing on through an identity platform: a small OpenID provider on the loopback, the whole round for real."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from gongkai.accounts.models import User
from gongkai.journal.models import Entry
from gongkai.site import conf


class _Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo; the person is whoever ``server.person`` is."""

    def _say(self, answer):
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/.well-known/openid-configuration":
            self._say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self.server.asked.append(self.headers["Authorization"])
            self._say(self.server.person)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append((form["code"], form["client_secret"], "code_verifier" in form))
        self._say({"access_token": "token-1", "token_type": "Bearer"})

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def provider(settings, tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    server.asked, server.person = [], {"sub": "p-1", "preferred_username": "lin"}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    environ = {
        "GONGKAI_HOME": str(tmp_path),
        "GONGKAI_OIDC_SERVER": f"http://127.0.0.1:{server.server_address[1]}",
        "GONGKAI_OIDC_CLIENT": "gongkai",
        "GONGKAI_OIDC_SECRET": "secret-1",
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": conf.identity_platforms(environ)}
    }
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_back(client):
    out = client.get("/account/oidc/platform/login/")
    state = parse_qs(urlsplit(out.url).query)["state"][0]
    return client.get("/account/oidc/platform/login/callback/", {"code": "code-1", "state": state})


def refused(response, client):
    page = client.get(response.url)
    return (response.url, "_auth_user_id" in client.session, [str(message) for message in page.context["messages"]])


def test_the_login_page_offers_the_platform(client, db, provider):
    assert "经省统一身份认证平台登录" in client.get("/account/login/").content.decode()


def test_a_registered_officer_comes_in(client, staff, provider):
    assert come_back(client).url == "/office/"
    assert client.session["_auth_user_id"] == str(staff.lin.pk)
    assert provider.asked == [(["code-1"], ["secret-1"], True), "Bearer token-1"]
    entry = Entry.objects.last()
    assert (entry.act, entry.actor, entry.detail) == ("accounts.signed_on", "lin", {"by": "platform"})


def test_once_tied_the_platforms_own_identifier_decides(client, staff, provider):
    come_back(client)
    client.logout()
    provider.person = {"sub": "p-1", "preferred_username": "renamed"}
    assert come_back(client).url == "/office/"
    client.logout()
    provider.person = {"sub": "p-2", "preferred_username": "lin"}
    assert refused(come_back(client), client) == (
        "/account/login/",
        False,
        ["该账号已与平台上的另一身份绑定。请由系统管理员核实。"],
    )


@pytest.mark.parametrize("name", ["stranger", "", "robot"])
def test_nobody_is_made_from_outside(client, staff, provider, name):
    User.objects.create_user("robot", name="未备案")
    before = User.objects.count()
    provider.person = {"sub": "p-9", "preferred_username": name}
    url, is_in, words = refused(come_back(client), client)
    assert (url, is_in) == ("/account/login/", False)
    assert words == ["平台上的身份没有对应的在用备案人员。请先由主管部门备案，用户名须与平台一致。"]
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_closed_account_stays_closed_from_outside_too(client, staff, provider):
    come_back(client)
    client.logout()
    staff.lin.is_active = False
    staff.lin.save()
    assert refused(come_back(client), client)[1] is False


def test_a_way_back_that_nobody_began_is_refused(client, staff, provider):
    response = client.get("/account/oidc/platform/login/callback/", {"code": "code-1", "state": "made-up"})
    assert (response.status_code, "_auth_user_id" in client.session) == (401, False)
    assert "未能经平台登录" in response.content.decode()


def test_a_second_factor_is_asked_after_the_platform_too(client, staff, provider):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415 -- models must be loaded

    TOTP.activate(staff.lin, generate_totp_secret())
    assert come_back(client).url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_a_one_time_password_never_used_need_not_be_changed(client, staff, provider):
    User.objects.filter(pk=staff.lin.pk).update(must_change_password=True)
    come_back(client)
    assert client.get("/office/").status_code == 200
