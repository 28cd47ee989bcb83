"""``python -m gongkai``."""

from gongkai.cli import main

raise SystemExit(main())
