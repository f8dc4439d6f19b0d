"""Speakable names for visitors who gave none: easy to say across a room, never two alike on a site."""

import secrets
from typing import Final

_HOW: Final = (
    "amber autumn azure bold brave breezy bright calm candid cheery civil clever coral cosy crisp curious daring "
    "dapper eager early earnest easy fair fancy fleet fond frank gentle glad golden good grand hardy hasty honest "
    "humble indigo ivory jade jolly keen kind lilac lively lucky lunar mellow merry mild misty modest neat nimble "
    "noble olive opal patient placid plucky polite proud quick quiet rapid ready rosy ruby rustic sage scarlet "
    "serene silver smart snowy solar spry steady stout sunny swift tender tidy topaz tranquil trusty velvet vivid "
    "warm wily wise witty young zesty"
).split()
_WHO: Final = (
    "alpaca badger beaver bee bison bobcat bunting camel cat chamois cheetah cicada condor coot crane cricket crow "
    "deer dolphin donkey dormouse dove duck eagle egret elk falcon ferret finch firefly fox frog gannet gazelle "
    "gecko goose grouse gull hamster hare hawk hedgehog heron hoopoe horse ibex ibis impala jackdaw jay kestrel "
    "kingfisher kite kiwi koala ladybird lark lemur linnet llama lynx magpie marmot marten merlin mole moose moth "
    "mouse newt nightjar ocelot okapi oriole osprey otter owl panda parrot partridge pelican penguin pheasant "
    "plover pony puffin quail rabbit raven robin salmon seal shrew skylark sparrow squirrel starling stoat stork "
    "swallow swan swift tapir tern thrush toucan trout turtle vole wagtail walrus weasel whale wolf wombat wren zebra"
).split()


def speakable_name(attempt: int = 0) -> str:
    """Such as "Curious Otter"; from the third attempt on with a number, since the pairs run out."""
    name = f"{secrets.choice(_HOW)} {secrets.choice(_WHO)}".title()
    return name if attempt < 2 else f"{name} {secrets.randbelow(10 ** (attempt + 1)) + 2}"
