"""One table of everything ever written, which the database lets nobody change."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SAYS = "entries are never changed: write the next version"


def upgrade() -> None:
    """Make the table, and what refuses to change or delete its rows."""
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.UniqueConstraint("entry_id", "version"),
        sa.CheckConstraint("version >= 1"),
    )
    op.create_index("entry_of_session", "entry", ["session_id", "kind"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"create trigger entry_no_{change} before {change} on entry begin select raise(abort, '{SAYS}'); end")
        return
    op.execute(f"create function entry_stays() returns trigger language plpgsql as $$ begin raise exception '{SAYS}'; end $$")
    op.execute("create trigger entry_no_change before update or delete or truncate on entry "
               "for each statement execute function entry_stays()")
