"""Every setting of an installation, listed once: name, default, meaning. All come from the environment.

``python -m gongkai.site.conf`` prints the list for the operator's handbook.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class MissingSettingError(RuntimeError):
    """A setting without which the installation must not start is missing."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. ``default`` is ``None`` where there must be a value."""

    name: str
    default: str | None
    help: str


SETTINGS = (
    Setting("GONGKAI_HOME", "var", "数据目录：数据库、附件、索引、密钥文件都在其下"),
    Setting("GONGKAI_DATABASE_URL", "", "数据库；空 = 数据目录下的 SQLite；例 postgresql://gongkai@/gongkai"),
    Setting("GONGKAI_SECRET_KEY", None, "签名密钥；未给出时读取数据目录下的 secret_key 文件"),
    Setting("GONGKAI_FIELD_KEYS", None, "字段加密密钥，逗号分隔；第一把加密，全部可解密；也可写入 field_keys 文件"),
    Setting("GONGKAI_FIELD_CIPHER", "aes", "字段加密算法：aes（AES-256-GCM）或 sm4（SM4-GCM）；改动后旧数据仍可解密"),
    Setting("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名，逗号分隔"),
    Setting("GONGKAI_HTTPS", "yes", "yes = 只经 HTTPS 提供服务（安全 Cookie、HSTS）；演示环境为 no"),
    Setting(
        "GONGKAI_PROXY", "no", "yes = HTTPS 由前面的反向代理终止，信任它给出的 X-Forwarded-Proto；无代理时必须为 no"
    ),
    Setting("GONGKAI_CLAMD_SOCKET", "", "ClamAV 守护进程的套接字；空 = 不做病毒扫描（部署检查会提示）"),
    Setting(
        "GONGKAI_SERVICE",
        "all",
        "本进程提供什么：all = 工作台和公众门户；office = 只有工作台；portal = 只有公众门户（配公众数据库账号）",
    ),
    Setting(
        "GONGKAI_PORTAL_ROLE", "", "公众门户的数据库账号（PostgreSQL）：每次迁移后只给它公开视图的读权限；空 = 不设"
    ),
    Setting("GONGKAI_SITE_NAME", "", "网站名称（SiteName）；空 = 本级名称加“政府信息公开”"),
    Setting(
        "GONGKAI_SITE_ADDRESS",
        "",
        "网站地址（SiteDomain），如 https://www.example.gov.cn；用于固定网址、订阅和站点地图",
    ),
    Setting("GONGKAI_SITE_CODE", "", "政府网站标识码（SiteIDCode），10 位"),
    Setting("GONGKAI_SITE_ICP", "", "ICP 备案编号，如 闽ICP备00000000号"),
    Setting("GONGKAI_SITE_POLICE", "", "公安备案号，如 闽公网安备 00000000000000号"),
    Setting("GONGKAI_SITE_HOST", "", "主办单位名称，用于页脚"),
    Setting("GONGKAI_SITE_CONTACT", "", "联系方式，用于页脚"),
    Setting("GONGKAI_SITE_PARTY_MARK", "", "党政机关网站标识的链接地址；空 = 不显示"),
    Setting("GONGKAI_SITE_ERROR_MARK", "", "“我为政府网站找错”的链接地址；空 = 不显示"),
    Setting("GONGKAI_CITY", "", "本级名称，如 海岚市；用于页头"),
    Setting(
        "GONGKAI_SECOND_FACTOR", "yes", "yes = 系统管理员、主管部门和工作机构负责人必须启用两步验证；演示环境为 no"
    ),
    Setting("GONGKAI_OIDC_SERVER", "", "省统一身份认证平台（OpenID Connect）的地址；空 = 不用"),
    Setting("GONGKAI_OIDC_CLIENT", "", "在该平台登记的应用编号"),
    Setting("GONGKAI_OIDC_SECRET", "", "在该平台登记的应用密钥"),
    Setting("GONGKAI_OIDC_NAME", "省统一身份认证平台", "登录页上该平台的名称"),
    Setting("GONGKAI_OIDC_CLAIM", "preferred_username", "该平台给出的、与本系统用户名相同的那一项"),
    Setting("GONGKAI_REGION", "", "本地行政区划代码，如 350582；决定 calendar.toml 中哪些本地日历规则适用"),
    Setting("GONGKAI_INDEX_GRAMMAR", "quanzhou", "索引号规则：quanzhou 或 national"),
    Setting("GONGKAI_INDEX_PREFIX", "", "索引号的城市前缀，如 HL；空 = 用规则自带的前缀"),
    Setting("GONGKAI_INDEX_AREA", "00", "索引号的地区代码（quanzhou 规则）"),
    Setting(
        "GONGKAI_REPORT_DEADLINE",
        "law",
        "年报法定期限遇非工作日：law = 不顺延（条例按日历日计）；working_day = 顺延（未经证实，须有本地依据）",
    ),
    Setting("GONGKAI_SEAL", "", "电子印章：certificate = 以本单位证书签章（须安装 gongkai[seal]）；空 = 只用实物印章"),
    Setting(
        "GONGKAI_SEALS",
        "",
        "印章证书所在的文件夹，放在数据目录之外：<机构代码>.p12、.pass、.png；验证传回的 OFD 用 <机构代码>.cer",
    ),
)

