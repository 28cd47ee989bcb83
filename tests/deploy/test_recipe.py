"""The recipe of production, run as it is written: a database with two roles, three services and nginx together."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.installed import (
    AS_PORTAL,
    DEPLOY,
    OFFICE,
    PORTAL_USER,
    PUBLIC,
    has_ipv6,
    installed,
    missing_programs,
    values_of,
)
from gongkai.api.problems import ProblemBody

pytestmark = pytest.mark.slow
UNITS = ("office.service", "portal.service", "worker.service")
FOUND = {
    "--code": "HL-001",
    "--name": "海岚市人民政府",
    "--short": "市政府",
    "--since": "2000-01-01",
    "--document": "岚政〔2000〕1号",
    "--username": "guanli",
    "--person": "曾立新",
    "--telephone": "0599-0000000",
}


def test_the_recipe_stands_as_it_is_written():
    """One installation for everything that is asked of it: setting it up takes longest."""
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt-get install nginx-light postgresql-15 openssl)")
    with installed() as site, site.database():
        set_up(site)
        with ExitStack() as services:
            for unit in UNITS:
                services.enter_context(site.started(unit))
            services.enter_context(site.nginx())
            until(lambda: fetched(site, PUBLIC, "/").status == 200)
            until(lambda: fetched(site, OFFICE, "/account/login/").status == 200)
            for asked in ASKED:
                asked(site)
        assert {unit: status for unit, (status, _) in site.stopped.items()} == dict.fromkeys(UNITS, 0)
        assert max(seconds for _, seconds in site.stopped.values()) < 15


def test_whoever_asks_too_often_is_told_so_and_may_go_on_typing():
    with proxy() as here:
        answers = [fetched(here, PUBLIC, "/apply/form/", "POST", b"") for _ in range(40)]
        refused = [answer for answer in answers if answer.status == 429]
        assert len(refused) >= 10
        assert refused[0].headers["Content-Type"] == "text/html; charset=utf-8"
        assert refused[0].headers["Retry-After"] == "60"
        assert "请 1 分钟后再试" in refused[0].body.decode()
        typed = {fetched(here, PUBLIC, "/apply/alike/", "POST", b"").status for _ in range(40)}
        assert typed == {503}, "nobody is behind the proxy here, and nothing is refused before"


def test_programs_are_told_in_the_form_of_the_interface_that_they_ask_too_often_or_that_it_is_away():
    with proxy() as here:
        answers = {answer.status: answer for answer in (fetched(here, PUBLIC, "/api/v1/units/") for _ in range(200))}
        assert sorted(answers) == [429, 503]
        for status, code in ((429, "too-many"), (503, "away")):
            said = json.loads(answers[status].body)["error"]
            assert said.keys() == set(ProblemBody.model_fields)
            assert said["code"] == code
            headers = answers[status].headers
            assert headers["Content-Type"] == "application/json"
            assert headers["Retry-After"] == "60"
            assert headers["Access-Control-Allow-Origin"] == "*"


def test_what_was_searched_for_stands_in_no_log_even_where_it_is_refused():
    with proxy() as here:
        statuses = {fetched(here, PUBLIC, "/search/?q=jimi").status for _ in range(200)}
        assert statuses == {429, 503}, "refused, and lost on the way"
        logs = {path.name: path.read_text() for path in (here.folder / "nginx").glob("*.log")}
        assert "GET www.example.gov.cn/search/ 429" in logs["gongkai.log"]
        assert not [name for name, said in logs.items() if "jimi" in said]


@contextmanager
def proxy():
    """Run nginx alone, with nobody behind it."""
    missing = [name for name in missing_programs() if name != "postgresql"]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt-get install nginx-light openssl)")
    with installed() as here:
        with_certificate(here)
        with here.nginx():
            until(lambda: fetched(here, PUBLIC, "/").status == 503)
            yield here


def set_up(site):
    """Take the steps of the handbook, and publish a record."""
    site.configure()
    assert "已生成密钥" in site.run("office", "init")
    shutil.copy2(site.folder / "gongkai" / "field_keys", site.folder / "gongkai-portal")
    site.hand_over(site.folder / "gongkai-portal" / "field_keys", "gongkai-portal")
    said = site.run("portal", "init")
    assert "已生成密钥：" in said
    assert "已有密钥：" in said
    assert "结构变更没有执行" in site.run("portal", "serve", status=1)
    assert "已执行 journal.0001_initial" in site.run("office", "migrate")
    rights = site.run("office", "roles")
    assert "可读：" in rights
    assert "records_record" not in rights
    site.founded = site.run("office", "found", *(word for pair in FOUND.items() for word in pair))
    filled = subprocess.run(
        [sys.executable, "-P", Path(__file__).with_name("filling.py")],
        env=site.settings("office.service") | {"DJANGO_SETTINGS_MODULE": "gongkai.site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    site.record, site.file = filled.stdout.split()
    with_certificate(site)


def with_certificate(here):
    here.certificate.parent.mkdir()
    names = f"subjectAltName=DNS:{PUBLIC},DNS:{OFFICE}"
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{here.folder}/tls/key"]
    made = ["-out", f"{here.folder}/tls/certificate", "-days", "2", "-subj", f"/CN={PUBLIC}", "-addext", names]
    subprocess.run(["openssl", "req", "-x509", *key, *made], check=True, capture_output=True)
    here.certificate.write_bytes(b"".join((here.folder / "tls" / name).read_bytes() for name in ("certificate", "key")))


def until(holds, patience=120):
    end = time.monotonic() + patience
    while True:
        with suppress(OSError):
            if holds():
                return
        assert time.monotonic() < end
        time.sleep(0.2)


def fetched(here, host, path, method="GET", body=None, encrypted=True, address="127.0.0.1", **headers):
    """Ask nginx, as a browser does that was led to ``address`` by the name ``host``."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.sock = socket.create_connection((address, here.ports["443" if encrypted else "80"]), timeout=30)
    if encrypted:
        context = ssl.create_default_context(cafile=here.folder / "tls" / "certificate")
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return SimpleNamespace(status=answer.status, headers=answer.msg, body=answer.read())
    finally:
        connection.close()


