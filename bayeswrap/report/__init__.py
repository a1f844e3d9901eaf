"""The report of a comparison: a frozen value, and one renderer a format."""

from bayeswrap.report.build import build_report
from bayeswrap.report.parts import Report
from bayeswrap.report.write import check_target, write_report

__all__ = ["Report", "build_report", "check_target", "write_report"]
