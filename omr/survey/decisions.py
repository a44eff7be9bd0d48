"""What people decided, beside what the machine read. The latest decision of an item stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say
from omr.survey import events
from omr.survey.model import MACHINE, Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.survey.database import Database

_COLUMNS = "item, undoes, value, reviewer, decided_at"
_STANDING = """FROM decision AS this WHERE undoes IS NULL AND NOT EXISTS (
    SELECT 1 FROM decision WHERE undoes = this.id)"""


def decide(database: Database, decisions: Sequence[Decision]) -> int:
    """Record decisions, all or none; returns how many say something new.

    One that repeats what already stands for its item is passed over, so that importing the same
    review.csv twice changes nothing.

    Raises:
        UsageError: a decision has no reviewer, or a name that only the machine bears.
    """
    for decision in decisions:
        _refuse_nameless(decision)
    with database.transaction():
        new = [decision for decision in decisions if _record(database, decision)]
        if new:
            who = ", ".join(sorted({decision.reviewer for decision in new}))
            items = [decision.item for decision in new]
            events.log(database, events.What.DECIDE, who, items=items)
    return len(new)


def undo_decision(database: Database, item: str, reviewer: str) -> Decision:
    """Take back the standing decision of an item; the one before it stands again.

    Raises:
        UsageError: no decision stands for this item.
    """
    with database.transaction():
        rows = database.rows(
            f"SELECT id, value, reviewer, decided_at {_STANDING} AND item = ? ORDER BY id DESC",
            (item,),
        )
        if not rows:
            raise UsageError(
                say(
                    f"Mục {item} chưa có quyết định nào để hủy. Hãy xem tên mục trong review.csv.",
                    f"No decision stands for the item {item}. See review.csv for the items' names.",
                )
            )
        number, value, decided_by, decided_at = rows[0]
        database.insert(
            f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - fixed
            (item, number, "", reviewer, events.now()),
        )
        events.log(database, events.What.UNDO_DECIDE, reviewer, item=item)
    return Decision(item, value, decided_by, decided_at)


def standing_decisions(database: Database) -> tuple[Decision, ...]:
    """Every decision that was not taken back, oldest first: the last of an item holds."""
    rows = database.rows(f"SELECT item, value, reviewer, decided_at {_STANDING} ORDER BY id")
    return tuple(Decision(*row) for row in rows)


def _refuse_nameless(decision: Decision) -> None:
    if decision.reviewer.strip() in ("", MACHINE):
        raise UsageError(
            say(
                f"Quyết định cho mục {decision.item} thiếu tên người xem xét. Hãy ghi tên vào cột "
                "reviewer.",
                f"The decision about {decision.item} does not say who made it. Put a name into "
                "the column reviewer.",
            )
        )


def _record(database: Database, decision: Decision) -> bool:
    latest = database.rows(
        f"SELECT value, reviewer {_STANDING} AND item = ? ORDER BY id DESC LIMIT 1",
        (decision.item,),
    )
    if latest and latest[0] == (decision.value, decision.reviewer):
        return False
    database.insert(
        f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - fixed
        (decision.item, None, decision.value, decision.reviewer, decision.decided_at),
    )
    return True
