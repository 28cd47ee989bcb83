"""Put records with files, one published and one a draft, into an installation; print the way to the published file."""

import sys
from datetime import date

import django

django.setup()

from gongkai.accounts.models import User  # noqa: E402 -- Django must be started first
from gongkai.files.domain import store  # noqa: E402 -- the same
from gongkai.records.models import Attachment, Attribute, Category, Record, Stage  # noqa: E402 -- the same
from gongkai.units.models import Unit  # noqa: E402 -- the same

day = date(2024, 6, 3)


def record_of(number, title, stage):
    return Record.objects.create(
        title=title,
        unit=Unit.objects.get(),
        author=User.objects.get(),
        category=Category.DOCUMENT,
        attribute=Attribute.PROACTIVE,
        stage=stage,
        made_on=day,
        published_on=day,
        index_number=f"HL06010-2001-2024-0000{number}",
        body="<p>自七月一日起执行。</p>",
    )


record = record_of(1, "关于城市供水价格的通知", Stage.PUBLISHED)
blob = store.keep(data="供水价格表".encode(), name="价格表.txt")
file = Attachment.objects.create(record=record, blob=blob, name="价格表.txt", position=1)
draft = store.keep(data="尚未公开".encode(), name="草稿.txt")
Attachment.objects.create(record=record_of(2, "草稿", Stage.DRAFT), blob=draft, name="草稿.txt", position=1)
sys.stdout.write(f"/records/{record.pk}/ /records/{record.pk}/files/{file.pk}/")
