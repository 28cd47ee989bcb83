"""How a report is published: what the page says of itself, beyond the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Publication:
    """The site and the column a report is published in (政府网站发展指引, 国办发〔2017〕47号, 附件: 网页标签).

    What is unknown stays ``None`` and is not printed. ``source`` defaults to the body of the report.
    """

    site_name: str | None = None
    site_domain: str | None = None
    site_id_code: str | None = None  # 政府网站标识码, ten digits
    column_name: str | None = "政府信息公开年报"
    column_type: str | None = "政府信息公开"
    published: date | None = None
    source: str | None = None
