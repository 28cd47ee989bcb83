"""A file is kept by its content, once, and only after it was checked."""

import io
import socket
import struct
import threading

import pytest
from PIL import Image

from gongkai.files.domain import store
from gongkai.files.errors import (
    ClassifiedError,
    HostileError,
    InfectedError,
    KindRefusedError,
    ScannerError,
    TooLargeError,
)
from gongkai.files.models import Blob

from .documents import docx

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
TEXT = "关于汛期安全检查的通知\n请各镇街认真落实。".encode()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    return tmp_path


def test_the_same_bytes_are_kept_once_under_any_name(home):
    first, second = store.keep(data=TEXT, name="通知.txt"), store.keep(data=TEXT, name="../../etc/通知（副本）.txt")
    assert first == second
    assert [path.name for path in home.rglob("*") if path.is_file()] == [first.digest]
    assert (store.read(first), first.kind, first.size) == (TEXT, "text", len(TEXT))


def test_a_file_lost_from_the_disk_is_written_again_when_it_comes_again():
    blob = store.keep(data=TEXT, name="通知.txt")
    blob.path.unlink()
    assert store.read(store.keep(data=TEXT, name="通知.txt")) == TEXT
    assert Blob.objects.count() == 1


def test_bytes_changed_on_the_disk_are_not_handed_out():
    blob = store.keep(data=TEXT, name="通知.txt")
    blob.path.write_bytes(TEXT + b"!")
    with pytest.raises(ValueError, match="与其摘要不符"):
        store.read(blob)


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        (b"", "空.txt", TooLargeError, "空文件"),
        (b"MZ" + bytes(200), "程序.pdf", KindRefusedError, "不是可接收的格式"),
        (PNG, "图片.pdf", KindRefusedError, "内容是 png，与扩展名不符"),
        (TEXT, "通知.pdf", KindRefusedError, "内容是 text，与扩展名不符"),
        (b"<html><body><script>1</script></body></html>", "网页.txt", KindRefusedError, "不接收"),
        (b"PK\x03\x04" + bytes(30), "坏.docx", HostileError, "未收"),
        (docx("通知")[:-60], "断.docx", HostileError, "未收"),
        (TEXT, "（机密）通知.txt", ClassifiedError, "机密"),
        ("秘密★10年\n关于××的通知".encode(), "通知.txt", ClassifiedError, "秘密★"),
        ("机密\n关于××的通知".encode(), "通知.txt", ClassifiedError, "涉密文件不得录入"),
        (docx("绝密★长期"), "通知.docx", ClassifiedError, "绝密★"),
    ],
)
def test_what_must_not_come_in_is_refused_and_leaves_nothing(home, data, name, error, words):
    with pytest.raises(error, match=words):
        store.keep(data=data, name=name)
    assert Blob.objects.count() == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "text", ["本局保护商业秘密和国家秘密。", "不得泄露秘密", "保守国家机密是公民义务", "机密性、完整性和可用性"]
)
def test_the_word_secret_in_prose_is_no_mark(text):
    assert store.keep(data=f"通知\n{text}\n".encode(), name="通知.txt").kind == "text"
    assert store.keep(data=docx(text), name="通知.docx").kind == "docx"


def test_a_bomb_is_refused():
    bomb = docx("通知", [("word/media/a.xml", bytes(400 << 20))])
    with pytest.raises(HostileError, match="未收"):
        store.keep(data=bomb, name="通知.docx")


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(store, "MAX_BYTES", 10)
    with pytest.raises(TooLargeError, match="超过"):
        store.keep(data=TEXT, name="通知.txt")


def test_a_picture_is_taken():
    assert store.keep(data=PNG, name="现场.PNG").kind == "png"


def daemon(path, answer):
    """Speak clamd's INSTREAM on a socket and return what was sent."""
    received = bytearray()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen(1)

    def serve():
        connection, _ = server.accept()
        with connection:
            stream = connection.makefile("rb")
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", stream.read(4))[0]:
                received.extend(stream.read(size))
            connection.sendall(answer)
            stream.close()
        server.close()

    thread = threading.Thread(target=serve)
    thread.start()
    return received, thread


def test_a_scanner_sees_every_byte(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.sock")
    data = "通知内容\n".encode() * 20_000
    received, thread = daemon(settings.CLAMD_SOCKET, b"stream: OK\0")
    blob = store.keep(data=data, name="通知.txt")
    thread.join()
    assert (bytes(received) == data, blob.scanned_by) == (True, "clamd")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (b"stream: Eicar-Test-Signature FOUND\0", InfectedError, "Eicar-Test-Signature"),
        (b"stream: Can't allocate memory ERROR\0", ScannerError, "不可识别（Can't allocate memory ERROR）"),
        (b"", ScannerError, "不可识别（空）"),
    ],
)
def test_what_the_scanner_does_not_pass_is_refused(settings, tmp_path, answer, error, words):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.sock")
    _, thread = daemon(settings.CLAMD_SOCKET, answer)
    with pytest.raises(error, match=words):
        store.keep(data=TEXT, name="通知.txt")
    thread.join()
    assert Blob.objects.count() == 0


def test_a_scanner_that_is_down_lets_nothing_in(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    with pytest.raises(ScannerError, match="没有应答"):
        store.keep(data=TEXT, name="通知.txt")


def test_a_disk_that_fails_leaves_nothing_half_written(home, monkeypatch):
    def fail(*_):
        raise OSError("磁盘已满")

    monkeypatch.setattr(store.Path, "replace", fail)
    with pytest.raises(OSError, match="磁盘已满"):
        store.keep(data=TEXT, name="通知.txt")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_scan_without_a_text_layer_is_let_in():
    """Sealed letters and signed receipts come back from the scanner as pictures."""
    image = Image.new("L", (60, 80), 255)
    stream = io.BytesIO()
    image.save(stream, "PDF")
    assert store.keep(data=stream.getvalue(), name="用印件.pdf").kind == "pdf"
