"""From the sources' own formats to typed records. No RDF, no sockets, nothing printed."""
