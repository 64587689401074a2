"""The acts that two readers find on one page: what both tell is one, and says that both do."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.news.event import Event
from loaders.news.fuse import fused


def agreed(ours: Sequence[Event], theirs: Sequence[Event], same_company: Callable[[Event, Event], bool]) -> list[Event]:
    """Return our acts, each with what the other reader adds to it, and then those that only the other one tells.

    Of theirs, one that only alludes to one of ours is left out, as it would be if we had told it. Ours all stay.
    """
    acts = list(ours)
    for told in theirs:
        for n, act in enumerate(acts):
            left = fused((act, told), same_company)
            if joined := [one for one in left if one is not act and one is not told]:
                acts[n] = replace(joined[0], method=_both(act.method, told.method))
                break
            if not any(one is told for one in left):
                break
        else:
            acts.append(told)
    return acts


def _both(one: str, other: str) -> str:
    """Return the readers of an act.

    >>> _both("rules", "llm"), _both("rules+llm", "llm")
    ('rules+llm', 'rules+llm')
    """
    return "+".join(dict.fromkeys([*one.split("+"), *other.split("+")]))
