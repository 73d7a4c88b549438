"""Tables as other programs and countries write them: mostly ASCII, with some words in another encoding."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import pytest

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.encodings import guessed
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.import_report import NOTE, WARNING, Finding
from kgrec_core.data.ledger import Ledger

TITLES = {
    "ru": "Война и мир|Братья Карамазовы|Мастер и Маргарита|Чайка|Иваново детство|Солярис|Летят журавли|Тихий Дон",
    "genres": "драма|комедия|боевик|ужасы|мелодрама|детектив|приключения|фантастика|семейный|военный",
    "uk": "Тіні забутих предків|Земля|Лісова пісня|Захар Беркут|Місто|Камінний хрест|Поводир|Їжак|Енеїда",
    "zh": "红楼梦|西游记|三国演义|霸王别姬|大红灯笼高高挂|活着|卧虎藏龙|花样年华|重庆森林|让子弹飞|边城",
    "tw": "紅樓夢|西遊記|三國演義|悲情城市|大紅燈籠高高掛|活著|臥虎藏龍|花樣年華|重慶森林|海角七號|飲食男女",
    "ja": "七人の侍|羅生門|千と千尋の神隠し|となりのトトロ|もののけ姫|東京物語|リング|君の名は。|火垂るの墓|生きる",
    "ko": "기생충|올드보이|살인의 추억|괴물|부산행|아가씨|빈집|밀양|버닝|곡성|마더|추격자|신세계|왕의 남자",
    "pl": "Człowiek z żelaza|Popiół i diament|Nóż w wodzie|Dzień świra|Chłopi|Krzyżacy|Boże Ciało|Miś|Siódma pieczęć",
    "cs": "Ostře sledované vlaky|Hoří, má panenko|Tři oříšky pro Popelku|Spalovač mrtvol|Pelíšky|Žert|Černí baroni",
    "hu": "Szegénylegények|Sátántangó|Testről és lélekről|Tüskevár|Üvegtigris|Bánk bán|Őszi almanach|Tűzoltó utca 25.",
    "de": "Der Himmel über Berlin|Männer|Die Räuber|Frühstück bei Tiffany|Zwölf Uhr mittags|M – Eine Stadt|Großstadt",
    "fr": "Le Mépris|À bout de souffle|La Règle du jeu|L’Étranger|Être et avoir|Ça commence|L’Œuvre au noir",
    "pt": "Memórias Póstumas|São Bernardo|Capitães da Areia|Lixo Extraordinário|Grande Sertão|Camões|Saíram de Férias",
    "sv": "Smultronstället|Låt den rätte komma in|Mitt liv i rött|Höstsonaten|Körkarlen|Röda rummet|Åsa-Nisse",
    "mixed": "Misérables, Les|Über den Wolken|Señor Ibrahim|Père et fils|São Paulo|Ångström|Smørrebrød|Città|El Niño",
    "goods": "Sofa 2 m³|Café Crème|Pump 10 m³/h|Windows® Tool|Lamp 10 µm|Deal £10|½ price|Größe 12|Piñata set|¡Fiesta!",
    "el": "Ζορμπάς|Κυνόδοντας|Πολίτικη κουζίνα|Ευδοκία|Ο θίασος|Τοπίο στην ομίχλη|Η φόνισσα|Λωξάντρα",
    "tr": "Kış Uykusu|Üç Maymun|Eşkıya|Hababam Sınıfı|Sürü|Çalıkuşu|Aşk-ı Memnu|Benim Adım Kırmızı|Güneşi Gördüm",
    "he": "ואלס עם באשיר|ביקור התזמורת|הערת שוליים|סיפור על אהבה וחושך|כנפיים שבורות|אישה בורחת מבשורה",
    "ar": "باب الحديد|عمارة يعقوبيان|بين القصرين|قصر الشوق|ألف ليلة وليلة|عائد إلى حيفا|رجال في الشمس",
    "lt": "Dievų miškas|Mėnuliais|Niekas nenorėjo mirti|Balta drobulė|Altorių šešėly|Žemės ar moters|Ąžuolas",
}
WRITTEN = [
    *[("ru", codec) for codec in ("cp1251", "koi8_r", "cp866", "iso8859_5")],
    *[("genres", "cp1251"), ("genres", "koi8_r"), ("uk", "cp1251"), ("uk", "koi8_u")],
    *[("zh", "gb18030"), ("zh", "gb2312"), ("tw", "big5"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ko", "euc_kr")],
    *[(language, codec) for language in ("pl", "cs", "hu") for codec in ("cp1250", "iso8859_2")],
    *[
        ("de", "cp1252"),
        ("fr", "cp1252"),
        ("pt", "latin_1"),
        ("sv", "latin_1"),
        ("mixed", "cp1252"),
        ("goods", "cp1252"),
    ],
    *[("el", "cp1253"), ("tr", "cp1254"), ("he", "cp1255"), ("ar", "cp1256"), ("lt", "cp1257")],
    *[(language, codec) for language in ("ru", "zh", "de") for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")],
]


def table(language: str, between: int = 0, rows: int = 24) -> str:
    """Items with an ASCII header; `between` English titles stand before each foreign one."""
    foreign = islice(cycle(TITLES[language].split("|")), rows)
    lines = [line for title in foreign for line in (*["Heat;1995;Drama"] * between, f"{title};1999;Comedy")]
    return "item_id;title;year;genre\n" + "".join(f"{number};{line}\n" for number, line in enumerate(lines))


def read(folder: Path, data: bytes) -> tuple[str, list[Finding]]:
    """The text of a file with these bytes, and what was said of it."""
    path, ledger = folder / "items.csv", Ledger()
    path.write_bytes(data)
    return decoded(SourceFile("items.csv", path), ledger), list(ledger.findings())


@pytest.mark.parametrize("between", [0, 200], ids=["dense", "sparse"])
@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_titles_are_read_as_they_were_written(language: str, codec: str, between: int, tmp_path: Path) -> None:
    text = table(language, between)
    assert read(tmp_path, text.encode(codec, "strict" if codec != "latin_1" else "ignore"))[0] == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_nothing_is_said_of_a_file_that_says_how_it_is_written(codec: str, tmp_path: Path) -> None:
    assert read(tmp_path, table("ru").encode(codec))[1] == []


def test_what_was_guessed_is_said_with_the_line_where_it_began(tmp_path: Path) -> None:
    (said,) = read(tmp_path, table("ru", between=3).encode("cp1251"))[1]
    assert (said.severity, said.row) == (NOTE, 5)  # below the header and three English titles
    assert said.what == "is not UTF-8; read as Cyrillic (Windows-1251)"
    assert said.mend == "Look at titles and names. If they look wrong, save the file as UTF-8."


def test_a_guess_from_few_letters_is_called_a_guess(tmp_path: Path) -> None:
    text, (said,) = read(tmp_path, "id,title\n1,Amélie\n2,Señor\n".encode("cp1252"))
    assert (said.severity, text.count("é"), text.count("ñ")) == (WARNING, 1, 1)
    assert said.what == "is not UTF-8; read as Western European (Windows-1252), which is a guess"


def test_letters_that_first_come_after_a_megabyte_of_ascii_are_seen(tmp_path: Path) -> None:
    text = "id;title\n" + "1;Heat\n" * 200_000 + table("pl")
    assert read(tmp_path, text.encode("cp1250"))[0] == text


def test_a_few_wrong_lines_do_not_spoil_a_file_in_utf8(tmp_path: Path) -> None:
    right, wrong = table("zh").encode("utf-8"), "99;Café Müller;2000;Drama\n".encode("cp1252")
    text, (said,) = read(tmp_path, right + wrong)
    assert text == table("zh") + wrong.decode("cp1252")
    assert said.row == 26  # below the header and 24 titles
    assert said.what.startswith("is UTF-8, except 1 lines; they were read as Western European")


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    text, (said,) = read(tmp_path, table("ru").encode("cp1251") + b"99;\x98;2000;Drama\n")
    assert text.endswith("99;\ufffd;2000;Drama\n")
    assert said.what.endswith("; 1 characters of it cannot be read")


def test_a_header_is_recognised_in_the_same_letters(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes(("номер;название;год\n" + table("ru")).encode("cp1251"))
    assert SourceFile("items.csv", path).lines(1) == ["номер;название;год"]


def test_bytes_of_any_kind_are_taken_for_something() -> None:
    for data in (b"", b"\xff", bytes(range(128, 256)) * 100, b"\x81" * 20_000, b"a\xe9" * 3):
        assert guessed(data).codec


def test_chinese_orders_with_words_in_the_header_and_the_dates_alone() -> None:
    days = [f"10{day},P{day},2023年{day}月5日" for day in range(1, 10)]
    text = "\n".join(["客户编号,商品编号,下单日期", *days])
    assert guessed(text.encode("gb18030")).codec == "gb18030"
