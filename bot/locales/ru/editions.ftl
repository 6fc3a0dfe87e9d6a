## Дайджест

edition-title = «Колокол», { $dates }
edition-topics-many = { $count ->
    [one] { $count } тема
    [few] { $count } темы
   *[many] { $count } тем
}
edition-nothing-new = Новых карточек за это время не было. Вот что есть в архиве:
edition-topics-gone = Выбранных здесь тем больше нет. В настройках можно выбрать другие.
edition-withdrawn = Эта часть дайджеста отозвана.
edition-note = От редакции
edition-new = Новое
edition-corrected = Исправлено
edition-pinned = Редакция советует
edition-more = И еще { $count }
edition-positions-more = { $count ->
    [one] И еще { $count } позиция
    [few] И еще { $count } позиции
   *[many] И еще { $count } позиций
}
edition-years-ago = { $years ->
    [1] Год назад
    [one] { $years } год назад
    [few] { $years } года назад
   *[many] { $years } лет назад
}
edition-undesirable = «нежелательная организация» в России
edition-foreign-agent = «иностранный агент» в России
edition-banned = под запретом в России

## Исправление отдельно

correction-title = { $count ->
    [one] Исправление
   *[other] Исправления
}
correction-text = { $count ->
    [one] С тех пор как эта цифра здесь вышла, ее исправили.
   *[other] С тех пор как эти цифры здесь вышли, их исправили.
}
