"""RDF in our own vocabulary, read back into records that are linked with everything else."""
