"""What must hold before an installation is trusted with anything. ``gongkai check`` runs these and Django's own.

Ids are stable: E is an error, W a warning. Checks of the database say nothing where it cannot be asked or lacks
migrations, which is an error of its own.
"""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from gongkai.accounts.models import Grant, Role
from gongkai.files import scanner
from gongkai.files.errors import FileRefusedError
from gongkai.indexing.domain.outbox import MAX_FAILURES
from gongkai.indexing.models import Dirty
from gongkai.intake.queries.incoming import stuck
from gongkai.jobs.queries import health
from gongkai.journal.queries.chain import verify
from gongkai.law.calendar import CHINA
from gongkai.law.errors import InputError
from gongkai.site import conf
from gongkai.units.calendar import FILE, of_city
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.core.checks import CheckMessage

SECRET_KEY_LENGTH, SECRET_KEY_CHARACTERS = 40, 10
FIELD_KEY_DIGITS, FIELD_KEY_CHARACTERS = 64, 6
SQLITE_UNITS = 100
"""From this number of units on, people write at the same time often enough to wait for one another on SQLite."""
OLDEST = {"sqlite": (3, 35), "postgresql": (15,)}


@register
def keys(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E001 the signing key, E002 the field keys, E003 who may read their files."""
    found: list[CheckMessage] = []
    secret = settings.SECRET_KEY
    if len(secret) < SECRET_KEY_LENGTH or len(set(secret)) < SECRET_KEY_CHARACTERS:
        found.append(
            Error(
                "签名密钥过短或过于简单，登录会话可能被伪造。",
                hint="删除 secret_key 文件后运行 gongkai init，或给出随机的 GONGKAI_SECRET_KEY（不少于 40 个字符）。",
                id="gongkai.E001",
            )
        )
    if not settings.FIELD_KEYS or not all(_is_field_key(key) for key in settings.FIELD_KEYS):
        found.append(
            Error(
                "字段加密密钥缺失或不合格：每把应为 64 位十六进制随机数。",
                hint="首次安装可删除 field_keys 文件后运行 gongkai init；已有数据的只能在原密钥前面加新的，不得替换。",
                id="gongkai.E002",
            )
        )
    for name in conf.KEY_FILES.values():
        path = Path(settings.HOME) / name
        if path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            hint = f"运行 chmod 600 {path}；已被他人读取的，应更换。"
            found.append(Error(f"密钥文件 {path} 可被其他用户读取。", hint=hint, id="gongkai.E003"))
    return found


def _is_field_key(key: str) -> bool:
    digits = key.lower()
    return (
        len(digits) == FIELD_KEY_DIGITS
        and set(digits) <= set("0123456789abcdef")
        and len(set(digits)) >= FIELD_KEY_CHARACTERS
    )


@register
def home(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E004 the data directory can be written, W007 nobody else can look into it."""
    folder = Path(settings.HOME)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        hint = "检查 GONGKAI_HOME 的路径、属主和挂载，或运行 gongkai init。"
        return [Error(f"数据目录 {folder} 不存在或不能写入。", hint=hint, id="gongkai.E004")]
    if folder.stat().st_mode & stat.S_IRWXO:
        hint = f"运行 chmod o-rwx {folder}。"
        return [Caution(f"数据目录 {folder} 可被其他用户访问。", hint=hint, id="gongkai.W007")]
    return []


@register(deploy=True)
def exposure(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E005 debugging, E006 and W008 host names."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        hint = "调试页会泄露设置和数据。去掉自定义设置中的 DEBUG。"
        found.append(Error("调试模式开着。", hint=hint, id="gongkai.E005"))
    hosts = set(settings.ALLOWED_HOSTS)
    hint = "把 GONGKAI_ALLOWED_HOSTS 设为对外的域名，如 xxgk.example.gov.cn。"
    if any(host.startswith("*") for host in hosts):
        found.append(Error("允许任意主机名访问。", hint=hint, id="gongkai.E006"))
    elif hosts <= {"localhost", "127.0.0.1", "[::1]"}:
        found.append(Caution("只允许以本机名访问。", hint=hint, id="gongkai.W008"))
    return found


@register(deploy=True)
def virus_scanner(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W002 no scanner is set up, E010 it does not answer."""
    if not settings.CLAMD_SOCKET:
        hint = "安装 clamav-daemon，并设 GONGKAI_CLAMD_SOCKET（Debian：/run/clamav/clamd.ctl）。"
        return [Caution("上传的文件不做病毒扫描。", hint=hint, id="gongkai.W002")]
    try:
        scanner.scan(b"gongkai check", "check")
    except FileRefusedError as error:
        return [Error(str(error), hint="检查 clamav-daemon 是否在运行、套接字路径和权限。", id="gongkai.E010")]
    return []


@register
def calendar(app_configs: object = None, *, today: date | None = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E011 this year's holidays are not known, W003 next year's, from 1 December on."""
    day = today or timezone.localdate()
    hint = "国务院办公厅的放假通知发布后，升级到包含它的版本；此前算出的期限都标为“暂定”。"
    if CHINA.is_provisional(date(day.year, 12, 31)) and CHINA.is_provisional(date(day.year, 1, 4)):
        return [Error(f"工作日历缺少 {day.year} 年的放假安排，期限不能最终确定。", hint=hint, id="gongkai.E011")]
    if day.month == 12 and CHINA.is_provisional(date(day.year + 1, 1, 4)):  # noqa: PLR2004 -- December
        return [Caution(f"工作日历缺少 {day.year + 1} 年的放假安排。", hint=hint, id="gongkai.W003")]
    return []


@register
def local_calendar(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E013 the local rules of the calendar cannot be read."""
    try:
        of_city()
    except (InputError, OSError, UnicodeDecodeError) as error:
        return [
            Error(
                f"本地日历规则 {FILE} 不能使用：{error}",
                hint="对照《工作日历》一页改正该文件。改正之前，受理和办理申请的页面不能使用，以免算错期限。",
                id="gongkai.E013",
            )
        ]
    return []


@register(Tags.database)
def database(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E012 it can be reached, E009 it is new enough, E008 it has all migrations."""
    if not databases:
        return []
    oldest = OLDEST.get(connection.vendor)
    if oldest is None:
        hint = "GONGKAI_DATABASE_URL 应为 sqlite:///… 或 postgresql://…。"
        return [Error(f"不支持数据库 {connection.vendor}。", hint=hint, id="gongkai.E009")]
    try:
        version = connection.get_database_version()
        pending = _pending()
    except DatabaseError as error:
        words = " ".join(str(error).split())
        return [Error(f"数据库连不上：{words}。", hint="检查 GONGKAI_DATABASE_URL 和数据库服务。", id="gongkai.E012")]
    found: list[CheckMessage] = []
    if version < oldest:
        name = connection.display_name
        wanted = ".".join(map(str, oldest))
        found.append(Error(f"{name} 版本过旧，须 {wanted} 以上。", hint="请升级数据库。", id="gongkai.E009"))
    if pending:
        message = f"数据库还有 {pending} 项结构变更没有执行。"
        found.append(Error(message, hint="先备份，再运行 gongkai migrate。", id="gongkai.E008"))
    return found


@register(Tags.database)
def size(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W004 SQLite is used for many units."""
    if not is_usable(databases) or connection.vendor != "sqlite":
        return []
    units = Unit.objects.filter(abolished_on__isnull=True).count()
    if units <= SQLITE_UNITS:
        return []
    hint = "SQLite 同一时刻只能有一个写入者。请迁移到 PostgreSQL 15 以上（GONGKAI_DATABASE_URL）。"
    return [Caution(f"{units} 个机构共用 SQLite 数据库。", hint=hint, id="gongkai.W004")]


@register(Tags.database)
def people(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W010 somebody runs the system, and somebody else can."""
    if not is_usable(databases):
        return []
    open_now = Grant.objects.filter(role=Role.ADMINISTRATOR, ends_on__isnull=True, user__is_active=True)
    count = open_now.values("user").distinct().count()
    if count > 1:
        return []
    if count:
        hint = "请在“备案人员”中再授予一人系统管理员角色，以免一人不在时无人能管理账号。"
        return [Caution("只有一名系统管理员。", hint=hint, id="gongkai.W010")]
    hint = "新安装的，运行 gongkai found 建立本级政府和第一名系统管理员。"
    return [Caution("还没有系统管理员。", hint=hint, id="gongkai.W010")]


@register(Tags.database)
def background(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W006 work behind the screens failed."""
    if not is_usable(databases):
        return []
    found: list[CheckMessage] = []
    failing, failed = health.failing_periodic().count(), health.failed_tasks().count()
    if failing or failed:
        message = f"有 {failing} 个周期任务和 {failed} 个排队任务失败。"
        hint = "用 gongkai worker --failed 查看原因，排除后用 gongkai worker --retry-failed 重做。"
        found.append(Caution(message, hint=hint, id="gongkai.W006"))
    stuck = Dirty.objects.filter(failures__gte=MAX_FAILURES)
    if stuck.exists():
        first = stuck.order_by("pk")[0]
        message = f"有 {stuck.count()} 个对象未能编入检索索引（首个 {first.key}：{first.error}）。"
        found.append(Caution(message, hint="修改并保存该对象即会重试；仍失败的，请反馈给开发者。", id="gongkai.W009"))
    return found


@register(Tags.database)
def intake(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W011 something the public sent in could not be taken."""
    if not is_usable(databases):
        return []
    count = stuck().count()
    if not count:
        return []
    hint = "在工作台“网上来件”查看原因，排除后会自动重试；申请的期限可能已经起算，请当日处理。"
    return [Caution(f"有 {count} 件网上来件未能转办。", hint=hint, id="gongkai.W011")]


@register(Tags.database, deploy=True)
def worker(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W005 nobody works behind the screens."""
    if not is_usable(databases) or health.living_workers():
        return []
    hint = "启动 gongkai worker，并由 systemd 等守护程序保持运行。"
    message = "没有工作进程在运行：定时发布、提醒和检索索引都停着。"
    return [Caution(message, hint=hint, id="gongkai.W005")]


@register(Tags.database, deploy=True)
def journal(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E007 the journal is whole."""
    if not is_usable(databases):
        return []
    broken = verify().broken
    if broken is None:
        return []
    hint = "停止使用，保护现场，与最近的备份比对；详见 gongkai verify-log。"
    return [Error(f"操作日志不完整：{broken.message}", hint=hint, id="gongkai.E007")]


def _pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_usable(databases: object) -> bool:
    """Tell whether the tables can be asked: the public's role cannot."""
    try:
        return bool(databases) and settings.SERVICE != "portal" and not _pending()
    except DatabaseError:
        return False
