"""What ClamAV's own daemon finds is not let in; its only signature is made here, so nothing harmful is needed."""

import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.files import scanner
from gongkai.files.domain import store
from gongkai.files.errors import InfectedError, ScannerError, TooLargeError
from gongkai.files.models import Blob
from gongkai.site import checks

from .documents import docx

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
MARK = b"GONGKAI-TEST-SIGNATURE-7f3a91"
LIMIT_MB = 2
SECONDS = 30

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not installed (Debian: clamav-daemon)"),
]


def answers(address):
    """Tell whether clamd serves: its socket is there before it listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(address)
            connection.sendall(b"zPING\0")
            return connection.recv(16) == b"PONG\0"
        except OSError:
            return False


@contextmanager
def clamd():
    """Start clamd in a folder of its own, with one signature and no updates; yield its process and its socket."""
    # Not below pytest's folder: the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        (folder / "signatures").mkdir()
        (folder / "signatures" / "local.ndb").write_text(f"Gongkai.Test:0:*:{MARK.hex()}\n")
        address = str(folder / "clamd.sock")
        (folder / "clamd.conf").write_text(
            f"LocalSocket {address}\nDatabaseDirectory {folder}/signatures\nTemporaryDirectory {folder}\n"
            f"LogFile {folder}/log\nForeground yes\nStreamMaxLength {LIMIT_MB}M\n"
        )
        process = subprocess.Popen(
            [CLAMD, f"--config-file={folder}/clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + SECONDS
            while not answers(address):
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until, "clamd did not come to answer"
                time.sleep(0.02)
            yield process, address
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def address():
    with clamd() as (_, address):
        yield address


@pytest.fixture(autouse=True)
def home(settings, tmp_path, address):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = address
    return tmp_path


def test_a_clean_file_passes_and_its_scanner_is_named():
    assert store.keep(data="关于汛期安全检查的通知".encode(), name="通知.txt").scanned_by == "clamd"
    assert store.keep(data=docx("通知"), name="通知.docx").scanned_by == "clamd"
    assert checks.virus_scanner() == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("关于汛期的通知\n".encode() * 9000 + MARK, "通知.txt"),
        (docx("通知", [("word/media/image.bin", bytes(5000) + MARK)]), "通知.docx"),
    ],
)
def test_a_file_with_a_signature_is_refused_and_leaves_nothing(home, data, name):
    with pytest.raises(InfectedError, match=rf"“{name}”含有恶意代码（Gongkai.Test.UNOFFICIAL），未收。请杀毒后"):
        store.keep(data=data, name=name)
    assert Blob.objects.count() == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_what_the_daemon_is_not_set_up_to_take_is_refused_with_the_setting_to_change():
    with pytest.raises(TooLargeError, match=r"3 MB，超过病毒扫描服务的上限，未经扫描不收。.*StreamMaxLength"):
        scanner.scan(bytes(3 << 20), "大.txt")


def test_a_daemon_that_died_lets_nothing_in(settings):
    with clamd() as (process, address):
        settings.CLAMD_SOCKET = address
        assert scanner.scan(b"1", "通知.txt") == "clamd"
        process.kill()
        process.wait()
        with pytest.raises(ScannerError, match="没有应答"):
            scanner.scan(b"1", "通知.txt")
        assert [found.id for found in checks.virus_scanner()] == ["gongkai.E010"]
