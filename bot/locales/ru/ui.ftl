## Начало, помощь, о боте

home-title = Колокол
home-text = Что известно о россиянах, уехавших из-за войны и режима: сколько их, кто они, где живут и чего ждут от Запада. Ответы короткие, и у каждого указан источник.
home-try = Спросите своими словами, например «сколько уехало» или «визы», или выберите раздел.
home-count = { $cards ->
    [one] { $cards } карточка
    [few] { $cards } карточки
   *[many] { $cards } карточек
} по { $sources ->
    [one] { $sources } источнику
   *[many] { $sources } источникам
}, на русском и английском.
menu-topics = 📚 Темы
menu-stats = 📊 Цифры
menu-policy = ✅ Рекомендации
menu-debates = ⚖️ Споры
menu-timeline = 📅 Хроника
menu-people = 👤 Кто есть кто
menu-glossary = 📖 Словарь
menu-sources = 📰 Источники
menu-random = 🎲 Наугад
menu-help = 🧭 Помощь
menu-language = 🌐 Язык · Language
menu-about = 🔔 О боте

help-title = Как спрашивать
help-search = В личном чате просто напишите, что ищете, по-русски или по-английски; опечатка не помешает. Кнопки под карточкой ведут к ее источнику, к карточкам на близкую тему и дальше по списку.
help-group = В группе отправьте команду, ответьте боту или упомяните его: @{ $username } визы. А чтобы поделиться карточкой в любом чате, наберите там @{ $username } и слово-другое.

about-title = О «Колоколе»
about-text = Бот назван в честь газеты, которую Александр Герцен печатал в эмиграции, а читали в России. Здесь собрано то, что пишут о российских политических изгнанниках в опубликованных текстах, — для тех, кто выступает в их защиту.
about-method = Карточки пишут редакторы своими словами по текстам, вышедшим с сентября 2023-го по январь 2025 года. Каждая цифра сверена со строкой, из которой она взята. На карточке указано, кто и когда это сказал; если источники расходятся, приведены обе стороны. Кое-что из описанного с тех пор изменилось.
about-privacy-title = Что хранится о вас:
about-privacy = язык, если вы его выбирали, и, если вы подписаны на дайджест, то, что вы для него выбрали: день, час, город, темы. Все это под зашифрованным номером чата. Ни имен, ни вопросов. /privacy показывает все, что есть, /forget сразу это удаляет.

## Команды (меню)

command-topics = темы, по каждой — краткое изложение
command-stats = цифры, разные оценки рядом
command-policy = рекомендации по адресатам и темам
command-debates = в чем источники расходятся
command-timeline = что и когда произошло
command-sources = тексты, на которых основаны карточки
command-glossary = словарь
command-search = поиск: /search нансеновский паспорт
command-random = карточка наугад
command-language = русский или английский
command-help = как спрашивать
command-about = что это за бот и что он хранит

## Языки

language-title = Язык · Language
language-text = На каком языке отвечать? Which language should I answer in?
language-chosen = Буду отвечать по-русски.
language-group = В группе язык выбирают ее администраторы.

## Списки

list-cards = Карточки
list-summary = Темы
list-statistic = Цифры
list-recommendation = Рекомендации
list-argument = Аргументы
list-debate = Споры
list-event = Хроника
list-actor = Кто есть кто
list-term = Словарь
list-in-topic = { $topic }: { $kind }
list-audience = Рекомендации. Адресат: { $audience }
list-from-source = Карточки по тексту «{ $title }»
list-near = Еще по теме: «{ $title }»
list-empty = Здесь ничего нет.
topics-title = Темы
measures-title = Цифры
measures-intro = Если одно и то же считали разные люди, их оценки стоят рядом.
estimates-count = { $count ->
    [one] { $count } оценка
    [few] { $count } оценки
   *[many] { $count } оценок
}
policy-title = Рекомендации
policy-intro = { $count ->
    [one] { $count } рекомендация
    [few] { $count } рекомендации
   *[many] { $count } рекомендаций
}: выберите адресата или тему.
sources-title = Источники
sources-intro = Тексты, по которым написаны карточки. Выберите текст, чтобы узнать, кто его автор, о чем он и каков его статус по российским законам.
cited-title = Источники этой карточки

## Карточки