KEY_FILES = {"GONGKAI_SECRET_KEY": "secret_key", "GONGKAI_FIELD_KEYS": "field_keys"}
"""Keys may lie in files of the data directory instead, readable by its owner only; never in a backup."""


SERVICES = ("all", "office", "portal")


def value(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the setting ``name``: from ``environ``, else its key file, else its default.

    Raises ``MissingSettingError`` where there is none of these; an empty key is none.
    """
    setting = next(setting for setting in SETTINGS if setting.name == name)
    found = environ.get(name)
    if found is not None and (found.strip() or setting.default is not None):
        return found
    if name in KEY_FILES:
        path = home(environ) / KEY_FILES[name]
        if path.is_file() and (kept := path.read_text(encoding="ascii").strip()):
            return kept
    if setting.default is None:
        raise MissingSettingError(
            f"缺少设置 {name}（{setting.help}）。请运行 gongkai init 生成密钥文件，或在环境变量中给出。"
        )
    return setting.default


def listed(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return a comma-separated setting as a list without empty items."""
    return [item.strip() for item in value(name, environ).split(",") if item.strip()]


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the data directory, absolute."""
    return Path(environ.get("GONGKAI_HOME", "var")).resolve()


def service(environ: Mapping[str, str] = os.environ) -> str:
    """Return which side this process serves: ``all``, ``office`` or ``portal``; ``MissingSettingError`` for another."""
    found = value("GONGKAI_SERVICE", environ)
    if found not in SERVICES:
        raise MissingSettingError(f"GONGKAI_SERVICE 是“{found}”，只能是 {'、'.join(SERVICES)} 之一。")
    return found


def identity_platforms(environ: Mapping[str, str] = os.environ) -> list[dict[str, object]]:
    """Return the platform that people may sign on by, as allauth wants it told; empty where none is set."""
    server = value("GONGKAI_OIDC_SERVER", environ)
    if not server:
        return []
    for name in ("GONGKAI_OIDC_CLIENT", "GONGKAI_OIDC_SECRET"):
        if not value(name, environ):
            raise MissingSettingError(f"已设置 GONGKAI_OIDC_SERVER，但缺少 {name}。请填写在该平台登记应用时得到的值。")
    return [
        {
            "provider_id": "platform",
            "name": value("GONGKAI_OIDC_NAME", environ),
            "client_id": value("GONGKAI_OIDC_CLIENT", environ),
            "secret": value("GONGKAI_OIDC_SECRET", environ),
            "settings": {"server_url": server, "claim": value("GONGKAI_OIDC_CLAIM", environ)},
        }
    ]


def create_keys(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Create the key files that are missing (owner-readable only) and return those created."""
    folder = home(environ)
    folder.mkdir(parents=True, exist_ok=True)
    created = []
    for name, file in KEY_FILES.items():
        path = folder / file
        if name not in environ and not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(48) if name == "GONGKAI_SECRET_KEY" else secrets.token_hex(32))
            created.append(path)
    return created


def table() -> str:
    """Return the settings as the table of the operator's handbook (Markdown)."""
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else '–'} | {s.help} |" for s in SETTINGS]
    return "\n".join(["| 变量 | 默认 | 含义 |", "|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
