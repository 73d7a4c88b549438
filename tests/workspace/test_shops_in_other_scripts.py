"""Shops in another script import, train, and say their reasons with titles and facts in that script."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.workspace import own_data

PEOPLE, EACH = 40, 8
SHOPS = {
    "chinese": {
        "厨房": (
            "不锈钢炒锅",
            "陶瓷汤锅",
            "电饭煲",
            "玻璃茶壶",
            "竹制砧板",
            "保温饭盒",
            "咖啡研磨机",
            "空气炸锅",
            "硅胶铲",
            "蒸笼",
        ),
        "运动": (
            "瑜伽垫",
            "跑步鞋",
            "羽毛球拍",
            "登山背包",
            "游泳眼镜",
            "哑铃",
            "骑行头盔",
            "跳绳",
            "足球",
            "篮球护膝",
        ),
        "数码": (
            "蓝牙耳机",
            "手机壳",
            "移动电源",
            "机械键盘",
            "无线鼠标",
            "平板支架",
            "智能手表",
            "摄像头",
            "路由器",
            "音箱",
        ),
        "图书": ("唐诗三百首", "红楼梦", "西游记", "水浒传", "三国演义", "围城", "活着", "呐喊", "边城", "茶馆"),
    },
    "russian": {
        "Кухня": ("Сковорода", "Кастрюля", "Чайник", "Разделочная доска", "Термос", "Кофемолка", "Пароварка", "Тёрка"),
        "Спорт": ("Коврик для йоги", "Кроссовки", "Ракетка", "Рюкзак", "Гантели", "Скакалка", "Шлем", "Мяч"),
        "Книги": ("Идиот", "Мёртвые души", "Анна Каренина", "Отцы и дети", "Чайка", "Обломов", "Тихий Дон", "Герой"),
    },
    "hebrew": {
        "מטבח": ("מחבת", "סיר", "קומקום", "קרש חיתוך", "תרמוס", "מטחנת קפה", "מגרדת", "סכין"),
        "ספורט": ("מזרן יוגה", "נעלי ריצה", "מחבט", "תרמיל", "משקולות", "חבל קפיצה", "קסדה", "כדור"),
        "ספרים": ("תהילים", "שירים", "סיפורי עם", "מילון", "אטלס", "אגדות", "מסעות", "זיכרונות"),
    },
}


def files_of(shop: dict[str, tuple[str, ...]], folder: Path) -> list[own_data.Given]:
    """People who bought mostly of one category."""
    rng, goods = np.random.default_rng(0), [(title, category) for category in shop for title in shop[category]]
    bought, items = ["user_id,item_id"], ["item_id,title,category"]
    for person in range(PEOPLE):
        likes = list(shop)[person % len(shop)]
        chances = np.array([8.0 if category == likes else 1.0 for _, category in goods])
        places = rng.choice(len(goods), EACH, replace=False, p=chances / chances.sum())
        bought += [f"u{person},p{place}" for place in places]
    items += [f"p{place},{title},{category}" for place, (title, category) in enumerate(goods)]
    for name, lines in (("interactions", bought), ("items", items)):
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    return [own_data.Given(folder / f"{role}.csv", role) for role in ("interactions", "items")]


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOPS)
def test_titles_and_facts_of_another_script_are_in_the_reasons(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = SHOPS[name]
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    own_data.import_files(name, files_of(shop, tmp_path))
    assert main(["prepare", name, "--rounds", "2"]) == 0
    assert "of the words, so character n-grams are read beside it" in capsys.readouterr().err
    opened = service.open(name)
    titles = {title for category in shop for title in shop[category]}
    told = []
    for user in opened.users()[:5]:
        row = opened.recommend(user.user_id).items[0]
        assert row.item.title in titles
        told.append(" ".join(each.sentence for each in opened.explain(user.user_id, row.item.item_id).text))
    assert all(any(title in text for title in titles) for text in told)
    assert any(category in text for text in told for category in shop)
    assert "character n-grams" in opened.trace(opened.users()[0].user_id, row.item.item_id).bert_model
    assert "character n-grams" in next(card for card in service.datasets() if card.name == name).reading
