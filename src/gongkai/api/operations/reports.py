"""Annual reports: the list, one version, and all of its numbers."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gongkai.annual import jsonio
from gongkai.api.cursors import next_address, paged
from gongkai.api.lines import report_line, report_whole
from gongkai.api.operations.asking import (
    FORGED,
    MISSING,
    REFUSED,
    Paging,
    Slug,
    SlugInPath,
    VersionInPath,
    Year,
    YearInPath,
)
from gongkai.api.shapes import Annual, ReportPage, ReportWhole
from gongkai.reporting.queries import published

router = Router(tags=["年度报告"])


class Wanted(Paging):
    """By what the list is narrowed."""

    slug: Slug = None
    year: Year = None


@router.get(
    "annual-reports/",
    response={200: ReportPage} | FORGED | REFUSED,
    url_name="annual_reports",
    operation_id="annual_reports",
    summary="查询年度报告",
    description="已公布的政府信息公开工作年度报告的各版，年度晚的在前。",
)
def reports(request: HttpRequest, asked: Query[Wanted]) -> dict:
    """List the published versions."""
    rows = published.listed(slug=asked.slug or "", year=asked.year)
    found, cursor = paged(rows, by="year", cursor=asked.cursor, limit=asked.limit)
    return {"items": [report_line(row) for row in found], "next": next_address(request, cursor)}


@router.get(
    "annual-reports/{slug}/{year}/",
    response={200: ReportWhole} | MISSING | REFUSED,
    url_name="annual_report",
    operation_id="annual_report",
    summary="读取一份年度报告（最后一版）",
    description="公布的情况、各种格式的文件和各版。",
)
def report(request: HttpRequest, slug: SlugInPath, year: YearInPath) -> dict:
    """Show the last version of a report."""
    del request
    return report_whole(published.edition(slug, year))


@router.get(
    "annual-reports/{slug}/{year}/{version}/",
    response={200: ReportWhole} | MISSING | REFUSED,
    url_name="annual_report_version",
    operation_id="annual_report_version",
    summary="读取一份年度报告的某一版",
    description="更正以前的各版也保留着。",
)
def version(request: HttpRequest, slug: SlugInPath, year: YearInPath, version: VersionInPath) -> dict:
    """Show a version of a report."""
    del request
    return report_whole(published.edition(slug, year, version))


@router.get(
    "annual-reports/{slug}/{year}/{version}/annual.json",
    response={200: Annual} | MISSING | REFUSED,
    url_name="annual_json",
    operation_id="annual_json",
    summary="一份年度报告的全部数据",
    description="与命令 gongkai read --format json 的输出相同：每个单元格的数和各章的文字。",
)
def annual(request: HttpRequest, slug: SlugInPath, year: YearInPath, version: VersionInPath) -> HttpResponse:
    """Give out everything in a report."""
    del request
    found = published.edition(slug, year, version)
    return HttpResponse(jsonio.dumps(found.report), content_type="application/json")
