"""The revisions, one file each, named by number. A released one is never edited."""
