"""The columns of the four tables of a catalog, spelled once."""

from __future__ import annotations

USER = "user_id"
ITEM = "item_id"
VALUE = "value"  # a grade, or how often; missing where there is neither
QUANTITY = "quantity"  # pieces in all, where each event had some
EVENT = "event"  # what happened, in a word of the file: view, purchase
TIMESTAMP = "timestamp"  # seconds since 1970, UTC
NAME = "display_name"  # what a user is called on screens, where the import was asked to keep it
TITLE = "title"
TEXT = "text"
HEAD = "head"
RELATION = "relation"
TAIL = "tail"
HEAD_LABEL = "head_label"
TAIL_LABEL = "tail_label"
SOURCE = "source"  # of a triple: DESCRIPTION where a text said it; anything else, or no such column, for all others
DESCRIPTION = "description"
