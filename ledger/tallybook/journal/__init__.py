"""The double-entry kernel: entries, postings, lots, holds, the chain. Knows no commands and no programs."""
