"""What must hold before the public is let in: two database roles, two data directories, and a site that says who it is.

Ids go on from those of ``gongkai.site.checks``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import Error as DatabaseError
from django.db import connection
from django.http.request import validate_host

from gongkai.site.checks import SQLITE_UNITS, is_usable
from gongkai.units.models import Unit
from gongkai.windows import role

if TYPE_CHECKING:
    from django.core.checks import CheckMessage

_SHOWN = 5
_OFFICE_ALONE = ("files", "imports", "extracts", "index/office", "gongkai.sqlite3")
"""What in a data directory is the office's alone."""


@register(deploy=True)
def encryption(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E017 everything is encrypted on its way."""
    if settings.HTTPS:
        return []
    hint = "去掉 GONGKAI_HTTPS=no，并配置证书或反向代理（GONGKAI_PROXY=yes）。"
    message = "没有启用 HTTPS，口令、会话和申请人的个人信息以明文传输（个人信息保护法第五十一条）。"
    return [Error(message, hint=hint, id="gongkai.E017")]


@register(deploy=True)
def identity(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E015 and W014 the address of the site, E016 its host is answered, W012 its code and registration."""
    if settings.SERVICE == "office":
        return []
    found: list[CheckMessage] = []
    address = urlsplit(settings.SITE["address"])
    if address.scheme != "https" or not address.hostname:
        message = "没有设网站地址，或者不是 https 地址：固定网址、订阅、站点地图和二维码都写不对。"
        hint = "设 GONGKAI_SITE_ADDRESS，如 https://www.example.gov.cn。"
        is_public = settings.SERVICE == "portal"
        found.append(
            Error(message, hint=hint, id="gongkai.E015")
            if is_public
            else Caution(message, hint=hint, id="gongkai.W014")
        )
    elif not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        message = f"网站地址的主机名 {address.hostname} 不在允许的主机名之内，访问会被拒绝。"
        hint = "把它加进 GONGKAI_ALLOWED_HOSTS。"
        found.append(Error(message, hint=hint, id="gongkai.E016"))
    missing = [
        words
        for name, words in (("code", "网站标识码（GONGKAI_SITE_CODE）"), ("icp", "ICP 备案编号（GONGKAI_SITE_ICP）"))
        if not settings.SITE[name]
    ]
    if missing:
        message = f"没有设{'和'.join(missing)}。"
        hint = "政府网站须在页脚标明网站标识码和备案编号（国办发〔2017〕47号）。"
        found.append(Caution(message, hint=hint, id="gongkai.W012"))
    return found


@register(deploy=True)
def two_folders(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E019 the public side is not shown what the office keeps."""
    if settings.SERVICE != "portal":
        return []
    found = [name for name in _OFFICE_ALONE if os.access(Path(settings.HOME) / name, os.R_OK)]
    if not found:
        return []
    message = f"公众门户的数据目录就是工作台的：读得到 {'、'.join(found)}，其中有申请人提交的材料和没有公开的文件。"
    hint = "给门户另设 GONGKAI_HOME，用另一个系统用户运行，只把工作台的 published 目录以只读方式给它；见《生产部署》。"
    return [Error(message, hint=hint, id="gongkai.E019")]


@register(Tags.database, deploy=True)
def two_roles(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """E014 the public side has a database role of its own, E018 which reads the windows alone."""
    if not databases:
        return []
    if connection.vendor != "postgresql":
        is_apart = settings.SERVICE == "portal"
        return [_same("SQLite 数据库没有账号之分，公众门户的进程能读全部数据。")] if is_apart else []
    try:
        public = role.of_session(connection) if settings.SERVICE == "portal" else settings.PORTAL_ROLE
        return _of_role(public) if public and role.is_known(connection, public) else []
    except DatabaseError:
        return []  # that it cannot be asked is an error of its own


def _of_role(name: str) -> list[CheckMessage]:
    owners = role.owners(connection, name)
    if owners:
        return [_same(f"公众门户的数据库账号 {name} 就是业务账号，或者属于业务账号（{'、'.join(owners)}）。")]
    excess = role.excess(connection, name)
    if not excess:
        return []
    message = f"公众门户的数据库账号 {name} 能做公开视图之外的事：{'、'.join(excess[:_SHOWN])} 等 {len(excess)} 项。"
    hint = "运行 gongkai roles 恢复权限；别处给的（PUBLIC、账号组），由数据库管理员收回。"
    return [Error(message, hint=hint, id="gongkai.E018")]


@register(Tags.database, deploy=True)
def two_services(app_configs: object = None, databases: object = None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 -- the signature is Django's
    """W013 many units share one process with the public."""
    if settings.SERVICE != "all" or not is_usable(databases) or connection.vendor != "postgresql":
        return []
    units = Unit.objects.filter(abolished_on__isnull=True).count()
    if units <= SQLITE_UNITS:
        return []
    hint = "分成工作台和公众门户两个服务（GONGKAI_SERVICE=office、portal），用两个数据库账号；见《生产部署》。"
    message = f"{units} 个机构的工作台和公众门户在同一个进程里：公众访问量大时会拖慢办件，门户出错也能碰到全部数据。"
    return [Caution(message, hint=hint, id="gongkai.W013")]


def _same(message: str) -> Error:
    hint = "在 PostgreSQL 上为公众门户另建普通账号，写进 GONGKAI_PORTAL_ROLE 和门户的 GONGKAI_DATABASE_URL。"
    return Error(message, hint=hint, id="gongkai.E014")
