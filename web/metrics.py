"""Numbers for operators, in the text format of Prometheus; each application has its own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """What is counted: requests by status, seconds of queries, queries under way, answers from the cache."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "finegraph_requests", "Requests by status and part", ["status", "part"], registry=self.registry
        )
        self.query_seconds = Histogram(
            "finegraph_query_seconds",
            "Seconds that workers spent on queries",
            buckets=(0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10),
            registry=self.registry,
        )
        self.queries = Gauge("finegraph_queries", "Queries under way", registry=self.registry)
        self.cache_hits = Gauge(
            "finegraph_cache_hits", "Answers from the cache since the start", registry=self.registry
        )
