"""The server serves pages and static files, and stops when it is told."""

import http.client
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import date
from types import SimpleNamespace

import pytest

from builders.city import unit
from gongkai.accounts.models import User
from gongkai.cli import main
from gongkai.cli.serve import collect_static
from gongkai.records.models import Record, Stage
from jobs.processes import ended, gongkai

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    return tmp_path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_it_serves_pages_and_static_files_until_it_is_told_to_stop(home):
    port = free_port()
    with gongkai("serve", "--port", port, "--workers", "1") as server:
        started = server.stdout.readline()
        assert started == f"网站服务已启动：http://127.0.0.1:{port}/office/（1 个进程，Ctrl+C 停止）\n"
        page = fetched(f"http://127.0.0.1:{port}/office/")
        sheet = fetched(f"http://127.0.0.1:{port}/static/office/office.css")
        assert (page.address, page.status) == (f"http://127.0.0.1:{port}/account/login/?next=/office/", 200)
        assert (sheet.status, sheet.body) == (200, (home / "static/office/office.css").read_bytes())
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=60)
        assert (server.returncode, said.splitlines()[-1]) == (0, "网站服务已停止。")


def fetched(address):
    """Fetch a page; the workers need a moment after the start."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return SimpleNamespace(status=answer.status, address=answer.url, body=answer.read())
        except urllib.error.URLError as error:
            last = error
            time.sleep(0.1)
    raise last


def test_slow_readers_of_whole_sets_keep_nobody_out(home):
    published_in_full(200)
    port = free_port()
    with gongkai("serve", "--port", port, "--workers", "1") as server:
        server.stdout.readline()
        site = f"http://127.0.0.1:{port}"
        fetched(f"{site}/policies/")
        first, second = (downloading(port) for _ in range(2))
        with closing(second), closing(downloading(port)) as third:
            assert (first.status, second.status, third.status) == (200, 200, 429)
            assert third.headers["Retry-After"] == "60"
            assert '"code": "busy"' in third.read().decode()
            assert fetched(f"{site}/units/HL/").status == 200
            first.close()
            for _ in range(100):
                with closing(downloading(port)) as again:
                    if again.status == 200:
                        break
                time.sleep(0.1)
            assert again.status == 200, "whoever went away before the end gives the turn back"


def published_in_full(count):
    """Publish records of 100 KB each: more than the sockets on the way hold."""
    government = unit("HL", "海岚市人民政府")
    author = User.objects.create_user("author", name="经办甲")
    day = date(2024, 5, 20)
    Record.objects.bulk_create(
        Record(
            unit=government,
            author=author,
            category="document",
            title=f"第{number}件",
            index_number=f"HL01-{number}",
            made_on=day,
            published_on=day,
            attribute="proactive",
            stage=Stage.PUBLISHED,
            body=f"<p>{'公开' * 17000}</p>",
        )
        for number in range(count)
    )


def downloading(port):
    """Ask for a set and read no more of it than its first line."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    connection.request("GET", "/api/v1/datasets/records.jsonl", headers={"Connection": "close"})
    return connection.getresponse()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_threads_that_downloads_could_hold_all_of_are_refused(threads, capsys):
    assert main(["serve", "--threads", threads]) == 1
    assert "请给 3 以上" in capsys.readouterr().err


def test_a_port_in_use_is_said_to_be(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, said = ended("serve", "--port", str(taken.getsockname()[1]))
    assert (status, "端口是否被占用" in said) == (1, True), said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--certificate", "cert.pem"], "证书和私钥须同时给出"),
        (["--certificate", "/nowhere/cert.pem", "--key", "/nowhere/key.pem"], "没有文件 /nowhere/cert.pem"),
    ],
)
def test_half_a_certificate_is_refused(words, message, capsys):
    assert main(["serve", *words]) == 1
    assert message in capsys.readouterr().err


def test_static_files_are_collected_again_only_when_they_changed(home):
    target = collect_static(home / "static")
    sheet = target / "office/office.css"
    whole = sheet.read_bytes()
    sheet.write_bytes(b"")
    collect_static(target)
    assert sheet.read_bytes() == b""
    (target / ".collected").write_text("before the upgrade")
    sheet.unlink()
    collect_static(target)
    assert sheet.read_bytes() == whole
