"""Every command of the tree, typed without its arguments: a sentence, never an error that nobody foresaw."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from shell import Shell

from tracker.cli.registers.commands import VERBS
from tracker.cli.root import root
from tracker.entities import Entity, all_entities
from tracker.services.demo import story

REGISTERS = [kind for kind in all_entities() if not kind.hidden and kind.kind != "programme"]
WITH_OPTIONS = (["show", "--json"], ["set", "--reason", "x"], ["remove", "--reason", "x"], ["restore", "--reason", "x"])


def tree(found: click.Command, path: tuple[str, ...], context: click.Context) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command, of groups too."""
    yield path
    if isinstance(found, click.Group):
        for name in found.list_commands(context):
            inner = found.get_command(context, name)
            assert inner is not None
            yield from tree(inner, (*path, name), context)


def test_every_command_can_be_typed_without_its_arguments(
    shell: Shell, new_programme: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story, "build_demo", lambda path, **_: Path(path).write_bytes(new_programme))
    typed = list(tree(root, (), click.Context(root)))
    for path in typed:
        code = shell.type(*path)  # what is not foreseen is raised here
        assert code in (0, 1, 2), (path, shell.words)
        assert shell.out or shell.words.strip(), path
    assert len(typed) > 250


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.kind)
def test_every_verb_of_a_register_says_that_it_needs_a_ref(shell: Shell, register: type[Entity]) -> None:
    verbs = ("show",) if register.made_with else VERBS
    for words in (*([verb] for verb in verbs if verb not in ("add", "list")), *WITH_OPTIONS):
        if words[0] in verbs:
            said = shell.refused(2, register.kind, *words)
            assert f"“tracker {register.kind} {words[0]}” needs REF." in said
