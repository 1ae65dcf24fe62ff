"""What the server is told, and what it says when that makes no sense."""

from __future__ import annotations

import os

import pytest
from tallybook_server.settings import DEMO_URL, read_settings

URL = "sqlite:///shop.db"


def test_a_url_is_enough() -> None:
    settings = read_settings(["--url", URL], {})
    assert (settings.url, settings.address, settings.workers) == (URL, "127.0.0.1:50051", 1)
    assert (settings.batch_limit, settings.log_format, settings.demo) == (100, "console", False)


def test_the_demo_needs_no_url() -> None:
    assert read_settings(["--demo"], {}).url == DEMO_URL
    assert read_settings(["--demo", "--url", URL], {}).url == URL


def test_variables_stand_in_for_flags() -> None:
    variables = {"TALLYBOOK_URL": URL, "TALLYBOOK_QUEUE_LIMIT": "5000", "TALLYBOOK_DEMO": "true"}
    settings = read_settings([], variables)
    assert (settings.url, settings.queue_limit, settings.demo) == (URL, 5000, True)
    assert read_settings(["--queue-limit", "7000"], variables).queue_limit == 7000


def test_postgresql_has_a_worker_a_core_unless_told() -> None:
    url = "postgresql://host/shop"
    assert read_settings(["--url", url], {}).workers == os.cpu_count()
    assert read_settings(["--url", url, "--workers", "3"], {}).workers == 3


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("0.0.0.0:1", "0.0.0.0", 1),
        ("[::1]:50051", "::1", 50051),
        (":9000", "0.0.0.0", 9000),
        ("localhost:0", "localhost", 0),
    ],
)
def test_addresses_are_taken_apart(address: str, host: str, port: int) -> None:
    settings = read_settings(["--url", URL, "--address", address], {})
    assert (settings.host, settings.port) == (host, port)


@pytest.mark.parametrize(
    ("argv", "variables", "said"),
    [
        ([], {}, "name the database"),
        (["--url", URL, "--workers", "2"], {}, "SQLite has one writer"),
        (["--url", "sqlite://"], {}, "a book in memory"),
        (["--url", URL, "--address", "50051"], {}, "must be host:port"),
        (["--url", URL, "--address", "h:99999"], {}, "must be host:port"),
        (["--url", URL, "--address", "h:" + "9" * 5_000], {}, "must be host:port"),
        (["--url", URL, "--address", "\udcff:1"], {}, "must be host:port"),
        (["--url", URL], {"TALLYBOOK_CODE_KEY": "\udcff" * 16}, "TALLYBOOK_CODE_KEY must be UTF-8 text"),
        (["--url", URL, "--queue-limit", "10"], {}, "from 1000 to"),
        (["--url", URL, "--batch-limit", "1"], {}, "from 2 to 1000"),
        (["--url", URL, "--grace-seconds", "-1"], {}, "whole number"),
        (["--url", URL, "--log-level", "loud"], {}, "loud"),
        (["--url", URL], {"TALLYBOOK_LOG_FORMAT": "xml"}, "--log-format is 'xml'"),
        (["--url", URL], {"TALLYBOOK_WORKERS": "many"}, "'many'"),
        (["--url", URL], {"TALLYBOOK_DEMO": "perhaps"}, "TALLYBOOK_DEMO must be 1 or 0"),
    ],
)
def test_what_makes_no_sense_is_said_clearly(
    argv: list[str], variables: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_settings(argv, variables)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
