"""``gongkai serve``: the web server, with its static files."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.installation import RefusedError, on_either_side, require_migrated
from gongkai.cli.output import positive

if TYPE_CHECKING:
    import argparse

_MOST_WORKERS = 4
_THREADS = {"office": 1, "portal": 4, "all": 4}
"""Threads of each process. The office's computing goes no faster with several. What the public asks for may wait, for
somebody who reads a whole set slowly or for a file from the disk, and others go on meanwhile."""
_STATIC_SECONDS = 600
"""How long a browser may keep a style sheet without asking; after an upgrade nobody sees an old one for longer."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai serve``."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    parser.add_argument("--port", type=positive, default=8000, metavar="N", help="监听端口（默认 8000）")
    parser.add_argument("--workers", type=positive, default=None, metavar="N", help="进程数（默认按处理器数，最多 4）")
    parser.add_argument(
        "--threads",
        type=positive,
        default=None,
        metavar="N",
        help="每个进程的线程数（默认：只开工作台的 1，有公众门户的 4，至少 3）",
    )
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE", help="HTTPS 证书（PEM）；不给则由前面的反向代理终止"
    )
    parser.add_argument("--key", type=Path, metavar="FILE", help="HTTPS 私钥（PKCS#8）")


@on_either_side
def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop (SIGTERM, SIGINT), and finish the requests in hand."""
    require_migrated()
    threads = _threads(arguments.threads)
    encrypted = _certificate(arguments)
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from granian import Granian  # noqa: PLC0415 -- start-up: only when it serves
    from granian.constants import Interfaces  # noqa: PLC0415 -- the same
    from granian.errors import ConfigurationError  # noqa: PLC0415 -- the same
    from granian.log import LogLevels  # noqa: PLC0415 -- the same

    static = collect_static(Path(settings.STATIC_ROOT))
    workers = arguments.workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    server = Granian(
        "gongkai.site.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        static_path_route=["/" + settings.STATIC_URL.strip("/")],
        static_path_mount=[static],
        static_path_expires=_STATIC_SECONDS,
        ssl_cert=arguments.certificate,
        ssl_key=arguments.key,
    )
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    opens = "/" if settings.SERVICE == "portal" else "/office/"
    address = f"{'https' if encrypted else 'http'}://{host}:{arguments.port}{opens}"
    server.on_startup(lambda: print(f"网站服务已启动：{address}（{workers} 个进程，Ctrl+C 停止）", flush=True))
    server.on_shutdown(lambda: print("网站服务已停止。", flush=True))
    if settings.HTTPS and not encrypted and settings.SECURE_PROXY_SSL_HEADER is None:
        print(
            "gongkai: GONGKAI_HTTPS=yes，但既没有给出证书，也没有声明反向代理：所有访问都会被要求改用 HTTPS。"
            "请加 --certificate 和 --key，或设 GONGKAI_PROXY=yes（试用可设 GONGKAI_HTTPS=no）。",
            file=sys.stderr,
        )
    try:
        server.serve()
    except (ConfigurationError, OSError, RuntimeError) as error:
        raise RefusedError(f"不能在 {address} 提供服务：{error}。请检查地址、端口是否被占用。") from error
    return 0


def _threads(wanted: int | None) -> int:
    """Return the threads of each process: more than downloads of whole sets may hold, where the public is served."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first

    from gongkai.api.turns import AT_ONCE  # noqa: PLC0415 -- the same

    threads = wanted or _THREADS[settings.SERVICE]
    if settings.SERVICE != "office" and threads <= AT_ONCE:
        raise RefusedError(
            f"--threads {threads} 太少：整套下载可以同时占用 {AT_ONCE} 个线程，其他人就打不开网站了。"
            f"请给 {AT_ONCE + 1} 以上，或不写这个参数。"
        )
    return threads


def _certificate(arguments: argparse.Namespace) -> bool:
    """Tell whether the server itself speaks HTTPS."""
    given = [path for path in (arguments.certificate, arguments.key) if path is not None]
    if not given:
        return False
    if len(given) == 1:
        raise RefusedError("证书和私钥须同时给出（--certificate 和 --key）。")
    for path in given:
        if not path.is_file():
            raise RefusedError(f"没有文件 {path}。请检查证书和私钥的路径。")
    return True


def collect_static(target: Path) -> Path:
    """Collect the static files into ``target`` if they changed since they were collected last; return ``target``."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django must be started first

    mark = target / ".collected"
    current = _fingerprint()
    if not mark.is_file() or mark.read_text(encoding="ascii") != current:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(current, encoding="ascii")
    return target


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 -- Django must be started first

    computation = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            stat = Path(storage.path(name)).stat()
            computation.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return computation.hexdigest()
