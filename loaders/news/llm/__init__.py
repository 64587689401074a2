"""The optional reader that asks a language model: off unless FINEGRAPH_LLM_URL is set, never believed on its word."""
