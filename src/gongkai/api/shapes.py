"""The shapes of what is answered. Their descriptions are the documentation that users read."""

from datetime import date

from ninja import Schema
from pydantic import ConfigDict, Field


class Named(Schema):
    """A unit by code and name."""

    code: str = Field(description="机构代码")
    name: str = Field(description="机构名称")


class RecordLine(Schema):
    """A published record, as lists have it."""

    id: int = Field(description="编号，永不改变")
    index_number: str = Field(description="索引号")
    title: str = Field(description="标题")
    document_number: str = Field(description="文号；没有的为空")
    unit_code: str = Field(description="发布机构代码")
    unit_name: str = Field(description="发布机构")
    category: str = Field(description="类别代码")
    category_label: str = Field(description="类别")
    validity: str = Field(description="有效性代码：in_force、modified、repealed、expired")
    validity_label: str = Field(description="有效性")
    subject: str = Field(description="主题分类")
    scope_item: str = Field(description="公开事项（条例第二十条、第二十一条）的代码")
    made_on: date = Field(description="生成日期")
    published_on: date = Field(description="发布日期")
    address: str = Field(description="网页的固定地址")
    api_address: str = Field(description="本接口里这一条的地址")


class RecordPage(Schema):
    """A page of records."""

    items: list[RecordLine] = Field(description="本页各条，新的在前")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")


class FoundPage(Schema):
    """A page of what was found."""

    total: int = Field(description="共找到多少条")
    items: list[RecordLine] = Field(description="本页各条")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")


class Attachment(Schema):
    """A file of a record."""

    name: str = Field(description="文件名")
    size: int = Field(description="字节数")
    kind: str = Field(description="格式")
    sha256: str = Field(description="内容的 SHA-256")
    address: str = Field(description="下载地址")


class Publication(Schema):
    """That a record was published, once or again after a correction."""

    number: int = Field(description="版次")
    made_on: date = Field(description="公开的日期")


class RecordWhole(RecordLine):
    """A published record with what belongs to it."""

    summary: str = Field(description="内容概述")
    keywords: str = Field(description="关键词")
    genre: str = Field(description="体裁")
    body: str = Field(description="正文（HTML，只有段落、标题、列表、表格等结构）")
    validity_since: date | None = Field(description="效力变动的日期")
    expires_on: date | None = Field(description="有效期至")
    makers: list[Named] = Field(description="制作机关，发布的在前")
    attachments: list[Attachment] = Field(description="附件")
    interprets: RecordLine | None = Field(description="所解读的文件")
    interpretations: list[RecordLine] = Field(description="对本文件的解读")
    superseded_by: RecordLine | None = Field(description="取代或修改本文件的文件")
    publications: list[Publication] = Field(description="历次公开；多于一次表示作过更正")


class UnitLine(Schema):
    """A unit as it stood on the day."""

    code: str = Field(description="机构代码，更名、改隶后不变")
    name: str = Field(description="全称")
    short_name: str = Field(description="简称")
    kind: str = Field(description="类型代码")
    kind_label: str = Field(description="类型")
    parent_code: str = Field(description="上级机构代码；最上级为空")
    depth: int = Field(description="层次，最上级为 0")
    address: str = Field(description="网页的地址")


class EndedUnit(Schema):
    """A unit that had ended."""

    code: str = Field(description="机构代码")
    short_name: str = Field(description="撤销时的简称")
    ended_on: date = Field(description="撤销日")
    successors: list[str] = Field(description="承接职能的机构的代码")


class UnitTree(Schema):
    """All units of a day."""

    on: date = Field(description="哪一天的机构")
    items: list[UnitLine] = Field(description="当日各机构，上级在下级之前")
    ended: list[EndedUnit] = Field(description="此前已撤销的机构")


class Step(Schema):
    """An act of reform."""

    day: date = Field(description="日期")
    act: str = Field(description="事由代码")
    words: str = Field(description="怎样变动")
    document: str = Field(description="依据文件")


class UnitWhole(Schema):
    """One unit."""

    on: date = Field(description="哪一天的情况")
    unit: UnitLine | None = Field(description="当日的情况；已撤销的为 null")
    ended: EndedUnit | None = Field(description="已撤销的，撤销的情况")
    children: list[Named] = Field(description="下级机构")
    history: list[Step] = Field(description="沿革，早的在前")
    has_guide: bool = Field(description="有没有公开指南")


class GuideShape(Schema):
    """The guide of a unit (条例 第十二条)."""

    unit_code: str = Field(description="机构代码")
    unit_name: str = Field(description="机构名称")
    office: str = Field(description="工作机构")
    address: str = Field(description="办公地址")
    hours: str = Field(description="办公时间")
    telephone: str = Field(description="联系电话")
    fax: str = Field(description="传真")
    email: str = Field(description="电子邮箱")
    postcode: str = Field(description="邮政编码")
    channels: list[str] = Field(description="当面、邮寄以外受理申请的渠道代码")
    cautions: str = Field(description="申请注意事项")
    classification: str = Field(description="政府信息的分类")
    arrangement: str = Field(description="编排体系")
    obtaining: str = Field(description="获取方式")
    updated_on: date = Field(description="更新日")


