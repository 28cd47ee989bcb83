from gongkai.units.models.change import Change, Succession
from gongkai.units.models.guide import Guide
from gongkai.units.models.unit import Kind, Span, Unit

__all__ = ["Change", "Guide", "Kind", "Span", "Succession", "Unit"]
