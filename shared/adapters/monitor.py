"""Azure Monitor: takes the figures of `shared/telemetry`, by way of OpenTelemetry.

Figures only. Logs and requests reach Application Insights by the Functions host already; the distribution
that wraps this exporter would send them once more, and would watch every request to Microsoft Graph, whose
URLs hold addresses.

Sources: "Azure Monitor OpenTelemetry exporter" and its environment variables; "Metric data model",
opentelemetry.io/docs/specs/otel/metrics.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from shared import telemetry

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential
    from opentelemetry.metrics import CallbackOptions, Histogram, Meter, Observation
    from opentelemetry.sdk.metrics import MeterProvider

CONNECTION = "APPLICATIONINSIGHTS_CONNECTION_STRING"
AUTHENTICATION = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"
# The library's own reports to Microsoft, and its asking there how to behave: nobody here wants either.
_SILENT = (
    "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL",
    "APPLICATIONINSIGHTS_SDKSTATS_DISABLED",
    "APPLICATIONINSIGHTS_CONTROLPLANE_DISABLED",
)
# Seconds. The import takes half a second of processor time, which a cold start's first requests need more.
DELAY = 20.0
EVERY = 60.0
_TIMEOUT = 5.0

_log = logging.getLogger(__name__)


class Monitor:
    """Sends the figures every minute. What goes wrong with it is logged, and goes no further."""

    def __init__(self, environ: Mapping[str, str], identity: Callable[[], TokenCredential]) -> None:
        """`identity` proves who we are, where the environment says that this is asked for."""
        self._environ = environ
        self._identity = identity
        self._provider: MeterProvider | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def begin(self) -> None:
        """Start in a while and beside all else, where the environment names a place to send to."""
        if self._environ.get(CONNECTION):
            self._timer = threading.Timer(DELAY, self._start)
            self._timer.daemon = True
            self._timer.name = "monitor"
            self._timer.start()

    def flush(self) -> None:
        """Send what there is now; starts before, if need be."""
        self._start()
        if self._provider:
            self._provider.force_flush()

    def close(self) -> None:
        """Send the last figures and stop."""
        atexit.unregister(self.close)
        if self._timer:
            self._timer.cancel()
        with self._lock:
            provider, self._provider = self._provider, None
        if provider:
            provider.shutdown()

    def _start(self) -> None:
        with self._lock:
            if self._provider is None:
                try:
                    self._provider = self._build()
                except Exception as error:  # noqa: BLE001 - somebody else's library; nobody may be hurt by it
                    _log.error("figures are not exported: %s", type(error).__name__)
                    return
                # Whether the platform lets a worker come to its end is the platform's affair.
                atexit.register(self.close)

    def _build(self) -> MeterProvider:
        for name in _SILENT:
            os.environ.setdefault(name, "true")
        from azure.monitor.opentelemetry.exporter import AzureMonitorMetricExporter
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.resources import Resource

        by_identity = "authorization=aad" in self._environ.get(AUTHENTICATION, "").lower()
        exporter = AzureMonitorMetricExporter(
            connection_string=self._environ[CONNECTION],
            credential=self._identity() if by_identity else None,
            # A minute's figures are not worth a disk.
            disable_offline_storage=True,
            timeout=_TIMEOUT,
            read_timeout=_TIMEOUT,
            retry_total=1,
        )
        # As the host calls us, so that logs, requests and figures are one application's.
        resource = Resource({"service.name": self._environ.get("WEBSITE_SITE_NAME", "rollcall")})
        reader = PeriodicExportingMetricReader(exporter, EVERY * 1000)
        # Not the global one: what other libraries measure stays with them.
        provider = MeterProvider([reader], resource, shutdown_on_exit=False)
        _observe(provider.get_meter("rollcall"))
        return provider


def _observe(meter: Meter) -> None:
    from opentelemetry.metrics import Observation

    def observed(
        read: Callable[[], Iterable[telemetry.Figure]],
    ) -> Callable[[CallbackOptions], Iterable[Observation]]:
        return lambda _: [Observation(figure.value, figure.words) for figure in read()]

    # Read first and in this order: what the timings tell is then part of the same export.
    for timings in telemetry.TIMINGS:
        histogram = meter.create_histogram(timings.name, timings.unit, timings.meaning)
        meter.create_observable_gauge(f"{timings.name}.told", [_tells(timings, histogram)])
    for counter in telemetry.COUNTERS:
        callbacks = [observed(counter.read)]
        meter.create_observable_counter(counter.name, callbacks, counter.unit, counter.meaning)
    for state in telemetry.STATES:
        meter.create_observable_gauge(state.name, [observed(state.read)], state.unit, state.meaning)


def _tells(
    timings: telemetry.Timings, histogram: Histogram
) -> Callable[[CallbackOptions], Iterable[Observation]]:
    """Passes the timings on to the histogram when figures are read; measures nothing itself."""

    def tell(_: CallbackOptions) -> Iterable[Observation]:
        for figure in timings.take():
            histogram.record(figure.value, figure.words)
        return []

    return tell
