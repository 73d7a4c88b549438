"""Small example tables to start from: they can be imported as they are.

By itself: data, and no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "interactions": (
            "user_id,item_id,value,timestamp\n"
            "anna,tea,5,2024-05-17\nanna,cup,4,2024-05-18\nbert,tea,4,2024-05-19\nbert,salt,2,2024-05-20\n"
        ),
        "items": (
            "item_id,title,text,brand,category,price\n"
            "tea,Green tea,A mild tea from Assam,Leaf,Drinks|Organic,4.50\n"
            'cup,"Cup, blue",A cup for tea,Kiln,Kitchen,9.90\n'
            "salt,Sea salt,,Leaf,Kitchen|Organic,2.20\n"
        ),
        "users": "user_id,age,town\nanna,30-39,Bonn\nbert,30-39,Bonn\n",
        "triples": "head,relation,tail\ntea,country,India\nsalt,country,India\n",
    }
)
