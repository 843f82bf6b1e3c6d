"""`reportgen schema`: what an editor completes and checks a model file with."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of the model file, for editors.

    Write it beside a model, and name it in the model's first line:

    \b
    # yaml-language-server: $schema=model.schema.json
    """
    from reportgen.model.json_schema import json_schema

    click.echo(json_schema(), nl=False)
