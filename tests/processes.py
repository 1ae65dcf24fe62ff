"""Processes of their own, which share what they are handed and nothing else."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext


def of_a_fork_server() -> ForkServerContext:
    """What starts them: forked from a process that did no more than import the library."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tallybook"])
    return context
