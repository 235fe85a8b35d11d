"""By when the steps of a board's cycle are to be taken."""

from tracker.entities import BoardMeeting
from tracker.rules.boards.cycle import steps
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule


def board(evidence: Day, board: BoardMeeting) -> Open:
    """Yield each step that is not done, with its day."""
    for step in steps(board, evidence.settings.publication_delay_days):
        if step.state != "done" and step.due is not None:
            yield by_rule(board)._replace(part=step.title), step.due
