## Команды, которые видят только администраторы бота

command-announce = свое сообщение всем подписчикам
command-delivery = как уходят дайджесты
command-recall = отозвать отправленное

## Объявления

announce-title = Свое сообщение
announce-ask-en = Ответьте на это сообщение текстом по-английски. Жирный шрифт, ссылки и прочее останутся такими, как вы напишете.
announce-ask-ru = Ответьте на это сообщение текстом по-русски. Жирный шрифт, ссылки и прочее останутся такими, как вы напишете.
announce-which = О чем речь?
announce-draft = Так это будет выглядеть, см. выше. Объявление получат { $count ->
    [one] { $count } подписка
    [few] { $count } подписки
   *[many] { $count } подписок
}: люди — { $people }, группы — { $groups }, каналы — { $channels }; по-английски — { $english }, по-русски — { $russian }.
announce-one-language = Пока текст один; его получат и те, кто читает на другом языке.
announce-nobody = Сейчас никто не подписан.
announce-sure = Отправить? Подписок: { $count }. Ушедшее можно удалить в течение 48 часов командой /recall.
announce-gone = Этого объявления больше нет.
announce-discarded = Черновик удален, ничего не отправлено.
announce-text-only = Объявление — это текст. Ответьте, пожалуйста, еще раз.
announce-going = Отправляется: готово { $done } из { $count }.
announce-done = Готово: { $count }.
announce-paused = Пауза: готово { $done } из { $count }.
announce-cancelled = Остановлено. Готово было { $done } из { $count }.
button-announce-send = 📨 Отправить…
button-announce-yes = 📨 Да, отправить
button-announce-en = ✏️ Текст по-английски
button-announce-ru = ✏️ Текст по-русски
button-announce-discard = 🗑 Удалить черновик
button-announce-pause = ⏸ Пауза
button-announce-resume = ▶️ Продолжить
button-announce-cancel = ⏹ Остановить совсем
button-refresh = 🔄 Как идет отправка?

## Доставка

delivery-title = Доставка
delivery-none = Пока ничего не отправлялось.
delivery-run = { $recipients ->
    [one] { $recipients } получатель
    [few] { $recipients } получателя
   *[many] { $recipients } получателей
}, назначено на { $due }
delivery-speed = сообщений в секунду: { $speed }
delivery-late = последнее { $minutes ->
    [0] не позже чем через минуту
    [one] через { $minutes } минуту после срока
    [few] через { $minutes } минуты после срока
   *[many] через { $minutes } минут после срока
}
delivery-kind-digest = Дайджест
delivery-kind-announcement = Объявление
delivery-kind-correction = Исправление
delivery-state-queued = ждут
delivery-state-sending = отправляются
delivery-state-retry = будут отправлены снова
delivery-state-sent = отправлены
delivery-state-unconfirmed = не подтверждены
delivery-state-failed = не приняты
delivery-state-unreachable = недоступны
delivery-state-cancelled = отменены
delivery-state-expired = опоздали
delivery-unconfirmed-title = Не подтверждено в каналах
delivery-unconfirmed = Эти сообщения ушли в Telegram, но ответа не было. Загляните в канал: если сообщения там нет, нажмите его номер, и оно будет опубликовано. Если есть, ничего не делайте.
delivery-unconfirmed-one = «{ $name }», часть { $part }, назначено на { $due }
delivery-unknown-channel = канал, которого больше не видно
delivery-posted = Публикуется.
delivery-settled = С этим уже разобрались.

## Отзыв

recall-title = Отозвать
recall-which = Последнее из отправленного. Выберите, что отозвать или написать заново.
recall-none = Нет ничего отправленного, что можно отозвать.
recall-edition = { $kind }, { $period }, { $language }: отправлено { $count }
recall-how = «Написать заново» без звука заменит то, что стоит в чатах, на то, что выпуск говорит теперь. «Удалить» уберет его из всех чатов, если он отправлен не раньше чем 48 часов назад; то, что еще не ушло, будет остановлено.
button-recall-rewrite = ✏️ Написать заново
button-recall-delete = 🗑 Удалить везде
recall-sure = Удалить? Чатов: { $count }. Вернуть это будет нельзя.
button-recall-yes = 🗑 Да, удалить
recall-begun = Началось. Когда закончится, я сообщу.
recall-result = Готово: { $done }. Не было и раньше: { $gone }. Telegram отказал: { $refused }. Старше 48 часов: { $old }. Остановлено до отправки: { $stopped }.

## О чем администраторы узнают сами

trouble-held = Telegram просит придержать сообщения на { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}. Потом они уйдут или опоздают. Подробнее: /delivery
trouble-expired = Дайджест не пришел вовремя, получателей: { $count }. Подробнее: /delivery
trouble-failed = Telegram не принимает одно из сообщений дайджеста: считает его неверным. Подробнее: /delivery и журнал.
trouble-unprinted = Дайджест не удалось напечатать: ошибка в программе. Она записана в журнал.
trouble-away = Telegram не отвечает уже { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}. Все, что нужно отправить, ждет.
trouble-refused = Telegram больше не принимает токен бота. Отправить ничего нельзя; скопируйте токен у @BotFather заново.
trouble-database = База не принимает изменений: на диске нет места, в нее нельзя писать или она пропала. До тех пор ничего не отправляется. Причина — в журнале.

## О чем узнают администраторы чата

silent-no-rights = Дайджест «{ $name }» не удалось доставить: мне нельзя там писать. Дайте мне право публиковать и нажмите «Возобновить» в настройках.
silent-no-thread = Дайджест «{ $name }» не удалось доставить: тема форума удалена или закрыта. Подпишитесь в другой теме или, когда эту откроют, нажмите «Возобновить» в настройках.
