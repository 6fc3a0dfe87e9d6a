## Команды, которые видят только администраторы бота

command-announce = свое сообщение всем подписчикам
command-delivery = как уходят дайджесты
command-recall = отозвать отправленное

## Объявления

announce-title = Объявление
announce-ask-en = Ответьте на это сообщение текстом по-английски. Жирный шрифт, ссылки и прочее останутся такими, как вы напишете.
announce-ask-ru = Ответьте на это сообщение текстом по-русски. Жирный шрифт, ссылки и прочее останутся такими, как вы напишете.
announce-which = (черновик)
announce-draft = Выше — как это будет выглядеть. Объявление уйдет по { $count ->
    [one] { $count } подписке
   *[many] { $count } подпискам
}: люди — { $people }, группы — { $groups }, каналы — { $channels }; по-английски — { $english }, по-русски — { $russian }.
announce-one-language = Пока текст один; его получат и те, кто читает на другом языке.
announce-nobody = Сейчас никто не подписан.
announce-sure = Отправить? Подписок: { $count }. Отправленное можно удалить в течение 48 часов командой /recall.
announce-gone = Этого объявления больше нет.
announce-discarded = Черновик удален, ничего не отправлено.
announce-text-only = Объявление — это текст. Ответьте, пожалуйста, еще раз.
announce-preparing = Отправляется. Список получателей еще составляется: пока в нем { $count }.
announce-going = Отправляется: готово { $done } из { $count }.
announce-done = Отправка закончена. Получателей: { $count }.
announce-paused = Пауза: готово { $done } из { $count }.
announce-cancelled = Остановлено: объявление больше никому не уйдет.
button-announce-send = 📨 Отправить…
button-announce-yes = 📨 Да, отправить
button-announce-en = ✏️ Текст по-английски
button-announce-ru = ✏️ Текст по-русски
button-announce-discard = 🗑 Удалить черновик
button-announce-pause = ⏸ Пауза
button-announce-resume = ▶️ Продолжить
button-announce-cancel = ⏹ Остановить совсем
button-refresh = 🔄 Обновить

## Доставка

delivery-title = Доставка
delivery-none = Пока ничего не отправлялось.
delivery-run = { $recipients ->
    [one] { $recipients } получатель
    [few] { $recipients } получателя
   *[many] { $recipients } получателей
}, назначено на { $due }
delivery-speed = за самую быструю минуту { $count ->
    [one] отправлено { $count } сообщение
    [few] отправлены { $count } сообщения
   *[other] отправлено { $count } сообщений
}
delivery-late = последнее — { $minutes ->
    [0] в течение минуты после срока
    [one] через { $minutes } минуту после срока
    [few] через { $minutes } минуты после срока
   *[many] через { $minutes } минут после срока
}
delivery-twice = в { $count ->
    [one] { $count } чате
   *[other] { $count } чатах
} сообщение могло прийти дважды или больше: Telegram его не подтвердил
delivery-taken-back = отозвано через /recall в { $count ->
    [one] { $count } чате
   *[other] { $count } чатах
}
delivery-kind-digest = Дайджест
delivery-kind-announcement = Объявление
delivery-kind-correction = Исправление
delivery-state-queued = ждет отправки
delivery-state-sending = отправляется
delivery-state-retry = будет отправлено снова
delivery-state-sent = отправлено
delivery-state-unconfirmed = не подтверждено
delivery-state-failed = не принято
delivery-state-unreachable = адресат недоступен
delivery-state-cancelled = отменено
delivery-state-expired = не успело к сроку
delivery-unconfirmed-title = Не подтверждено в каналах
delivery-unconfirmed = Эти сообщения ушли в Telegram, но ответа не было. Загляните в каждый канал и нажмите: чего там нет, будет опубликовано; если сообщение там, пойдет то, что следует за ним.
delivery-unconfirmed-shown = Показаны { $first }–{ $last } из { $count }.
delivery-unconfirmed-one = { $name }, часть { $part }, назначено на { $due }
delivery-unknown-channel = канал, которого больше не видно
delivery-post = Публикуется.
delivery-seen = Отмечено. Пойдет то, что следует дальше.
button-delivery-post = { $number }. 📨 Опубликовать
button-delivery-more = Другие неподтвержденные →
button-delivery-seen = { $number }. ✅ Уже там
delivery-settled = С этим уже разобрались.

