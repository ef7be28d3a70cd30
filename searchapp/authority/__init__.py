"""Records of actors, places and outlets: what the archive knows by itself, read, checked and looked up."""

from searchapp.authority.decisions import Action, Decision, enter
from searchapp.authority.gazetteer import Gazetteer
from searchapp.authority.names import NameIndex, Occurrence, Words, longest, prefixes_of, with_prefixes
from searchapp.authority.records import Actor, Outlet, Place, Record, name_key
from searchapp.authority.registry import AMBIGUOUS, DISCOVERED, Authority
from searchapp.authority.spelling import Spelling, end_of, has_more_capitals, line_around, opens_dateline

__all__ = [
    "AMBIGUOUS",
    "DISCOVERED",
    "Action",
    "Actor",
    "Authority",
    "Decision",
    "Gazetteer",
    "NameIndex",
    "Occurrence",
    "Outlet",
    "Place",
    "Record",
    "Spelling",
    "Words",
    "end_of",
    "enter",
    "has_more_capitals",
    "line_around",
    "longest",
    "name_key",
    "opens_dateline",
    "prefixes_of",
    "with_prefixes",
]
