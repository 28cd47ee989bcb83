"""What of the records the public may see."""

from __future__ import annotations

from django.db import models

from gongkai.files.models import NamedFile
from gongkai.records.models.cleanup import Outcome
from gongkai.records.models.items import ItemKind
from gongkai.records.models.record import Category, Validity
from gongkai.windows.window import Window


class PublishedRecord(Window):
    """A record that is published. Who drafted and reviewed it, and why another is not published, stays inside."""

    unit_id = models.BigIntegerField()
    category = models.CharField("类别", max_length=16, choices=Category.choices)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80)
    index_number = models.CharField("索引号", max_length=40)
    made_on = models.DateField("生成日期")
    published_on = models.DateField("发布日")
    subject = models.CharField("主题分类", max_length=40)
    genre = models.CharField("体裁", max_length=20)
    scope_item = models.CharField("公开事项", max_length=12)
    keywords = models.CharField("关键词", max_length=200)
    summary = models.CharField("内容概述", max_length=500)
    body = models.TextField("正文")
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices)
    validity_since = models.DateField("效力变动日", null=True)
    expires_on = models.DateField("有效期至", null=True)
    interprets_id = models.BigIntegerField(null=True)
    superseded_by_id = models.BigIntegerField(null=True)

    select = (
        "SELECT id, unit_id, category, title, document_number, index_number, made_on, published_on, subject, genre,"
        " scope_item, keywords, summary, body, validity, validity_since, expires_on, interprets_id, superseded_by_id"
        " FROM records_record WHERE stage = 'published'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record"

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class WithdrawnRecord(Window):
    """A record that was published and taken down: that it was, and why. Its title may be the very reason."""

    reason = models.CharField("撤下理由", max_length=300)
    published_on = models.DateField("发布日", null=True)

    select = (
        "SELECT id, withdrawn_reason AS reason, published_on FROM records_record"
        " WHERE stage <> 'published' AND withdrawn_reason <> ''"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record_withdrawn"

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class PublishedAttachment(NamedFile):
    """A file of a published record, with the digest under which its bytes lie."""

    record_id = models.BigIntegerField()
    name = models.CharField("名称", max_length=200)
    position = models.PositiveSmallIntegerField("次序")

    select = (
        "SELECT a.id, a.record_id, a.name, a.position, b.digest, b.size, b.kind FROM records_attachment a"
        " JOIN records_record r ON r.id = a.record_id AND r.stage = 'published' JOIN files_blob b ON b.id = a.blob_id"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record_attachment"
        ordering = ("position",)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


def _differs(key: str, label: str) -> str:
    """Return the SQL of a label that stands where the snapshots ``v`` and ``p`` differ in ``key``."""
    one, other = (f"COALESCE(CAST(({name}.snapshot -> '{key}') AS text), '')" for name in "vp")
    return f"CASE WHEN {one} <> {other} THEN '、{label}' ELSE '' END"


_CHANGES = " || ".join(
    _differs(key, label)
    for key, label in (
        ("title", "标题"),
        ("document_number", "文号"),
        ("made_on", "生成日期"),
        ("expires_on", "有效期"),
        ("body", "正文"),
        ("attachments", "附件"),
    )
)


class PublishedVersion(Window):
    """That a published record was published in an earlier form, when, and in what the next one differs from it.

    What the earlier form said stays inside: it was taken down to be corrected; to show it again would undo the
    correction. ``changed`` is computed for the row that is read, not for those that are counted.
    """

    record_id = models.BigIntegerField()
    number = models.PositiveIntegerField("版次")
    made_at = models.DateTimeField("时间")
    changed = models.CharField("更正处", max_length=40)

    select = (
        "SELECT v.id, v.record_id, v.number, v.made_at,"  # noqa: S608 -- made of the words above alone
        f" COALESCE((SELECT substr({_CHANGES}, 2) FROM records_version p WHERE p.record_id = v.record_id"
        " AND p.occasion = '发布' AND p.number < v.number ORDER BY p.number DESC LIMIT 1), '') AS changed"
        " FROM records_version v"
        " JOIN records_record r ON r.id = v.record_id AND r.stage = 'published' WHERE v.occasion = '发布'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record_version"
        ordering = ("number",)

    def __str__(self) -> str:
        """Return the number."""
        return f"第 {self.number} 版"


class PublishedAlias(Window):
    """A former index number of a record that is, or was, published."""

    number = models.CharField("原索引号", max_length=40)
    record_id = models.BigIntegerField()

    select = (
        "SELECT a.id, a.number, a.record_id FROM records_indexalias a JOIN records_record r ON r.id = a.record_id"
        " WHERE r.stage = 'published' OR r.withdrawn_reason <> ''"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record_alias"

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class PublishedMaker(Window):
    """A unit that made a published record together with the one that published it."""

    record_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()

    select = (
        "SELECT j.id, j.record_id, j.unit_id FROM records_record_joint_units j"
        " JOIN records_record r ON r.id = j.record_id AND r.stage = 'published'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_record_maker"

    def __str__(self) -> str:
        """Return both ids."""
        return f"{self.record_id} {self.unit_id}"


class PublishedIssue(Window):
    """An issue of the gazette that came out."""

    unit_id = models.BigIntegerField()
    title = models.CharField("刊名", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("期号")
    published_on = models.DateField("出刊日")

    select = (
        "SELECT id, unit_id, title, year, number, published_on FROM records_gazetteissue WHERE published_on IS NOT NULL"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_gazette_issue"
        ordering = ("-year", "-number")

    def __str__(self) -> str:
        """Return title, year and number."""
        return f"{self.title} {self.year} 年第 {self.number} 期"


class PublishedEntry(Window):
    """A piece of an issue under the title its record has today: what was corrected since is not shown again.

    ``record_id`` is empty where the record was taken down since.
    """

    issue_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField("次序")
    record_id = models.BigIntegerField(null=True)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80)

    select = (
        "SELECT e.id, e.issue_id, e.position, r.id AS record_id,"
        " CASE WHEN r.id IS NULL THEN '（该文件已撤下）' ELSE r.title END AS title,"
        " CASE WHEN r.id IS NULL THEN '' ELSE r.document_number END AS document_number"
        " FROM records_gazetteentry e JOIN records_gazetteissue i ON i.id = e.issue_id AND i.published_on IS NOT NULL"
        " LEFT JOIN records_record r ON r.id = e.record_id AND r.stage = 'published'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_gazette_entry"
        ordering = ("position", "id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class PublishedCleanUp(Window):
    """A clean-up of normative documents that was closed: its result is public."""

    lead_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    basis = models.CharField("依据", max_length=200)
    closed_on = models.DateField("结束日")
    document = models.CharField("清理结果文号", max_length=80)

    select = (
        "SELECT id, lead_id, year, title, basis, closed_on, document FROM records_cleanup WHERE closed_on IS NOT NULL"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_clean_up"
        ordering = ("-closed_on", "-id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class PublishedCleanUpLine(Window):
    """A published document of a closed clean-up and what was found of it."""

    clean_up_id = models.BigIntegerField()
    record_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    outcome = models.CharField("结论", max_length=10, choices=Outcome.choices)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80)
    made_on = models.DateField("成文日期")

    select = (
        "SELECT l.id, l.clean_up_id, l.record_id, l.unit_id, l.outcome, r.title, r.document_number, l.made_on"
        " FROM records_cleanupline l JOIN records_cleanup c ON c.id = l.clean_up_id AND c.closed_on IS NOT NULL"
        " JOIN records_record r ON r.id = l.record_id AND r.stage = 'published'"
    )

    class Meta:
        """Options."""

        managed = False
        db_table = "window_clean_up_line"
        ordering = ("unit_id", "made_on", "id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class PublishedItem(Window):
    """An item of a unit's lists (权责、收费、证明事项清单): public as it stands, from the day it stands there."""

    unit_id = models.BigIntegerField()
    kind = models.CharField("清单", max_length=10, choices=ItemKind.choices)
    code = models.CharField("事项编码", max_length=40)
    name = models.CharField("事项名称", max_length=200)
    begins_on = models.DateField("列入日")
    ends_on = models.DateField("取消日", null=True)
    basis = models.CharField("列入依据", max_length=200)

    select = "SELECT id, unit_id, kind, code, name, begins_on, ends_on, basis FROM records_serviceitem"

    class Meta:
        """Options."""

        managed = False
        db_table = "window_item"
        ordering = ("kind", "name", "id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name
