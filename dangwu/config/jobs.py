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
    faults, warnings = number[Level.FAULT], number[Level.WARNING]
    conclusion = f"{faults} 项要马上处理，{warnings} 项要留意" if faults or warnings else "一切正常"
    return "\n".join([conclusion, *(str(finding) for finding in findings if finding.level != Level.WELL)])
