"""One worker: a gRPC server on an event loop, with the lanes to the book behind it, from start to drain.

Knows nothing of the processes beside it.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import grpc.aio
import structlog
import tallybook as tb
from grpc_channelz.v1 import channelz, channelz_pb2_grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc

from tallybook_server import (
    bench_empty,
    service_cards,
    service_checkout,
    service_coupons,
    service_draws,
    service_events,
    service_grants,
    service_mall,
    service_members,
    service_memberships,
    service_points,
    service_programs,
    service_referrals,
    service_reports,
    service_stored_value,
    service_tasks,
    service_tiers,
)
from tallybook_server.book_lanes import Lanes, reading
from tallybook_server.children import give_way, tune
from tallybook_server.clock import book_clock
from tallybook_server.lanes import Lane
from tallybook_server.methods import Methods
from tallybook_server.scribe import Scribe
from tallybook_server.settings import Settings

SLOW_THREADS: Final = 4
MESSAGE_BYTES_MAX: Final = 4 * 1024 * 1024

OPTIONS: Final[list[tuple[str, Any]]] = [
    ("grpc.so_reuseport", 1),
    ("grpc.max_receive_message_length", MESSAGE_BYTES_MAX),
    # Of one connection. Beyond it gRPC refuses streams without a word of ours: it lies above what may queue.
    ("grpc.max_concurrent_streams", 20_000),
    # What gRPC has read and we have not taken yet. Beyond that it cancels calls at random and without a word;
    # by default from 1,000 on, before our own queue is full and says why.
    ("grpc.server.max_pending_requests", 20_000),
    ("grpc.server.max_pending_requests_hard_limit", 40_000),
    # A client that is gone without a word is found out within a minute and a half.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.keepalive_permit_without_calls", 1),
    # Clients may look after us as often as our own client does; gRPC's default throws them out.
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
]

_log = structlog.get_logger(__name__)


class ScribeDied(Exception):
    """The process that writes for this worker died, so that the worker can only end."""


async def serve(
    settings: Settings, scribe: Scribe, is_ready: Callable[[], None], lifeline: int | None = None
) -> None:
    """Serve until SIGTERM or SIGINT, or until the other end of `lifeline` closes; then drain.

    `is_ready` is called when calls are taken. Raises `ScribeDied`, after draining too.
    """
    give_way()
    stop = _stop_event(lifeline)
    loop = asyncio.get_running_loop()
    scribe.when_gone = lambda: loop.call_soon_threadsafe(stop.set)
    book = tb.Book.open(settings.url, clock=book_clock(settings.clock_file))
    lanes = _open_lanes(settings, book, scribe)
    wellbeing = health.aio.HealthServicer()
    server = grpc.aio.server(options=OPTIONS, handlers=[await _methods(settings, lanes, wellbeing)])
    server.add_insecure_port(settings.address)
    await server.start()
    tune()
    is_ready()
    await stop.wait()
    _log.info("draining", grace_seconds=settings.grace_seconds)
    await _drain(server, wellbeing, lanes, settings.grace_seconds)
    scribe.dismiss()
    if scribe.is_gone:
        raise ScribeDied


def _stop_event(lifeline: int | None) -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    if lifeline is not None:
        loop.add_reader(lifeline, stop.set)
    return stop


def _open_lanes(settings: Settings, book: tb.Book, scribe: Scribe) -> Lanes:
    limits = {"batch_max": settings.batch_limit, "waiting_max": settings.queue_limit}
    return Lanes(
        book=book,
        write=Lane("write", scribe.write, **limits),
        read=Lane("read", reading(book), **limits),
        history=Lane("history", reading(book), **limits),
        slow=ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="slow"),
    )


async def _methods(settings: Settings, lanes: Lanes, wellbeing: health.aio.HealthServicer) -> Methods:
    key = tb.CodeKey(settings.code_key) if settings.code_key else None
    services = {
        service_points.NAME: service_points.handlers(lanes),
        service_members.NAME: service_members.handlers(lanes, key),
        service_events.NAME: service_events.handlers(lanes),
        service_stored_value.NAME: service_stored_value.handlers(lanes),
        service_cards.NAME: service_cards.handlers(lanes, key),
        service_checkout.NAME: service_checkout.handlers(lanes),
        service_coupons.NAME: service_coupons.handlers(lanes, key),
        service_draws.NAME: service_draws.handlers(lanes, key),
        service_referrals.NAME: service_referrals.handlers(lanes),
        service_mall.NAME: service_mall.handlers(lanes),
        service_memberships.NAME: service_memberships.handlers(lanes),
        service_tiers.NAME: service_tiers.handlers(lanes),
        service_tasks.NAME: service_tasks.handlers(lanes),
        service_grants.NAME: service_grants.handlers(lanes),
        service_programs.NAME: service_programs.handlers(lanes),
        service_reports.NAME: service_reports.handlers(lanes),
    }
    for name in services:
        await wellbeing.set(name, health_pb2.HealthCheckResponse.SERVING)
    reflected = [*services, health.SERVICE_NAME, reflection.SERVICE_NAME]
    if settings.bench_empty:
        services[bench_empty.NAME] = bench_empty.handlers()
    methods = Methods()
    for name, handlers in services.items():
        methods.add_registered_method_handlers(name, handlers)
    # Methods is all of a server that generated code asks for.
    registry: Any = methods
    health_pb2_grpc.add_HealthServicer_to_server(wellbeing, registry)
    channelz_pb2_grpc.add_ChannelzServicer_to_server(channelz.aio.ChannelzServicer(), registry)
    mirror = reflection.aio.ReflectionServicer(reflected)
    reflection_pb2_grpc.add_ServerReflectionServicer_to_server(mirror, registry)  # type: ignore[no-untyped-call]
    return methods


async def _drain(
    server: grpc.aio.Server, wellbeing: health.aio.HealthServicer, lanes: Lanes, grace_seconds: int
) -> None:
    """Say so, take no more calls, finish those under way, and carry out what they have queued."""
    await wellbeing.enter_graceful_shutdown()
    for stream in lanes.streams:
        stream.cancel()
    await server.stop(grace_seconds)
    await lanes.write.close()
    await lanes.read.close()
    await lanes.history.close()
    lanes.slow.shutdown(wait=False, cancel_futures=True)
    lanes.book.close()
