"""What operators and tools ask of a server: health, reflection, channelz, the empty call."""

from __future__ import annotations

from collections.abc import Iterator

import grpc
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

SERVICES = ["MemberService", "PointsService", "ProgramService", "ReportService"]


@pytest.mark.parametrize("service", ["", *(f"tallybook.v1.{name}" for name in SERVICES)])
def test_each_service_is_healthy(channel: grpc.Channel, service: str) -> None:
    reply = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service))
    assert reply.status == health_pb2.HealthCheckResponse.SERVING


def test_another_service_is_unknown(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service="none"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND  # type: ignore[attr-defined]


def test_the_contract_can_be_reflected(channel: grpc.Channel) -> None:
    def asked() -> Iterator[reflection_pb2.ServerReflectionRequest]:
        yield reflection_pb2.ServerReflectionRequest(list_services="")
        yield reflection_pb2.ServerReflectionRequest(file_containing_symbol="tallybook.v1.PointsService")

    listed, file = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(asked())
    names = [service.name for service in listed.list_services_response.service]
    assert {f"tallybook.v1.{name}" for name in SERVICES} <= set(names)
    (raw, *_) = file.file_descriptor_response.file_descriptor_proto
    service = FileDescriptorProto.FromString(raw).service[0]
    assert "Award" in [method.name for method in service.method]


def test_channelz_knows_the_server(channel: grpc.Channel) -> None:
    reply = channelz_pb2_grpc.ChannelzStub(channel).GetServers(channelz_pb2.GetServersRequest())
    assert len(reply.server) == 1


def test_the_empty_call_is_empty(channel: grpc.Channel) -> None:
    assert channel.unary_unary("/tallybook.bench.Empty/Call")(b"", timeout=20) == b""
