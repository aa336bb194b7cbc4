"""What the pools tell Prometheus."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tipgraph.server.pool import Pool


class _Watched(Collector):
    def __init__(self, pools: Mapping[str, Pool]) -> None:
        self._pools = pools

    def collect(self) -> Iterator[Metric]:
        workers = GaugeMetricFamily("tipgraph_workers", "Workers, and requests for them.", labels=["duty", "state"])
        ended = CounterMetricFamily("tipgraph_workers_ended", "Workers that were replaced.", labels=["duty", "reason"])
        for duty, pool in self._pools.items():
            for state, number in (("ready", pool.ready), ("busy", pool.busy), ("waiting", pool.waiting)):
                workers.add_metric([duty, state], number)
            for reason in ("late", "died", "displaced"):
                ended.add_metric([duty, reason], pool.deaths[reason])
        yield workers
        yield ended


def watch(registry: CollectorRegistry, pools: Mapping[str, Pool]) -> None:
    """Let a registry tell of pools, by the names of their duties."""
    registry.register(_Watched(pools))
