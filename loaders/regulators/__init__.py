"""Records of regulators' own documents, as flat JSON lines."""
