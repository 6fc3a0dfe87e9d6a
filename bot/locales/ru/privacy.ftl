## Что хранится

privacy-title = Что хранится об этом чате
privacy-title-channel = Что хранится о канале «{ $name }»
menu-privacy = 🔐 Все, что хранится об этом чате
privacy-nothing = Ничего. Даже того, что вы здесь были; язык я беру из вашего Telegram, когда вы пишете.
privacy-intro = Это все, что есть в базе, в том виде, в каком оно хранится. Имена, сообщения и вопросы не хранятся нигде.
privacy-spool = Только если сообщений приходит больше, чем я успеваю обработать, те, что ждут ответа, лежат здесь зашифрованными, пока я не отвечу.
privacy-backups = В резервной копии базы, сделанной раньше, может остаться то, что хранилось тогда, в зашифрованном виде; ключ лежит отдельно. Оно исчезнет вместе с копией.
privacy-forget-how = /forget удаляет все это сразу, и то, что еще не отправлено, тоже. /stop — то же самое.
privacy-more = Завершенные доставки: { $count }. Записи о них удаляются через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}; в файле названа каждая.
privacy-file = Все, что хранится об этом чате.
privacy-sent = Файл ниже.
button-export = 💾 Файлом
button-forget = 🗑 Удалить все
forgotten = Готово. Об этом чате больше ничего не хранится. Я отвечу, когда бы вы ни написали; чтобы уйти совсем, заблокируйте бота или удалите чат.
forgotten-channel = Готово. О канале больше ничего не хранится, и приходить туда больше ничего не будет.
yes = да
no = нет
none = —

privacy-size = { $count ->
    [one] { $count } байт
    [few] { $count } байта
   *[many] { $count } байт
}

kept-chats = Чат
kept-subscriptions-chat = Подписка
kept-subscriptions-told = Подписка другого чата, о сбоях в которой вам сообщают
kept-outbox-chat = Доставка, которая еще не завершена

kept-key = случайное имя в базе
kept-id = номер
kept-kind = вид
kept-language = язык
kept-unreachable_since = недоступен с
kept-chat = чат, по его случайному имени
kept-thread = тема форума
kept-cadence = как часто
kept-weekday = день
kept-hour = час
kept-timezone = часовой пояс
kept-topics = темы
kept-quiet = без звука
kept-skip_empty = нет нового — не писать
kept-links = ссылки видны
kept-header = строка сверху
kept-hashtag = хештег
kept-preview_hours = предпросмотр, за сколько часов
kept-previewed = какой выпуск показан последним
kept-skipped = какой выпуск пропустить
kept-told = кому сообщать о сбоях, по случайному имени
kept-state = состояние
kept-until = пауза до
kept-since = с какого времени
kept-next_due = следующий
kept-edition = выпуск
kept-subscription = подписка
kept-period = период
kept-parts_sent = отправлено частей
kept-message_ids = номера отправленных сообщений
kept-holds = что в каждом сообщении
kept-attempts = попыток
kept-doubtful = копий, которые могли прийти сверх того
kept-due = назначено на
kept-send_before = не позже
kept-not_before = не раньше
kept-epoch = номер процесса отправки
kept-settled = завершено
kept-reason = причина
kept-version = версия выпуска
kept-state-active = действует
kept-state-paused = пауза
kept-state-blocked = писать нельзя
kept-state-unreachable = не удается написать
kept-state-queued = ждет отправки
kept-state-sending = отправляется
kept-state-retry = будет отправлено снова
kept-kind-private = человек
kept-kind-group = группа
kept-kind-channel = канал
