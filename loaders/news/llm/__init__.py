"""The optional reader that asks a language model: off unless FINEGRAPH_LLM_URL is set, never believed on its word.

`second.py` puts it beside our rules, `reading.py` reads one page; README.md has the settings and what is trusted.
"""
