"""Many rows in one statement: values that travel as parameters and are a table in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import ARRAY, FromClause, Text, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

Values = Sequence[str | int | float | None]


def as_table(
    connection: AsyncConnection, name: str, columns: dict[str, TypeEngine[Any]], rows: Sequence[Values]
) -> FromClause:
    """Rows of plain values, in the order of `columns`, as a table of this name in the dialect of the connection.

    To insert from or to update from: several times less work than a statement for each row.
    """
    if connection.dialect.name == "postgresql":
        arrays = [literal([row[place] for row in rows], ARRAY(kind)) for place, kind in enumerate(columns.values())]
        return func.unnest(*arrays).table_valued(*columns).render_derived(name=name)
    each = func.json_each(literal(orjson.dumps(rows).decode(), Text)).table_valued("value", name=f"{name}_rows")
    values = [each.c.value.op("->>")(place).label(column) for place, column in enumerate(columns)]
    return select(*values).subquery(name)
