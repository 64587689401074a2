"""The Capture Cascade Timeline: events told in Markdown, each with its sources."""