## Отзыв

recall-title = Отозвать
recall-which = То, что отправлено последним. Выберите, что отозвать или заменить.
recall-none = Нет ничего отправленного, что можно отозвать.
recall-edition = { $kind }, { $period }, { $language }
recall-announcement = Объявление «{ $words }», { $language }
recall-sent = { $name }: отправлено { $count }
recall-how = «Заменить текст» без звука ставит на место отправленного то, что в выпуске сейчас; что не поместится, придет новым сообщением. «Удалить везде» убирает сообщения из всех чатов, если они отправлены не раньше чем 48 часов назад; то, что еще не ушло, отправлено не будет. У тех, кто с тех пор отписался или удалил свои данные, сообщение останется: где оно, боту уже неизвестно.
recall-how-announcement = «Удалить везде» убирает его из всех чатов, если оно отправлено не раньше чем 48 часов назад; то, что еще не ушло, отправлено не будет. У тех, кто с тех пор отписался или удалил свои данные, сообщение останется: где оно, боту уже неизвестно.
button-recall-rewrite = ✏️ Заменить текст
button-recall-delete = 🗑 Удалить везде
recall-sure = Удалить? Чатов: { $count }. Вернуть это будет нельзя.
button-recall-yes = 🗑 Да, удалить
recall-begun = Началось. { $under_way ->
    [0] Когда закончится, я сообщу.
    [one] То же будет сделано и с тем, что сейчас в пути ({ $under_way } сообщение), как только ответит Telegram. Когда закончится, я сообщу.
    [few] То же будет сделано и с тем, что сейчас в пути ({ $under_way } сообщения), как только ответит Telegram. Когда закончится, я сообщу.
   *[many] То же будет сделано и с тем, что сейчас в пути ({ $under_way } сообщений), как только ответит Telegram. Когда закончится, я сообщу.
}
recall-result-done = Готово: { $count }.
recall-result-gone = Уже удалено или уже в нужном виде: { $count }.
recall-result-refused = Telegram отказал: { $count }.
recall-result-old = Старше 48 часов: { $count }.
recall-result-stopped = Остановлено до отправки: { $count }.
recall-nothing = Делать ничего не пришлось.
recall-waited = Были в пути, когда все началось, и их пришлось дожидаться: { $count }.
recall-follows = Выпуск стал длиннее: то, что не поместилось, придет новым сообщением. Чатов: { $count }.
recall-missing = ⚠️ Выпуск стал длиннее, и то, что не поместилось, дошло не до всех: где-то сообщение не удалось изменить или подписка выключена. Таких чатов: { $count }.
recall-left = ⚠️ До сих пор в пути: { $count }. Telegram не отвечает уже несколько минут, или рассылка остановлена. Повторите то же немного позже; при следующем запуске бот сделает это сам.
recall-broken = ⚠️ Что-то пошло не так: отозвано или заменено не все. Подробности в журнале. Распоряжение сохранено: повторите то же в /recall, или бот продолжит при следующем запуске.
recall-doubtful = ⚠️ Неизвестно, вышло ли в каналах { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { $count } сообщений
}. Загляните туда; каналы названы в /delivery.
recall-copies = ⚠️ В { $count ->
    [one] { $count } чате
   *[other] { $count } чатах
} могла остаться копия, номера которой Telegram не сообщил: ни удалить, ни заменить ее я не могу. Удалить ее вручную может только кто-то в самом чате.
recall-by-hand = ⚠️ { $count ->
    [one] { $count } сообщение осталось в чате, но его номера я не знаю: удалить или исправить его нужно
    [few] { $count } сообщения остались в чатах, но их номеров я не знаю: удалить или исправить их нужно
   *[many] { $count } сообщений остались в чатах, но их номеров я не знаю: удалить или исправить их нужно
} вручную.
recall-where = Где искать: { $channels }
button-recall-older = Раньше →
button-recall-newer = ← Позже
