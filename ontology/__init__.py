"""The vocabulary of finegraph, its reference data and the typed records that loaders yield."""
