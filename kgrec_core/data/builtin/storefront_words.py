"""The words of the made-up shop. Brands and systems are invented; any likeness to real ones is by chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """Categories with their products; features that a product here may have; devices and what goes with them."""

    categories: dict[str, tuple[str, ...]]
    features: tuple[str, ...]
    device: tuple[str, ...]
    extras: tuple[str, ...]
    shelf: str  # the category of devices and extras
    system: str  # the kind of connection that a device and its extras share


DEPARTMENTS = (
    Department(
        {
            "Cookware": ("Frying Pan", "Stockpot", "Saucepan", "Casserole"),
            "Baking": ("Loaf Tin", "Mixing Bowl", "Cake Ring", "Rolling Pin"),
            "Tableware": ("Dinner Set", "Serving Bowl", "Carafe", "Cutlery Set"),
        },
        ("dishwasher-safe", "non-stick", "stackable", "heat-proof", "shatter-proof", "hand-finished"),
        ("Espresso Machine", "Stand Mixer"),
        ("Filter Basket", "Milk Jug", "Dough Hook", "Grinder Attachment", "Cleaning Kit", "Drip Tray"),
        "Kitchen Machines",
        "brew head",
    ),
    Department(
        {
            "Lighting": ("Desk Lamp", "Floor Lamp", "Reading Light", "Light Strip"),
            "Desk": ("Monitor Stand", "Writing Desk", "Drawer Unit", "Desk Mat"),
            "Seating": ("Office Chair", "Footrest", "Kneeling Stool", "Seat Cushion"),
        },
        ("foldable", "height-adjustable", "dimmable", "cable-free", "silent", "stain-proof"),
        ("Docking Station", "Standing Desk Frame"),
        ("Monitor Arm", "Cable Tray", "Clamp Lamp", "Headset Hook", "Shelf Clip", "Power Bar"),
        "Desk Systems",
        "rail",
    ),
    Department(
        {
            "Camping": ("Two-Person Tent", "Sleeping Bag", "Camp Stove", "Lantern"),
            "Hiking": ("Rucksack", "Trekking Poles", "Rain Jacket", "Hip Pack"),
            "Water": ("Dry Bag", "Water Bottle", "Paddle Jacket", "Swim Towel"),
        },
        ("waterproof", "ultralight", "windproof", "quick-drying", "reflective", "packable"),
        ("Frame Rucksack", "Base Tent"),
        ("Side Pocket", "Rain Cover", "Bottle Sleeve", "Awning", "Gear Loft", "Ground Sheet"),
        "Expedition Gear",
        "buckle",
    ),
    Department(
        {
            "Cameras": ("Compact Camera", "Action Camera", "Instant Camera", "Trail Camera"),
            "Studio": ("Softbox", "Backdrop", "Light Stand", "Colour Checker"),
            "Camera Bags": ("Shoulder Bag", "Lens Pouch", "Hard Case", "Camera Strap"),
        },
        ("weather-sealed", "shock-proof", "tilting", "magnetic", "pocket-sized", "high-contrast"),
        ("Mirrorless Camera", "Film Camera"),
        ("Wide Lens", "Portrait Lens", "Macro Lens", "Travel Zoom", "Extension Tube", "Lens Adapter"),
        "Camera Systems",
        "lens mount",
    ),
    Department(
        {
            "Bikes": ("City Bike", "Gravel Bike", "Child Bike", "Cargo Trailer"),
            "Bike Parts": ("Saddle", "Handlebar", "Brake Set", "Mudguards"),
            "Bike Clothing": ("Bib Shorts", "Cycling Gloves", "Helmet", "Overshoes"),
        },
        ("aerodynamic", "padded", "rust-proof", "tubeless", "vented", "high-visibility"),
        ("Electric Bike", "Touring Bike"),
        ("Front Basket", "Range Battery", "Child Seat", "Pannier", "Phone Mount", "Rear Rack"),
        "Touring Bikes",
        "click mount",
    ),
    Department(
        {
            "Headphones": ("Over-Ear Headphones", "Earbuds", "Sports Headphones", "Studio Headphones"),
            "Speakers": ("Bookshelf Speaker", "Travel Speaker", "Soundbar", "Subwoofer"),
            "Instruments": ("Stage Piano", "Practice Drum", "Ukulele", "Metronome"),
        },
        ("noise-cancelling", "wireless", "voice-controlled", "fast-charging", "sweat-proof", "lossless"),
        ("Network Amplifier", "Record Player"),
        ("Room Speaker", "Wall Remote", "Phono Stage", "Tuner Module", "Streaming Module", "Dust Cover"),
        "Home Audio",
        "audio link",
    ),
    Department(
        {
            "Garden Tools": ("Pruning Shears", "Spade", "Rake", "Watering Can"),
            "Planting": ("Raised Bed", "Planter", "Seed Tray", "Cold Frame"),
            "Patio": ("Garden Bench", "Parasol", "Fire Bowl", "Bird Feeder"),
        },
        ("frost-proof", "self-watering", "telescopic", "self-sharpening", "uv-resistant", "recycled"),
        ("Cordless Mower", "Watering Computer"),
        ("Hedge Trimmer Head", "Spare Battery", "Drip Hose", "Sprinkler", "Edge Cutter", "Leaf Blower Head"),
        "Cordless Garden",
        "garden coupling",
    ),
    Department(
        {
            "Hand Tools": ("Screwdriver Set", "Claw Hammer", "Socket Set", "Pull Saw"),
            "Storage": ("Tool Chest", "Wall Rack", "Parts Organiser", "Work Trolley"),
            "Safety": ("Work Gloves", "Safety Glasses", "Ear Defenders", "Knee Pads"),
        },
        ("insulated", "anti-slip", "shock-absorbing", "lockable", "chrome-plated", "oil-resistant"),
        ("Cordless Drill", "Multi-Tool"),
        ("Drill Bit Set", "Sanding Head", "Charger", "Saw Blade", "Dust Nozzle", "Angle Attachment"),
        "Power Tools",
        "tool chuck",
    ),
)

PRICES = ("budget", "low", "middle", "upper", "premium")

_STARTS = (
    "Nor",
    "Vel",
    "Tam",
    "Bri",
    "Ost",
    "Kel",
    "Mar",
    "Fen",
    "Lum",
    "Sar",
    "Dra",
    "Hol",
    "Pel",
    "Ruv",
    "Zan",
    "Ild",
)
_ENDS = tuple("vik ora wyn dane mere tis lund quay sett brandt ique holm".split())
_SYSTEM_STARTS = tuple("Ax Ter Quo Bel Nim Cor Yar Plex Und Orb Hex Jun".split())


def brand_name(number: int) -> str:
    """A pronounceable brand; all names below 192 differ, then a number is added.

    >>> brand_name(0), brand_name(17)
    ('Norvik', 'Vellund')
    """
    start, end, again = number % 16, (number + number // 16) % 12, number // 192
    return _STARTS[start] + _ENDS[end] + (f" {again + 1}" if again else "")


def system_name(number: int, kind: str) -> str:
    """What a device and its extras have in common, as "Ax-10 lens mount"."""
    return f"{_SYSTEM_STARTS[number % 12]}-{10 + number // 12} {kind}"
