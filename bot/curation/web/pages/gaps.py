"""What people asked and did not get, and how the answers fare over time."""

from starlette.responses import Response

from bot.curation.web.charts import bars, lines
from bot.curation.web.visit import Visit

PERIODS = (7, 30, 90)
SHOWN = 60


def show(visit: Visit) -> Response:
    """Alike questions together, those asked most often first."""
    days = visit.number("days", 30)
    period = days if days in PERIODS else 30
    gaps, trouble = visit.office.workspace.gaps.gaps(period), visit.asked("trouble")
    found = [each for each in gaps if not trouble or trouble in each.troubles]
    return visit.page(
        "gaps.html",
        found=found[:SHOWN],
        total=len(found),
        period=period,
        periods=PERIODS,
        trouble=trouble,
        library=visit.office.library,
    )


def figures(visit: Visit) -> Response:
    """Coverage by topic, the answers of each day, the share that had none."""
    period = visit.number("days", 90)
    period = period if period in PERIODS else 90
    days = visit.office.workspace.gaps.days(period)
    coverage = visit.office.workspace.gaps.coverage(period)
    say = visit.say
    return visit.page(
        "figures.html",
        days=days,
        coverage=coverage,
        period=period,
        periods=PERIODS,
        trend=lines(
            [each.day for each in days],
            [
                (say("回答"), [float(each.answers) for each in days]),
                (say("没答上"), [float(each.statuses.get("no_source", 0)) for each in days]),
            ],
        ),
        abstained=lines(
            [each.day for each in days],
            [(say("没答上的比例"), [100 * each.abstained for each in days])],
            unit="%",
        ),
        topics=bars([(visit.label("topic", each.topic), each.answers) for each in coverage]),
    )
