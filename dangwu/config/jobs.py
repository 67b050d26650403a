"""What the site as a whole does by itself."""

from collections import Counter
from datetime import datetime, timedelta

from dangwu.config.doctor.examining import examination
from dangwu.config.doctor.findings import Level
from dangwu.foundation.ticking import job


@job("doctor", "检查网站是否正常", every=timedelta(hours=6))
def examine(now: datetime) -> str:
    """The doctor's conclusion, and below it what is not well."""
    findings = [*examination(now)]
    number = Counter(finding.level for finding in findings)
    told = ((Level.FAULT, "项要马上处理"), (Level.WARNING, "项要留意"))
    conclusion = "，".join(f"{number[level]} {words}" for level, words in told if number[level])
    return "\n".join([conclusion or "一切正常", *(str(finding) for finding in findings if finding.level != Level.WELL)])
