"""One decision out of the records that several sources have of it, and the acts of one matter in one case."""
