"""Records to RDF, releases, queries, networks. Knows nothing of sources or of the web."""
