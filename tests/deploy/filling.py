"""Put a published record with a file into an installation, as the verbs leave it; print the way to the file."""

import sys
from datetime import date

import django

django.setup()

from gongkai.accounts.models import User  # noqa: E402 -- Django must be started first
from gongkai.files.domain import store  # noqa: E402 -- the same
from gongkai.records.models import Attachment, Attribute, Category, Record, Stage  # noqa: E402 -- the same
from gongkai.units.models import Unit  # noqa: E402 -- the same

day = date(2024, 6, 3)
record = Record.objects.create(
    title="关于城市供水价格的通知",
    unit=Unit.objects.get(),
    author=User.objects.get(),
    category=Category.DOCUMENT,
    attribute=Attribute.PROACTIVE,
    stage=Stage.PUBLISHED,
    made_on=day,
    published_on=day,
    index_number="HL06010-2001-2024-00001",
    body="<p>自七月一日起执行。</p>",
)
blob = store.keep(data="供水价格表".encode(), name="价格表.txt")
file = Attachment.objects.create(record=record, blob=blob, name="价格表.txt", position=1)
sys.stdout.write(f"/records/{record.pk}/ /records/{record.pk}/files/{file.pk}/")
