"""By when the steps of a board's cycle are to be taken."""

from tracker.entities import BoardMeeting, Body, Holiday
from tracker.rules.boards.cycle import steps
from tracker.rules.boards.working_days import working_days
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule


def board(evidence: Day, board: BoardMeeting) -> Open:
    """Yield each step that is not done, with its day."""
    body = evidence.get(Body, board.body)
    work = working_days(evidence.all(Holiday))
    for step in steps(board, evidence.settings.publication_delay_days, body=body, work=work):
        if step.state in ("now", "later") and step.due is not None:
            due = by_rule(board).but(part=step.title)
            if step.leads_to == "held":  # on the day that somebody set
                due = due.but(field="meets_on")
            yield due, step.due
