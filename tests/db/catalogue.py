"""Everything a database says about its own tables, for comparing two of them. Knows no table by name."""

import re

from sqlalchemy import Connection, text

Catalogue = dict[str, list[str]]

TABLES = """
    SELECT c.relname, coalesce(array_to_string(c.reloptions, ','), '')
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
           coalesce((SELECT collname FROM pg_collation WHERE oid = a.attcollation), ''),
           coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def catalogue(connection: Connection) -> Catalogue:
    """What stands in the database, by table, sorted."""
    queries = [SQLITE]
    if connection.dialect.name == "postgresql":
        queries = [TABLES, COLUMNS, CONSTRAINTS, INDEXES]
    found: Catalogue = {}
    for query in queries:
        for table, *facts in connection.execute(text(query)):
            line = re.sub(r"\s+", " ", " | ".join(map(str, facts))).replace("( ", "(").replace(" )", ")")
            found.setdefault(table, []).append(line)
    return {table: sorted(lines) for table, lines in found.items()}