class DecisionShape(Schema):
    """A decision on public notice."""

    id: int = Field(description="编号，永不改变")
    unit_code: str = Field(description="决定机关代码")
    unit_name: str = Field(description="决定机关")
    kind: str = Field(description="决定类别代码")
    kind_label: str = Field(description="决定类别")
    number: str = Field(description="决定书文号")
    party: str = Field(description="相对人名称；自然人的姓名已遮盖")
    item: str = Field(description="事项或事由")
    basis: str = Field(description="法律依据")
    decided_on: date = Field(description="决定日期")
    published_on: date = Field(description="公示日期")
    state: str = Field(description="效力代码：standing、changed、annulled")
    state_label: str = Field(description="效力")
    state_on: date | None = Field(description="效力变动日")
    address: str = Field(description="网页的固定地址")
    api_address: str = Field(description="本接口里这一条的地址")


class DecisionPage(Schema):
    """A page of decisions."""

    items: list[DecisionShape] = Field(description="本页各条，新公示的在前")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")


class ReportLine(Schema):
    """A published version of an annual report."""

    slug: str = Field(description="报告机关在地址里的名称")
    body: str = Field(description="报告机关")
    year: int = Field(description="报告年度")
    version: int = Field(description="版本；更正后加一")
    published_on: date | None = Field(description="公布日期；导入的旧报告查不到日期时为 null")
    is_imported: bool = Field(description="是否由旧报告文件读入")
    sm3: str = Field(description="报告内容的 SM3")
    address: str = Field(description="网页的固定地址")
    api_address: str = Field(description="本接口里这一版的地址")
    annual_address: str = Field(description="报告全部数据（gongkai.annual JSON）的地址")


class ReportPage(Schema):
    """A page of annual reports."""

    items: list[ReportLine] = Field(description="本页各份，年度晚的在前")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")


class ReportFile(Schema):
    """A file of a report."""

    format: str = Field(description="格式")
    label: str = Field(description="是什么文件")
    size: int = Field(description="字节数")
    sha256: str = Field(description="内容的 SHA-256")
    address: str = Field(description="下载地址")


class ReportVersion(Schema):
    """One of the published versions of a report."""

    version: int = Field(description="版本")
    published_on: date | None = Field(description="公布日期")
    notice: str = Field(description="更正说明")


class ReportWhole(ReportLine):
    """One version of a report."""

    notice: str = Field(description="更正说明")
    files: list[ReportFile] = Field(description="各种格式的文件")
    versions: list[ReportVersion] = Field(description="已公布的各版，新的在前")


class Annual(Schema):
    """A report as ``gongkai read --format json`` writes it."""

    model_config = ConfigDict(extra="allow")

    file: str = Field(description="文件名；由本系统编制的为空")
    edition: str = Field(description="表二所用的格式")
    year: int | None = Field(description="报告年度")
    body: str | None = Field(description="报告机关")
    period: list[date] | None = Field(description="统计期限，起止两日")
    table_editions: dict[str, str] = Field(description="各表分别所用的格式")
    cells: dict[str, float | None] = Field(description="单元格到数；null 表示空白")
    unreadable: dict[str, dict] = Field(description="未读出的单元格")
    sections: list[dict] = Field(description="各章的序号、标题、文字")
    diagnostics: list[dict] = Field(description="读取提示")


class Count(Schema):
    """How many there are of a value."""

    value: str = Field(description="年份、机构代码或类别代码")
    label: str = Field(description="名称")
    count: int = Field(description="件数")


class Counts(Schema):
    """Counts by one column."""

    by: str = Field(description="按什么分")
    total: int = Field(description="合计")
    items: list[Count] = Field(description="各项的件数")


class Indicator(Schema):
    """One number of a report."""

    key: str = Field(description="指标代码")
    caption: str = Field(description="指标")
    unit: str = Field(description="单位")
    known: str = Field(description="value 有数；blank 空白；unreadable 未读出；absent 格式里没有；no-base 分母为零")
    value: float | None = Field(description="数；known 不是 value 时为 null")


class ReportIndicators(Schema):
    """The numbers of one report."""

    slug: str = Field(description="报告机关在地址里的名称")
    body: str = Field(description="报告机关")
    year: int = Field(description="报告年度")
    version: int = Field(description="取自哪一版（已公布的最后一版）")
    indicators: list[Indicator] = Field(description="各项指标")


class IndicatorPage(Schema):
    """A page of reports with their numbers."""

    items: list[ReportIndicators] = Field(description="本页各份")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")


class Column(Schema):
    """A column of a set."""

    name: str = Field(description="json 里的名称")
    caption: str = Field(description="csv 表头里的名称")


class Download(Schema):
    """A whole set in one form."""

    format: str = Field(description="csv、json（一个数组）或 jsonl（每行一个 JSON 对象）")
    address: str = Field(description="下载地址")


class DataSetShape(Schema):
    """A whole set."""

    name: str = Field(description="名称")
    title: str = Field(description="是什么数据")
    rows: int = Field(description="现有条数")
    latest_on: date | None = Field(description="其中最近一次公开的日期")
    digest: str = Field(description="内容标记：有公开、更正、撤下或效力变动，就不同；没有变就相同")
    columns: list[Column] = Field(description="csv 的各列")
    downloads: list[Download] = Field(description="下载")


class Manifest(Schema):
    """All sets."""

    items: list[DataSetShape] = Field(description="各套数据")
