# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Draw ``docs/assets/audit.png``, the picture of the README, from what the program really prints.

Needs chromium and a Chinese face of fixed width (fonts-noto-cjk); run it when the output has changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "assets" / "audit.png"
WIDTH, HEIGHT = 1080, 800
THEME = TerminalTheme(
    (27, 32, 40),
    (222, 226, 232),
    [
        (27, 32, 40),
        (255, 107, 107),
        (118, 200, 134),
        (236, 190, 92),
        (110, 168, 254),
        (198, 146, 255),
        (86, 194, 214),
        (222, 226, 232),
    ],
    [
        (127, 136, 148),
        (255, 107, 107),
        (118, 200, 134),
        (236, 190, 92),
        (110, 168, 254),
        (198, 146, 255),
        (86, 194, 214),
        (255, 255, 255),
    ],
)
STYLE = (
    "body{margin:0;background:#1b2028}pre{margin:0;padding:22px 28px;font:15px/1.5 'Noto Sans Mono CJK SC',monospace}"
    "pre,code{color:#dee2e8}code{font:inherit}"
)


def main() -> int:
    """Write the picture; return 1 if there is no chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write("chromium is needed\n")
        return 1
    environment = os.environ | {"COLUMNS": "100", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-P", "-c", "from gongkai.cli import main; main()", "audit", "--example"]
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603 -- our own
    findings = printed[printed.index("（随软件附带的示例报告）", printed.index("正文")) :]
    console = Console(record=True, width=110, file=StringIO(), force_terminal=True)
    console.print(Text("$ uv run gongkai audit --example\n", style="bold"))
    console.print(Text.from_ansi(findings))
    page = console.export_html(theme=THEME, inline_styles=True, code_format="<pre><code>{code}</code></pre>")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(f"<meta charset=utf-8><style>{STYLE}</style>{page}", encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={WIDTH},{HEIGHT}",
        ]
        shot = f"--screenshot={TARGET}"
        subprocess.run([browser, *options, shot, f"file://{folder}/page.html"], check=True, capture_output=True)  # noqa: S603 -- found on the path
    sys.stdout.write(f"written: {TARGET.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
