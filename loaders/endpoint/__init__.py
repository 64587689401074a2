"""What SPARQL endpoints say of organisations and laws: fetched by `finegraph fetch-references`, then loaded."""
