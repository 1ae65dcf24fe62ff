"""The database: connections, the two dialects, bulk statements, schema. Knows nothing of loyalty."""
