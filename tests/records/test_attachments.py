"""The files of a record: in by content, out by permission."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.files.domain import store
from gongkai.records.domain import draft, publication
from gongkai.records.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def attachment(write, staff):
    return draft.attach(record=write(), user=staff.author, data="申请表".encode(), name='许可 申请表".txt')


def send(client, record, name, data):
    return client.post(
        reverse("records:attach", args=[record.pk]), {"file": SimpleUploadedFile(name, data)}, follow=True
    )


def test_a_file_is_added_and_taken_off(signed_on, staff, write):
    record = write()
    client = signed_on(staff.author)
    assert "已添加附件“名单.txt”" in send(client, record, "名单.txt", "名单".encode()).content.decode()
    client.post(reverse("records:detach", args=[record.attachments.get().pk]))
    assert record.attachments.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("名单.pdf", "名单".encode(), "与扩展名不符"),
        ("程序.exe", b"MZ\x90\x00" + bytes(64), "不是可接收的格式"),
        ("方案.txt", "机密★5年\n方案".encode(), "涉密文件不得录入"),
        ("空.txt", b"", "空"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing(signed_on, staff, write, name, data, words):
    record = write()
    response = send(signed_on(staff.author), record, name, data)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert record.attachments.count() == 0


def test_a_file_over_the_limit_is_refused_before_it_is_read(signed_on, staff, write, monkeypatch):
    monkeypatch.setattr(store, "MAX_BYTES", 10)
    response = send(signed_on(staff.author), write(), "名单.txt", "名单名单名单".encode())
    assert (response.status_code, "的上限" in response.content.decode()) == (422, True)


def test_a_file_is_sent_to_be_saved_and_never_shown(signed_on, auditor, attachment):
    response = signed_on(auditor).get(reverse("records:download", args=[attachment.pk]))
    assert (response.status_code, response.content.decode()) == (200, "申请表")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%AE%B8")
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_file_of_another_unit_does_not_exist(signed_on, request, who, attachment):
    client = signed_on(request.getfixturevalue(who))
    assert client.get(reverse("records:download", args=[attachment.pk])).status_code == 404
    assert client.post(reverse("records:detach", args=[attachment.pk])).status_code == 404
    assert Attachment.objects.count() == 1


def test_who_only_reads_neither_adds_nor_removes(signed_on, auditor, attachment):
    client = signed_on(auditor)
    assert "不能添加附件" in send(client, attachment.record, "名单.txt", "名单".encode()).content.decode()
    response = client.post(reverse("records:detach", args=[attachment.pk]), follow=True)
    assert "不能删除附件" in response.content.decode()
    assert Attachment.objects.count() == 1


def test_a_record_under_review_keeps_its_files(signed_on, staff, attachment, write):
    publication.submit(record=attachment.record, user=staff.author, day=staff.author.date_joined.date())
    client = signed_on(staff.author)
    assert "不能修改" in send(client, attachment.record, "名单.txt", "名单".encode()).content.decode()
    client.post(reverse("records:detach", args=[attachment.pk]))
    assert Attachment.objects.count() == 1


def test_bytes_that_changed_on_the_disk_are_not_served(signed_on, staff, attachment, caplog):
    attachment.blob.path.write_bytes(b"other")
    response = signed_on(staff.author).get(reverse("records:download", args=[attachment.pk]), follow=True)
    assert "请联系系统管理员从备份恢复" in response.content.decode()
    assert "cannot be served" in caplog.text
