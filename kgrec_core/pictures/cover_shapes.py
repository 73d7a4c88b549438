# ruff: noqa: E501 (the lines of a drawing are one word)
"""What covers are drawn from: shapes for kinds of things, patterns and colours; all drawn here, on a square of 24.

A shape is found by the words of a tag or a title, so that a Western has a cactus and a frying pan is a pan; a word that
is not known gets one of the plain shapes, always the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

# Lines as the d of a path, drawn with round ends. Circles are written as two arcs.
_DRAWN: Mapping[str, str] = MappingProxyType(
    {
        "masks": "M4 5h9v5a4.5 4.5 0 0 1-9 0zM6.5 8h.1M10.5 8h.1M6.8 11.2a2.4 2.4 0 0 0 3.4 0M15 9h5v5a4.5 4.5 0 0 1-7.5 3.3"
        "M16 12h.1M18.4 12h.1M15.6 16.2a2.4 2.4 0 0 1 2.6 0",
        "smile": "M12 3a9 9 0 1 0 .01 0M8.5 9.5v.5M15.5 9.5v.5M7.5 14a5.2 5.2 0 0 0 9 0z",
        "bolt": "M13 2.5 5 13.5h5.5L10 21.5l9-11.5h-5.8z",
        "mountain": "M2.5 19.5 9 7l4 7 2.5-3.5 6 9zM7.3 10.5l1.7 1.6 1.8-1.6M17 6a1.6 1.6 0 1 0 .01 0",
        "balloon": "M12 3a5.8 6.6 0 1 0 .01 0M12 16.2v1.6M10.8 17.8h2.4M12 17.8c-1.6 1.4 1.4 2.2 0 3.7",
        "star": "M12 3l2.6 5.8 6.2.7-4.6 4.3 1.3 6.2L12 16.9 6.5 20l1.3-6.2L3.2 9.5l6.2-.7z",
        "magnifier": "M10.5 4a6.5 6.5 0 1 0 .01 0M15.4 15.4 21 21M8 10.5a2.6 2.6 0 0 1 2.5-2.6",
        "camera": "M3.5 8h4l1.5-2.5h6L16.5 8h4v11h-17zM12 10a3.4 3.4 0 1 0 .01 0",
        "castle": "M4 21V9h2.4v2.2h2.2V9H11v2.2h2V9h2.4v2.2h2.2V9H20v12zM10 21v-4a2 2 0 0 1 4 0v4M12 9V3l4 1.6-4 1.6",
        "hat": "M2.5 16c3 2.6 16 2.6 19 0M5.8 16.6C6.2 10 7.6 6.5 9.4 6.5c1.2 0 1.6.8 2.6.8s1.4-.8 2.6-.8c1.8 0 3.2 3.5 3.6 10.1M6.4 13.2h11.2",
        "ghost": "M5 20.5V11a7 7 0 0 1 14 0v9.5l-2.4-2-2.3 2-2.3-2-2.3 2-2.3-2zM9.3 10.5v1M14.7 10.5v1",
        "note": "M9 18V5l10-2v12.6M9 8.6l10-2M6.4 15.6a2.6 2.4 0 1 0 .01 0M16.4 13.2a2.6 2.4 0 1 0 .01 0",
        "keyhole": "M12 2.8 20 6v6c0 4.6-3.4 7.6-8 9.4-4.6-1.8-8-4.8-8-9.4V6zM12 8a2 2 0 1 0 .01 0M12 12v4",
        "heart": "M12 20.4C5.6 15.6 3 12.4 3 9a4.6 4.6 0 0 1 9-1.5A4.6 4.6 0 0 1 21 9c0 3.4-2.6 6.6-9 11.4z",
        "planet": "M12 6.4a5.6 5.6 0 1 0 .01 0M6.8 10C3.8 12.6 2.2 15 2.9 16.2c1 1.7 6.2.3 11.4-2.8s8.6-6.9 7.6-8.6c-.6-1.1-3-.9-6 .3",
        "eye": "M2.5 12C5 7.8 8.2 5.8 12 5.8s7 2 9.5 6.2c-2.5 4.2-5.7 6.2-9.5 6.2S5 16.2 2.5 12zM12 9a3 3 0 1 0 .01 0",
        "shield": "M12 2.8 20 6v6c0 4.6-3.4 7.6-8 9.4-4.6-1.8-8-4.8-8-9.4V6zM12 7v9.5M7.5 11h9",
        "cactus": "M10 21V5.5a2 2 0 0 1 4 0V21M10 14H8a2.5 2.5 0 0 1-2.5-2.5V9M14 12h2a2.5 2.5 0 0 0 2.5-2.5V7.5M6 21h12",
        "film": "M4 4.5h16v15H4zM8 4.5v15M16 4.5v15M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
        "book": "M12 6.5C9.8 4.8 7 4.3 3.5 4.5v13.8c3.5-.2 6.3.4 8.5 2 2.2-1.6 5-2.2 8.5-2V4.5c-3.5-.2-6.3.3-8.5 2zM12 6.5v13.8",
        "news": "M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M7 8.5h7M7 12h7M7 15.5h4",
        "person": "M12 4a4 4 0 1 0 .01 0M4.5 20.5a7.5 7.5 0 0 1 15 0",
        "pan": "M3 11h12v2.5a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4zM15 12.2l7-2M6 8V6.4M9 8V5.6M12 8V6.4",
        "pot": "M5 10h14v6.5a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM2.5 12H5M19 12h2.5M4.5 10h15M12 7v3M10.5 7h3",
        "bowl": "M3 11h18a9 9 0 0 1-6 8.4v1.1H9v-1.1A9 9 0 0 1 3 11zM9 8c-1-1.2 1-2 0-3.4M13.5 8c-1-1.2 1-2 0-3.4",
        "cup": "M5 8h11v7.5a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 10h1.6a2.7 2.7 0 0 1 0 5.4H16M8.5 5.4V3.6M12.5 5.4V3.6",
        "jug": "M7 4h9l-1 4c2 2 2.5 4.5 2.5 7a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5c0-2.5 1-5 2.5-7zM17 9.5h3.5v5H17.6",
        "cutlery": "M7 3v6.5M4.5 3v4.5a2.5 2.5 0 0 0 5 0V3M7 10v11M16.5 21v-7.5h-2V7c0-2.4 1-4 2-4z",
        "machine": "M5 3.5h14v5H5zM7.5 8.5v12h11v-3h-7v-9M11.5 12h4v3.2h-4zM15 6h1.6",
        "tray": "M3.5 7.5h17v11h-17zM3.5 13h5l1.4 2.4h4.2l1.4-2.4h5",
        "lamp": "M8.5 3.5h7l3.5 8H5zM12 11.5v8M8 20.5h8M15.5 11.5v3",
        "light": "M12 3a6 6 0 0 1 3.4 11v2.5H8.6V14A6 6 0 0 1 12 3zM9.2 19h5.6M10.4 21.3h3.2",
        "desk": "M2.5 8.5h19M4.5 8.5v11M19.5 8.5v11M13 8.5v6.5h6.5M16 11.8h.6",
        "chair": "M7.5 3.5h9v8.5h-9zM5.5 12h13v3h-13zM12 15v3M7 21l5-3 5 3",
        "screen": "M3.5 4.5h17v11h-17zM12 15.5v4M8 19.5h8",
        "tent": "M12 4.5 2.5 20h19zM12 4.5 13.4 3M12 11l-4 9M12 11l4 9",
        "bag": "M6.5 9.5A5.5 5.5 0 0 1 12 4a5.5 5.5 0 0 1 5.5 5.5V20h-11zM9.8 4.5V3h4.4v1.5M9 13.5h6V17H9zM6.5 13H4.8v4.5h1.7M17.5 13h1.7v4.5h-1.7",
        "handbag": "M5 9h14l1 11.5H4zM8.5 12V7a3.5 3.5 0 0 1 7 0v5",
        "jacket": "M9 3.5 4.5 6l-1.8 9H6v5.5h12V15h3.3l-1.8-9L15 3.5l-3 3zM12 6.5v14",
        "shirt": "M9 3.5 3 6.5l2 4.5 2-1v10.5h10V10l2 1 2-4.5-6-3a3 3 0 0 1-6 0z",
        "shoe": "M3 8v9.5h18V15c0-1.6-1.4-2.2-3.4-2.7C14.6 11.6 13 10 12 7.6 9.4 9.6 6 10 3 8zM3 14.5h18",
        "bottle": "M10 2.8h4v3.4c2 1.2 2.5 2.6 2.5 4.6v10.4h-9V10.8c0-2 .5-3.4 2.5-4.6zM7.5 12.5h9M7.5 17h9",
        "drop": "M12 3c4 4.6 6.2 7.8 6.2 11a6.2 6.2 0 0 1-12.4 0C5.8 10.8 8 7.6 12 3zM9 14.4a3 3 0 0 0 2.6 3",
        "lens": "M12 3.5a8.5 8.5 0 1 0 .01 0M12 7a5 5 0 1 0 .01 0M12 10.6a1.4 1.4 0 1 0 .01 0",
        "tripod": "M8 4h8v5H8zM12 9v3M12 12 6 21M12 12l6 9M12 12v9",
        "bike": "M6 12a4 4 0 1 0 .01 0M18 12a4 4 0 1 0 .01 0M6 16l4-7h6l2 7M10 9l3.4 7H6M16 9l-1-3h2.6M8.4 7h2.8",
        "helmet": "M3 15a9 9 0 0 1 18 0v2H3zM9 7v5M15 7v5M12 6v6M5 17l2 3",
        "headphones": "M4 16v-3a8 8 0 0 1 16 0v3M4 14.5h3.4v6H4zM16.6 14.5H20v6h-3.4z",
        "speaker": "M6 2.8h12v18.4H6zM12 5.4a1.6 1.6 0 1 0 .01 0M12 11a4 4 0 1 0 .01 0M12 14.3a.7.7 0 1 0 .01 0",
        "piano": "M3 5h18v14H3zM9 5v14M15 5v14M7 5v8h3.6V5M13.4 5v8H17V5",
        "drum": "M12 5c5 0 8.5 1.4 8.5 3S17 11 12 11 3.5 9.6 3.5 8 7 5 12 5zM3.5 8v8.5c0 1.6 3.5 3 8.5 3s8.5-1.4 8.5-3V8M8 11v8M16 11v8",
        "disc": "M12 3a9 9 0 1 0 .01 0M12 9.6a2.4 2.4 0 1 0 .01 0M6.5 12A5.5 5.5 0 0 1 12 6.5",
        "spade": "M12 3v9M9 3h6M7.5 12h9v4c0 3-2.6 4.6-4.5 5.6-1.9-1-4.5-2.6-4.5-5.6z",
        "rake": "M12 3v11M5 14h14M5 14v5M9.6 14v5M14.4 14v5M19 14v5",
        "shears": "M6 3.5 15 16M18 3.5 9 16M7.4 15.6a2.6 2.6 0 1 0 .01 0M16.6 15.6a2.6 2.6 0 1 0 .01 0",
        "leaf": "M5 19C4 10 9 4.5 20 4c.5 11-5 16-13.5 14.5M4 21c2-5 5-8.5 10-11",
        "can": "M4.5 10h10v10h-10zM14.5 13l5.5-5M18.6 6.6l2.8 2.8M4.5 10a5 5 0 0 1 10 0",
        "plug": "M8.5 3v5M15.5 3v5M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5V22",
        "battery": "M3 8h16v9H3zM19 11h2.5v3H19M6 11v3M9.5 11v3M13 11v3",
        "phone": "M7 2.8h10v18.4H7zM10.6 18.4h2.8",
        "remote": "M8.5 2.8h7v18.4h-7zM12 5.6a1.4 1.4 0 1 0 .01 0M11 11h2M11 14h2M11 17h2",
        "clip": "M8 12.5 15 5.6a3.4 3.4 0 0 1 4.8 4.8l-9 8.8a5.4 5.4 0 0 1-7.5-7.7L12 3",
        "box": "M12 2.8 20.5 7v10L12 21.2 3.5 17V7zM3.5 7l8.5 4.4L20.5 7M12 11.4v9.8",
        "toy": "M12 8.6a6.2 6 0 1 0 .01 0M7 5a2.4 2.4 0 1 0 .01 0M17 5a2.4 2.4 0 1 0 .01 0M9.6 13v.8M14.4 13v.8M10.4 17a2.2 2.2 0 0 0 3.2 0",
        "gem": "M7 4h10l4.5 6L12 21 2.5 10zM2.5 10h19M9 10l3 11 3-11-3-6z",
        "clock": "M12 3a9 9 0 1 0 .01 0M12 7v5.4l3.6 2",
        "globe": "M12 3a9 9 0 1 0 .01 0M3 12h18M12 3c5.4 5.4 5.4 12.6 0 18M12 3C6.6 8.4 6.6 15.6 12 21",
        "flame": "M12 2.8c1 4 6 6.2 6 11.4a6 6 0 0 1-12 0c0-2.6 1.4-4 2.4-5.2.4 1.6 1 2.4 2 2.8C9.8 8.4 10.4 5.4 12 2.8z",
        "sun": "M12 8a4 4 0 1 0 .01 0M12 2.5v2.6M12 18.9v2.6M2.5 12h2.6M18.9 12h2.6M5.3 5.3l1.8 1.8M16.9 16.9l1.8 1.8M18.7 5.3l-1.8 1.8M7.1 16.9l-1.8 1.8",
        # plain shapes, for what no word is known of
        "ring": "M12 3.5a8.5 8.5 0 1 0 .01 0M12 8.5a3.5 3.5 0 1 0 .01 0",
        "triangle": "M12 3.5 21.5 20h-19zM12 10l3.6 6.4H8.4z",
        "square": "M4 4h16v16H4zM9 9h6v6H9z",
        "hexagon": "M12 2.8 20 7.4v9.2l-8 4.6-8-4.6V7.4zM12 8l3.5 2v4L12 16l-3.5-2v-4z",
        "diamond": "M12 2.5 21.5 12 12 21.5 2.5 12zM12 8l4 4-4 4-4-4z",
        "cross": "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
        "waves": "M2.5 8c3-3 6.3-3 9.5 0s6.5 3 9.5 0M2.5 13c3-3 6.3-3 9.5 0s6.5 3 9.5 0M2.5 18c3-3 6.3-3 9.5 0s6.5 3 9.5 0",
        "steps": "M3 20.5h18v-5h-6v-5H9v-5H3z",
        "arch": "M3.5 20.5V12a8.5 8.5 0 0 1 17 0v8.5h-5V12a3.5 3.5 0 0 0-7 0v8.5z",
        "petals": "M12 12c-6 0-8-3-8-8 5 0 8 2 8 8zM12 12c6 0 8 3 8 8-5 0-8-2-8-8zM12 12c0-6 3-8 8-8 0 5-2 8-8 8zM12 12c0 6-3 8-8 8 0-5 2-8 8-8z",
    }
)  # fmt: skip
PLAIN = ("ring", "triangle", "square", "hexagon", "diamond", "cross", "waves", "steps", "arch", "petals")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        word: shape
        for shape, words in {
            "masks": "drama theatre theater stage tragedy",
            "smile": "comedy humor humour funny satire parody fun",
            "bolt": "action superhero martial power electric energy",
            "mountain": "adventure hiking outdoor outdoors travel climbing nature country",
            "balloon": "children kids family childrens baby party",
            "star": "animation animated fantasy-star celebrity pop awards",
            "magnifier": "crime detective police gangster investigation",
            "camera": "documentary cameras camera photography biography photo",
            "castle": "fantasy fairy medieval history historical epic knight",
            "hat": "film-noir noir heist spy hat fashion",
            "ghost": "horror supernatural zombie vampire monster gothic",
            "note": "musical music jazz rock song opera metal indie folk soul classical rap",
            "keyhole": "mystery secret puzzle security",
            "heart": "romance romantic love wedding dating health",
            "planet": "sci-fi science-fiction science space scifi astronomy",
            "eye": "thriller suspense psychological vision glasses optics",
            "shield": "war military army politics political battle",
            "cactus": "western cowboy desert plants",
            "film": "imax film films movie movies short cinema video",
            "book": "book books novel literature poetry fiction nonfiction reading notebook diary education school",
            "news": "news article magazine press world opinion",
            "person": "people person social member friend lifestyle",
            "pan": "pan skillet wok frying cookware griddle",
            "pot": "pot stockpot saucepan casserole kettle stove cooker",
            "bowl": "bowl tin baking cake ring-tin dish tableware food cooking cuisine dinner soup basket",
            "cup": "cup mug tea coffee espresso breakfast",
            "jug": "jug carafe pitcher teapot vase",
            "cutlery": "cutlery fork knife spoon kitchen restaurant",
            "machine": "machine machines mixer grinder attachment blender toaster hook",
            "tray": "tray drawer shelf rack organiser organizer drip gear loft",
            "lamp": "lamp lighting lampshade",
            "light": "light bulb lantern candle candles idea reading-light softbox",
            "desk": "desk table mat writing office",
            "chair": "chair stool seat seating sofa cushion footrest bench furniture saddle",
            "screen": "monitor screen display tv television laptop computer tablet stand docking backdrop computers electronics",
            "tent": "tent camping awning shelter sheet ground camp",
            "bag": "rucksack backpack bag pack pannier hip expedition pouch pocket luggage",
            "handbag": "handbag tote shoulder purse case wallet shopping",
            "jacket": "jacket coat rain anorak hoodie sweater cover",
            "shirt": "shirt t-shirt clothing clothes shorts bib apparel dress gloves towel wear",
            "shoe": "shoe shoes boots sneakers overshoes trainers sandals footwear",
            "bottle": "bottle wine drink beer sleeve perfume oil",
            "drop": "water swim paddle dry soap beauty cleaning bath skin cosmetics",
            "lens": "lens zoom macro wide portrait adapter tube",
            "tripod": "tripod studio arm frame poles clamp",
            "bike": "bike bikes bicycle cycling cargo trailer handlebar mudguards brake cycle touring",
            "helmet": "helmet hard sport sports football motor",
            "headphones": "headphones earbuds headset earphones podcast",
            "speaker": "speaker speakers soundbar subwoofer amplifier audio sound stereo",
            "piano": "piano keyboard instruments organ ukulele guitar violin",
            "drum": "drum drums metronome percussion",
            "disc": "record disc vinyl album cd phono turntable electronic dance",
            "spade": "spade shovel garden tools tool hammer",
            "rake": "rake broom brush comb",
            "shears": "shears scissors pruning checker cutter tailor craft",
            "leaf": "plant plants-leaf leaf flower seed organic vegan green tree",
            "can": "watering can paint",
            "plug": "plug power cable bar charger usb station module tuner streaming network",
            "battery": "battery accumulator range",
            "phone": "phone mobile smartphone app mount",
            "remote": "remote control wall controller game games gaming",
            "clip": "clip strap extension hook-clip paper stationery",
            "box": "box kit set gift cards card bundle parcel grocery",
            "toy": "toy toys bear doll child play pet pets",
            "gem": "jewellery jewelry ring-gem gem gold silver necklace luxury",
            "clock": "clock watch watches alarm time",
            "globe": "globe geography language foreign international economy business finance",
            "flame": "flame fire grill barbecue hot heater",
            "sun": "sun summer beach holiday weather",
        }.items()
        for word in words.split()
    }
)
# Colours of a cover from top to bottom; white letters on each have a contrast of 4.5 and more.
GROUNDS = (
    ("#4F46E5", "#312E81"),
    ("#0B7A6E", "#134E4A"),
    ("#B4530A", "#7C2D12"),
    ("#2563EB", "#1E3A8A"),
    ("#BE123C", "#7F1030"),
    ("#7C3AED", "#4C1D95"),
    ("#4D7C0F", "#2F4B0B"),
    ("#0E7490", "#164E63"),
    ("#A21CAF", "#6B1375"),
    ("#475569", "#1E293B"),
    ("#8A5A0B", "#4F330A"),
    ("#BE185D", "#7A1242"),
)
# Ground of well-known kinds, so that neighbours on a usual list are told apart; other kinds are spread over all.
_KNOWN: Mapping[str, int] = MappingProxyType(
    dict(drama=0, comedy=2, action=4, adventure=1, animation=7, children=8, crime=9, documentary=6, fantasy=5, horror=9,
         musical=11, mystery=7, romance=11, thriller=3, war=6, western=10)
    | {"sci-fi": 3, "film-noir": 9}
)  # fmt: skip
_COLOURS: Mapping[str, str] = MappingProxyType(
    dict(black="#1F2430", white="#F4F2EC", grey="#8B90A0", gray="#8B90A0", silver="#B9BEC9", red="#D7263D",
         orange="#E8741E", yellow="#EDB91C", gold="#CFA12B", green="#2E8B57", olive="#7A7F2A", teal="#0E9F8E",
         turquoise="#2BB8B0", blue="#2F6FDE", navy="#1F2F66", purple="#7C3AED", violet="#8B5CF6", pink="#E26BA0",
         brown="#8B5A2B", beige="#DCCBA8", cream="#F0E6CC", natural="#D9C39A", copper="#B4693A", clear="#DCEAF2")
)  # fmt: skip
# How a material is hinted at: lines over the thing, as the d of a path on the square.
_MATERIALS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("wood", "wooden", "oak", "bamboo", "walnut", "beech", "pine"), "M0 5q6-2 12 0t12 0M0 12q6-2 12 0t12 0M0 19q6-2 12 0t12 0"),
        **dict.fromkeys(("metal", "steel", "aluminium", "aluminum", "iron", "brass", "copper", "titanium"), "M0 8 8 0M0 16 16 0M0 24 24 0M8 24 24 8M16 24l8-8"),
        **dict.fromkeys(("glass", "crystal", "acrylic"), "M4 20 20 4M9 21 21 9"),
        **dict.fromkeys(("cotton", "linen", "wool", "fabric", "canvas", "silk", "denim", "polyester", "felt"), "M4 0v24M12 0v24M20 0v24M0 4h24M0 12h24M0 20h24"),
        **dict.fromkeys(("leather", "suede", "cork"), "M4 5h.1M12 3h.1M20 6h.1M7 12h.1M16 11h.1M4 19h.1M12 18h.1M20 20h.1"),
        **dict.fromkeys(("ceramic", "porcelain", "clay", "stone", "marble", "concrete"), "M0 7q5 4 10 0t14 2M0 17q7 4 12 0t12 1"),
        **dict.fromkeys(("plastic", "rubber", "silicone", "nylon"), "M6 6h.1M12 6h.1M18 6h.1M6 12h.1M12 12h.1M18 12h.1M6 18h.1M12 18h.1M18 18h.1"),
        **dict.fromkeys(("paper", "cardboard"), "M3 8h18M3 12h18M3 16h18"),
    }
)  # fmt: skip
PATTERNS = ("rays", "hills", "stripes", "dots", "circles", "blocks")  # behind a shape


def outline(shape: str) -> str:
    """The lines of a shape, as the d of a path on a square of 24."""
    return _DRAWN[shape]


def shape_of(tags: Iterable[str], title: str) -> str:
    """The shape of the last word of the title that names a thing, for a product; see `kind_of` for other items."""
    words = [word for word in reversed(_words(title)) if word in _WORDS]
    return _WORDS[words[0]] if words else kind_of(tags, title)


def kind_of(tags: Iterable[str], title: str) -> str:
    """The shape of the first tag that names a kind; else one of the plain shapes, by the first tag or the title."""
    told = list(tags)
    for tag in told:
        for word in (tag.lower(), *_words(tag)):
            if word in _WORDS:
                return _WORDS[word]
    return PLAIN[_number(told[0] if told else title) % len(PLAIN)]


def ground_of(tags: Iterable[str], title: str) -> tuple[str, str]:
    """The colours of a cover: the bright one of its main tag at the top, the dark one of its second tag at the bottom.

    By the title for an item that has no tag.
    """
    told = [*tags][:2] or [title]
    first, last = (GROUNDS[_KNOWN.get(tag.lower(), _number(tag) % len(GROUNDS))] for tag in (told[0], told[-1]))
    return first[0], last[1]


def pattern_of(tags: Iterable[str], title: str) -> str:
    """By all tags but the main one, and the title where there is none."""
    return PATTERNS[_number("|".join(list(tags)[1:]) or title) % len(PATTERNS)]


def colour_of(names: Iterable[str]) -> str | None:
    """The colour that one of these names means, as hexadecimal RGB; None where none does."""
    return next((_COLOURS[word] for name in names for word in _words(name) if word in _COLOURS), None)


def material_of(names: Iterable[str]) -> str | None:
    """The lines that hint at one of these materials, as the d of a path on the square; None where none is known."""
    return next((_MATERIALS[word] for name in names for word in _words(name) if word in _MATERIALS), None)


def _words(text: str) -> list[str]:
    return text.lower().replace("/", " ").replace(",", " ").replace("|", " ").replace("&", " ").split()


def _number(text: str) -> int:
    """The same for a text on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).digest(), "big")