def the_public_site_answers_and_has_no_office(site):
    assert "政府信息公开" in fetched(site, PUBLIC, "/").body.decode()
    assert fetched(site, PUBLIC, site.record).status == 200
    for path in ("/office/", "/account/login/", "/office/people/", "/nowhere/"):
        assert fetched(site, PUBLIC, path).status == 404, path


def the_office_asks_to_sign_on_and_has_no_public_pages(site):
    assert "用户名" in fetched(site, OFFICE, "/account/login/").body.decode()
    assert fetched(site, OFFICE, "/office/").headers["Location"].startswith("/account/login/")
    assert fetched(site, OFFICE, "/").headers["Location"] == f"https://{OFFICE}/office/"
    for path in (site.record, "/policies/", "/apply/"):
        assert fetched(site, OFFICE, path).status == 404, path


def the_first_administrator_signs_on_with_the_password_that_was_printed(site):
    page = fetched(site, OFFICE, "/account/login/")
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode())[1]
    password = re.search(r"一次性密码：(\S+?)（", site.founded)[1]
    answer = fetched(
        site,
        OFFICE,
        "/account/login/",
        "POST",
        f"csrfmiddlewaretoken={token}&login=guanli&password={password}",
        Cookie=cookie,
        Content_Type="application/x-www-form-urlencoded",
        Referer=f"https://{OFFICE}/account/login/",
    )
    assert answer.status == 302, answer.body.decode()
    assert all(
        "Secure" in line and "HttpOnly" in line for line in answer.headers.get_all("Set-Cookie") if "session" in line
    )


def static_files_come_compressed_and_are_not_sniffed(site):
    for host, path in ((PUBLIC, "/static/portal/portal.css"), (OFFICE, "/static/office/office.css")):
        answer = fetched(site, host, path, Accept_Encoding="gzip")
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
        assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]


