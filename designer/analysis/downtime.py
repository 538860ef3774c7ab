"""Availability in words: downtime per year and per 30 days, and availability from failure and repair times."""

from designer.analysis.wording import counted
from designer.language import later, tr

SECONDS_PER_DAY = 86_400
SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY
SECONDS_PER_30_DAYS = 30 * SECONDS_PER_DAY

_MICROSECONDS = 6


def availability_from_mtbf(mtbf: float, mttr: float) -> float:
    """Return MTBF / (MTBF + MTTR), both in the same unit of time.

    Formula: AWS whitepaper "Availability and Beyond", Availability; MTTR includes the time to detect. Raises
    ValueError for a negative time or when both are 0.
    """
    if mtbf < 0 or mttr < 0 or mtbf + mttr == 0:
        raise ValueError(f"MTBF {mtbf} and MTTR {mttr}: expected times of at least 0 that are not both 0")
    return mtbf / (mtbf + mttr)


def seconds_down_per_year(availability: float) -> float:
    """Return the expected downtime in seconds per year of 365 days. Raises ValueError outside 0 to 1."""
    return _seconds_down(availability, SECONDS_PER_YEAR)


def seconds_down_per_30_days(availability: float) -> float:
    """Return the expected downtime in seconds per 30 days. Raises ValueError outside 0 to 1."""
    return _seconds_down(availability, SECONDS_PER_30_DAYS)


def _seconds_down(availability: float, period: int) -> float:
    if not 0.0 <= availability <= 1.0:
        raise ValueError(f"the availability is {availability!r}; expected 0 to 1")
    return round((1.0 - availability) * period, _MICROSECONDS)


def downtime_per_year(availability: float) -> str:
    """Return the expected downtime in words, such as "8 hours 45 minutes a year", or "never".

    Raises ValueError outside 0 to 1.
    """
    return _per(duration(seconds_down_per_year(availability)), later("{time} a year"), availability)


def downtime_per_30_days(availability: float) -> str:
    """Return the expected downtime in words, such as "43 minutes in 30 days", or "never".

    Raises ValueError outside 0 to 1.
    """
    return _per(duration(seconds_down_per_30_days(availability)), later("{time} in 30 days"), availability)


def _per(words: str, period: str, availability: float) -> str:
    return tr("never") if availability == 1.0 else tr(period, time=words)


def duration(seconds: float) -> str:
    """Return a time in words: its two largest units of days, hours and minutes, cut off, not rounded.

    Cut off as in the table of the AWS Well-Architected Reliability Pillar (99.95 % is "4 hours 22 minutes").
    Below one minute in seconds. Raises ValueError for a negative time.
    """
    if seconds < 0:
        raise ValueError(f"the time is {seconds} s; expected at least 0")
    if seconds < 1:
        return tr("less than a second")
    if seconds < 60:
        return counted(int(seconds), "second")
    whole = int(seconds)
    counts = (
        (whole // SECONDS_PER_DAY, "day"),
        (whole % SECONDS_PER_DAY // 3_600, "hour"),
        (whole % 3_600 // 60, "minute"),
    )
    first = next(position for position, (count, _) in enumerate(counts) if count)
    return " ".join(counted(count, unit) for count, unit in counts[first : first + 2] if count)
