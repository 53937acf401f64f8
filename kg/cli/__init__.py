"""The command line's commands; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "build": ("kg.cli.build", "Build the graph from documents and publish it."),
    "validate": ("kg.cli.validate", "Check what documents give, without publishing."),
    "facts": ("kg.cli.facts", "Print what documents say, one fact a line."),
    "explain-document": ("kg.cli.explain", "Show how a document is understood, and what is not."),
    "query": ("kg.cli.query", "Ask what is published a SPARQL query."),
    "why": ("kg.cli.why", "Tell why a published statement holds."),
    "static": ("kg.cli.static", "Write the site as files, for a host that runs no Python."),
    "rebase": (
        "kg.cli.rebase",
        "Publish what is published under another base IRI, without building it anew.",
    ),
    "serve": ("kg.cli.serve", "Serve what is published over HTTP."),
    "publish": ("kg.cli.publish", "Load what is published into a store of another server."),
    "backup": ("kg.cli.backup", "Write everything that is published into one file."),
    "restore": ("kg.cli.restore", "Publish what a backup holds."),
}

EXIT_CODES = [
    ("0", "all went well"),
    ("1", "a document could not be read or breaks a rule; 'kg build' has published nothing new"),
    ("2", "the command was not understood, or names something that is not there"),
    ("3", "nothing is published yet"),
    ("4", "published, but for documents that are held back"),
]


class Commands(click.Group):
    """A group that imports a command when it is asked for: a query need not wait for language models."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in a line each, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; an unknown one is answered with those that there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}; the commands are {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The exit codes, and how settings are given."""
        with formatter.section("Exit codes"):
            formatter.write_dl(EXIT_CODES)
        with formatter.section("Settings"):
            formatter.write_text(
                "from the environment: ENTENTE_BASE, ENTENTE_DIST, ENTENTE_POLICY …, "
                "or a file of TOML that ENTENTE_CONFIG names"
            )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="entente", prog_name="kg")
def group() -> None:
    """Turn documents about defence cooperation into linked data that people trust.

    Begin with 'kg build', then 'kg serve'.
    """


def main(args: Sequence[str] | None = None, **extra: Any) -> Any:
    """Run a command; returns only in tests."""
    return group(args=args, prog_name="kg", **extra)
