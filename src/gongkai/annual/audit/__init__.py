"""The audit of an annual report: rules as data, run on one report, on a pair of years and on a series.

``audit`` looks at one report; ``audit_series`` also compares the years of one body. ``RULES`` lists every rule.
"""

from __future__ import annotations

from gongkai.annual.audit.engine import audit, audit_series
from gongkai.annual.audit.registry import RULES, Rule

__all__ = ["RULES", "Rule", "audit", "audit_series"]