def a_file_of_a_record_is_given_out_once_the_worker_has_put_it_up(site):
    until(lambda: fetched(site, PUBLIC, site.file).status != 503)
    answer = fetched(site, PUBLIC, site.file)
    assert (answer.status, answer.body.decode()) == (200, "供水价格表")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def the_portal_sees_no_other_file_of_the_office_and_changes_none(site):
    """Asked of the running process itself: whose it is, and what it finds where it looks."""
    process = site.processes["portal.service"].pid
    office = site.folder / "gongkai"
    drafts = [path for path in (office / "files").rglob("*") if path.is_file()]
    assert len(drafts) == 2, "one of a published record, one of a draft"
    if not site.has_two_users:
        return
    status = Path(f"/proc/{process}/status").read_text()
    assert re.search(r"Uid:\s+(\d+)", status)[1] == PORTAL_USER
    inside = ["nsenter", f"--target={process}", "--mount", *AS_PORTAL]
    for words in (
        *(["cat", path] for path in drafts),
        ["ls", office],
        ["touch", site.folder / "gongkai-portal" / "published" / "files" / "new"],
    ):
        done = subprocess.run([*inside, *words], capture_output=True, text=True, check=False)
        assert re.search("Permission denied|Read-only file system", done.stderr), (words, done)
    shown = subprocess.run(
        [*inside, "find", site.folder / "gongkai-portal" / "published" / "files", "-type", "f"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(shown.stdout.split()) == 1


def the_index_that_the_worker_built_is_searched_by_the_public_side(site):
    until(lambda: site.record in fetched(site, PUBLIC, "/search/?q=%E4%BE%9B%E6%B0%B4").body.decode())


def whoever_comes_without_encryption_is_led_to_it(site):
    answer = fetched(site, PUBLIC, "/policies/?page=2", encrypted=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{PUBLIC}/policies/?page=2")


def security_headers_are_there_once(site):
    for host, path in ((PUBLIC, "/"), (OFFICE, "/account/login/")):
        headers = fetched(site, host, path).headers
        for name in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Strict-Transport-Security"):
            assert len(headers.get_all(name)) == 1, (host, name)
        assert headers["Server"] == "nginx"


def another_name_is_not_answered(site):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        fetched(site, "else.example.gov.cn", "/")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        fetched(site, "else.example.gov.cn", "/", encrypted=False)


def the_site_is_reached_over_ipv6(site):
    if has_ipv6():
        assert fetched(site, PUBLIC, "/", address="::1").status == 200


def too_large_a_body_and_too_many_posts_are_refused(site):
    large = fetched(site, PUBLIC, "/apply/", "POST", None, Content_Length=str(26 << 20))
    assert large.status == 413
    statuses = [fetched(site, PUBLIC, "/apply/", "POST", b"").status for _ in range(45)]
    assert statuses.count(429) >= 10, statuses
    assert fetched(site, PUBLIC, "/policies/").status == 200


def the_log_has_addresses_and_no_queries(site):
    logs = {path.name: path.read_text() for path in (site.folder / "nginx").glob("*.log")}
    assert "127.0.0.1 [" in logs["gongkai.log"]
    assert not [name for name, said in logs.items() if "q=" in said], "what was searched for stays out of the logs"


def the_deployment_check_finds_no_error_on_either_side(site):
    for side in ("office", "portal"):
        said = site.run(side, "check", "--deploy")
        assert "部署检查：0 项错误" in said, said


def the_public_side_cannot_sign_on_as_the_office(site):
    """Only a password lets a role in; the portal's settings hold its own."""
    portal = (site.folder / "etc" / "portal.env").read_text()
    assert "geheim-1" not in portal
    given = {"PGPASSWORD": "geheim-2", "PATH": os.environ["PATH"]}
    words = [
        "psql",
        f"--host={site.folder / 'postgres'}",
        "--username=gongkai",
        "--dbname=gongkai",
        "--command=SELECT 1",
    ]
    done = subprocess.run(words, env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, "password authentication failed" in done.stderr) == (2, True)


def a_backup_is_made_by_the_command_of_its_unit(site):
    (command,) = values_of("backup.service", "ExecStart")
    said = site.run("office", *site.moved(command).split()[1:])
    assert "数据库：PostgreSQL" in said
    assert len(list((site.folder / "backups").glob("gongkai-*.tar"))) == 1


ASKED = (
    the_public_site_answers_and_has_no_office,
    the_office_asks_to_sign_on_and_has_no_public_pages,
    the_first_administrator_signs_on_with_the_password_that_was_printed,
    static_files_come_compressed_and_are_not_sniffed,
    a_file_of_a_record_is_given_out_once_the_worker_has_put_it_up,
    the_portal_sees_no_other_file_of_the_office_and_changes_none,
    the_index_that_the_worker_built_is_searched_by_the_public_side,
    whoever_comes_without_encryption_is_led_to_it,
    security_headers_are_there_once,
    another_name_is_not_answered,
    the_site_is_reached_over_ipv6,
    too_large_a_body_and_too_many_posts_are_refused,
    the_log_has_addresses_and_no_queries,
    the_deployment_check_finds_no_error_on_either_side,
    the_public_side_cannot_sign_on_as_the_office,
    a_backup_is_made_by_the_command_of_its_unit,
)


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed (apt-get install systemd)"
)
def test_the_units_are_sound_and_hardened(tmp_path):
    for file in (DEPLOY / "systemd").iterdir():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("/opt/gongkai/bin/gongkai", sys.executable), encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    for unit in [path for path in units if path.endswith(".service")]:
        words = ["systemd-analyze", "security", "--offline=yes", "--json=short", "--threshold=25", "--no-pager", unit]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        weak = [one["name"] for one in json.loads(done.stdout or "[]") if one.get("exposure")]
        assert done.returncode == 0, (unit, weak, done.stderr)