as-of-span = Источники: { $first } — { $last }
as-of = По состоянию на { $date }
date-inferred = { $date }, предположительно
inferred = Это наш вывод, прямо в тексте не сказано: { $reason }.
other-estimates = Другие оценки
label-counted-by = Кто называет цифру:
label-audience = Адресат:
label-reason = Почему:
label-recommended-by = Кто советует:
label-grounds = Доводы
label-argued-by = Кто так считает:
stale = Срок проверки этой карточки прошел ({ $date }): с тех пор что-то могло измениться.
supersedes = Эта карточка заменяет более раннюю.
outside = Проверено редакцией, не по источникам
outside-checked = { $where }, проверено { $date }
bound-at-least = не менее { $number }
bound-more-than = более { $number }
bound-at-most = не более { $number }
bound-less-than = менее { $number }
bound-nearly = почти { $number }
card-gone = Эта карточка снята с публикации. Поищите по теме или начните с меню.

audience-eu = Евросоюз
audience-us = США
audience-western-governments = правительства Запада
audience-host-countries = принимающие страны
audience-international-organisations = международные организации
audience-donors = доноры
audience-civil-society = гражданское общество
audience-media = СМИ
audience-exile-organisations = организации эмигрантов
audience-opposition = оппозиция
audience-exiles = сами уехавшие

## Источники

genre-essay = Эссе
genre-analysis = Анализ
genre-opinion = Авторская колонка
genre-interview = Интервью
genre-report = Доклад
genre-article = Статья
source-no-author = автор и издание не указаны
source-no-date = дата не указана
source-open = Открыть текст
standing-title = Статус по российским законам
standing-undesirable = В России за распространение материалов «нежелательной» организации, даже за ссылку, штрафуют. Подумайте, где живет тот, кому вы это отправляете.
standing-foreign-agent = Что этот статус значит для тех, кто пересылает текст, мы не проверяли. Подумайте, где живет тот, кому вы это отправляете.
standing-banned = Что этот статус значит для тех, кто пересылает текст, мы не проверяли. Подумайте, где живет тот, кому вы это отправляете.
standing-stated = Об этом сказано в самом тексте, строки: { $lines }.
standing-not-checked = Не проверено. Это не значит, что пересылать безопасно: мы этого не выясняли.

## Кнопки

button-share = ↗️ Поделиться
button-menu = 🏠 Меню
button-related = 🧩 Еще по теме
button-source = 📰 Источник
button-results = 🔎 Результаты
button-place = ☰ { $here } из { $total }
button-estimates = 📊 Все оценки
button-topic = ⬆️ Тема
button-card = ⬆️ Карточка
button-source-card = ⬆️ Источник
button-measures = ⬆️ Цифры
button-policy = ⬆️ Рекомендации
button-from-source = 📚 Карточки
button-summary = 📌 Пересказ
button-open-bot = 🔔 Открыть в боте

## Поиск

search-ask = Что вы ищете? Напишите после команды: /search нансеновский паспорт
search-nothing = По запросу «{ $question }» ничего не нашлось.
search-did-you-mean = Возможно, вы имели в виду: { $words }?
search-near = Может быть, одна из этих тем:
search-again = Запрос, по которому составлен этот список, больше не хранится. Спросите, пожалуйста, еще раз.
inline-open = Открыть «Колокол»
near-some = По запросу «{ $argument }» ничего не нашлось. Возможно, вы имели в виду:
near-none = По запросу «{ $argument }» ничего не нашлось. Все темы — по кнопке ниже.

## Когда что-то не так

error-update = Простите, что-то сломалось, и ваше сообщение осталось без ответа. Сбой записан под номером { $incident }. Попробуйте, пожалуйста, еще раз.
error-old-button = Эта кнопка — из прежней версии. Вот меню.
error-not-text = Я читаю только текст. Напишите, что ищете, или откройте меню.

unknown-command = Такой команды нет. Все команды — в «Помощи».
unknown-command-near = Такой команды нет. Возможно, вы имели в виду:
profile-short = Что известно о российских политических изгнанниках: короткие ответы с источниками, по-русски и по-английски.
profile-description = «Колокол» отвечает на вопросы о россиянах, уехавших из-за войны и режима: цифры, рекомендации, споры, люди — все с указанием источника. Спрашивайте своими словами.

## Администраторам

problems-title = Изменения не опубликованы
problems-intro = В файлах на диске есть ошибки. Бот продолжает показывать то, что было опубликовано раньше.
problems-more = И еще { $count }; полный список выдает kolokol check.
