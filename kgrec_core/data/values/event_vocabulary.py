"""Words of eight languages for what people do with items and say of them. By itself, since it is long and no code."""

from __future__ import annotations

NOTHING, SHOWN, SEEN, WISHED, USED, IN_CART, LIKED, BOUGHT = 0.0, 0.25, 1.0, 2.0, 2.5, 3.0, 4.0, 5.0
"""Weights: the larger, the more an event says that somebody likes the item."""
DISLIKED = -1.0

# Beginnings of words; one of three letters or fewer, or with "=" before it, is the whole word.
STEMS: tuple[tuple[float, str], ...] = (
    (
        BOUGHT,
        """purchas bought buy buys buyer order transaction conversion convert paid pay payment sale sales
        sold fulfill shipped delivered delivery invoice rent rented rental borrow loan lent booking booked
        reserv subscri checkout_done gekauft kauf bestell bezahlt ausgelieh achat achet command pay payé
        vente emprunt compr pedido venta vendido pagad acquist ordin pagat vendut pago venda купил купл
        покуп заказ оплач gekocht koop aankoop aangekocht betaald geleend 购买 已购 下单 付款 支付 成交
        订单""",
    ),
    (
        LIKED,
        """like liked likes love loved upvot thumbsup heart recommend follow install download complete
        finish gefällt mag gemocht abgeschlossen aime aimé adoré terminé télécharg gusta gustó descarg
        completad complet piace piaciut scaricat finito gosto gostei curti baixad concluíd нравит лайк
        скача законч завершен leuk afgerond voltooid gedownload 喜欢 点赞 关注 下载 完成 =approved
        =positive""",
    ),
    (
        IN_CART,
        """cart addtocart basket bag trolley checkout warenkorb panier carrito cesta carrello carrinho
        корзин winkelwagen winkelmand 加购 购物车 share comment geteilt partag compart condivis kommentar
        поделил gedeeld 分享 评论""",
    ),
    (
        USED,
        """play played plays listen stream watch read reading reads heard use used visit visited checkin
        review rated rate rating attend gespielt gehört gesehen geschaut gelesen besucht bewertet joué
        écout regard lu visit reproduc escuch visto vista vistas leído jugad ascolt guardat letto giocat
        ouviu ouvi assist jogou игра слуша смотр прочит читал gespeeld geluisterd gekeken gelezen bezocht
        播放 观看 收听 阅读 listened =lue =lus =lido =lida""",
    ),
    (
        WISHED,
        """wish wishlist favo fav favs bookmark save saved watchlist queue shelv shelf planned interested
        pin pinned merkliste gemerkt wunsch souhait enregistr deseo guardado desider preferit desejo salvo
        избран желан закладк verlanglijst bewaard 收藏 想看 心愿""",
    ),
    (
        SEEN,
        """view viewed views pageview pv click clicked clicks clk detail open opened browse browsed look
        looked seen select selected tap hover preview ansicht angesehen geklickt klick aufgerufen vue vues
        vu cliqué clic consult ver vio clics visualiz visualizz cliccat просмотр клик открыт bekeken
        geklikt weergave 点击 浏览 查看 =pv""",
    ),
    (
        SHOWN,
        """impression displayed shown exposure served angezeigt affich mostrad impresi mostrat показ
        getoond 曝光 展示""",
    ),
    (
        NOTHING,
        """login logout session scroll search start signup engagement heartbeat ping error suche anmeld
        recherch connexion buscar búsqueda ricerca вход поиск zoeken 搜索 登录 first_visit""",
    ),
)
AWAY = frozenset(
    """refund return cancel void revers chargeback remov delete undo unlik unfav unfollow unsave uninstall
    unsubscrib erstatt storn zurück retour gelösch entfern rembours annul supprim retir devol devuel
    reembols cancelad elimin quit rimbors restitu rimoss annullat estorn remover возвра отмен удал terug
    geretourneerd geannuleerd verwijder 退款 退货 取消 删除 rücksend retoure""".split()
)
"""Beginnings of words that take away what was done before."""
FROM_CART = frozenset("remov delete undo elimin supprim retir quit удал verwijder gelösch entfern 删除".split())
"""Those of them that, without a word for what is undone, are said of a cart and not of a purchase."""
MEANT = frozenset("to want wanted plan planned will wish next later".split())
"""Beside a word for use: not yet done, as "to-read" and "plan to watch"."""
AGAINST = frozenset(
    """dislik downvot thumbsdown hate skip hide hidden block reject ignor dismiss report spam bounce drop
    abandon notinterested uninterested dismissed negative gefällt_nicht übersprung ausgeblend abgelehnt
    déteste passé ignoré rejet masqu odia salt ocult rechaz odiat saltat nascost rifiut odei pulou pular
    ocultar дизлайк пропу скры отклон overgeslagen verborgen afgewezen 不喜欢 跳过 踩 屏蔽""".split()
)
"""Beginnings of words that speak against the item."""
NEGATIONS = frozenset("not no never nicht kein ne pas non sin não не niet geen 不 未".split())
STATUSES = frozenset(
    """paid unpaid fulfilled unfulfilled shipped delivered completed complete pending processing open
    closed authorized refunded partially_refunded voided cancelled canceled returned expired failed
    invoiced bezahlt offen storniert versandt geliefert erstattet payé payée expédié livré annulé annulée
    remboursé pagado enviado entregado cancelado devuelto reembolsado pagato spedito consegnato annullato
    rimborsato pago cancelada оплачен отправлен доставлен отменен отменён возвращен betaald verzonden
    geleverd geannuleerd terugbetaald 已付款 已发货 已完成 已取消 已退款""".split()
)
"""The state that an order is in: one of them says what became of the row itself, and not of another row."""
GRADING = frozenset(
    """rate rated rating rates review bewert bewertet note noté calific valor valut avali оцен beoordeel
    评分 评价""".split()
)
"""Beginnings of words for giving a grade."""
GRADES: tuple[tuple[float, str], ...] = (
    (
        1.0,
        """terrible awful horrible worst hate hated 😡 🤮 😠 💔 😭 appalling dreadful abysmal furchtbar schrecklich
        miserabel affreux nul pésimo terribile orribile pessimo péssimo ужасно ужасный vreselijk 很差 极差
        非常差""",
    ),
    (
        2.0,
        """bad poor dislike disliked disagree dissatisfied unsatisfied unlikely 👎 🙁 ☹ ☹️ 😞 😕 weak negative
        disappointing boring schlecht schwach mangelhaft mauvais faible décevant malo mala pobre cattivo
        brutto scarso mau ruim fraco плохо плохой slecht zwak 差 不好 不喜欢""",
    ),
    (
        3.0,
        """ok okay average neutral undecided 😐 😑 🤷 fair so-so meh medium mediocre decent mixed acceptable
        satisfactory indifferent mittel mittelmäßig durchschnittlich befriedigend ausreichend moyen moyenne
        passable correct regular normal aceptable medio discreto sufficiente médio razoável нормально
        средне средний matig gemiddeld redelijk 一般 中等 还行""",
    ),
    (
        4.0,
        """good like liked agree satisfied likely 👍 🙂 😊 😀 👌 nice positive fine solid enjoyed recommended
        gut bon bonne bien bueno buena buono bom boa хорошо хороший goed 好 喜欢 不错""",
    ),
    (
        5.0,
        """great excellent love loved ❤ ❤️ 😍 🥰 🤩 ♥ ♥️ perfect amazing awesome outstanding fantastic superb
        brilliant best favourite favorite masterpiece ausgezeichnet hervorragend großartig super toll
        parfait génial excelente perfecto genial eccellente ottimo perfetto ótimo perfeito отлично отличный
        превосходно geweldig uitstekend perfect 很好 非常好 极好 优秀 完美""",
    ),
)
STRENGTHENED = frozenset(
    """strongly totally completely voll very really extremely absolutely sehr très muy molto muito очень heel
    zeer""".split()
)
"""Before a grade of 2 or 4 they make it 1 or 5."""
BETWEEN = frozenset(
    (
        "neither agree nor disagree",
        "neither satisfied nor dissatisfied",
        "no opinion either way",
        "weder noch",
        "teils teils",
        "teils, teils",
        "ni d'accord ni pas d'accord",
        "ni de acuerdo ni en desacuerdo",
        "né d'accordo né in disaccordo",
    )
)
"""Answers of several words that stand in the middle of a scale."""
