## Что не так в карточках и источниках и как это исправить.

problem-not-utf8 = Файл не в кодировке UTF-8. Сохраните его в UTF-8.
problem-yaml-syntax = Не удается прочитать YAML в этом месте: { $what }. Проверьте рядом отступы (пробелы, не табуляция), кавычки и двоеточия.
problem-yaml-character = Знак { $character } в YAML недопустим. Удалите его.
problem-yaml-alias = Здесь стоит якорь или ссылка YAML (& или *). Впишите сам текст.
problem-empty-file = Файл пустой. Заполните его или удалите.
problem-too-deep = Слишком глубокая вложенность: больше { $limit } уровней. Достаточно 7, см. content/README.md.
problem-key-not-text = Ключ должен быть простым словом.
problem-repeated-key = Ключ «{ $key }» встречается здесь дважды. Оставьте один.
problem-not-a-mapping = Файл должен состоять из ключей и значений, например «summary:». См. content/README.md.
problem-missing-key = Не хватает ключа «{ $key }». Добавьте его.
problem-unknown-key = Неизвестный ключ «{ $key }».{ $near ->
    [none] {""} Удалите его; все ключи перечислены в content/README.md.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-not-one-of = У «{ $key }» может быть только одно из этих значений: { $expected }.
problem-list-too-short = В «{ $key }» слишком мало записей: нужно не меньше { $limit }.
problem-list-too-long = В «{ $key }» слишком много записей: можно не больше { $limit }. Объедините или уберите лишние.
problem-empty-text = Поле «{ $key }» пустое. Напишите текст.
problem-text-too-long = В «{ $key }» должно быть не больше { $limit } знаков. Сократите текст.
problem-wrong-form = { $form ->
    [id] В «{ $key }» нужен идентификатор: строчные латинские буквы, цифры и одиночные дефисы, например left-820-920-thousand.
    [https] В «{ $key }» нужен адрес, который начинается с https://.
   *[number] В «{ $key }» нужно число, записанное только цифрами, например 820000, 0.5 или "2/3".
}
problem-wrong-type = В «{ $key }» { $wanted ->
    [text] нужен текст
    [list] нужен список: каждая запись после «- » или все вместе в [квадратных скобках]
    [mapping] нужны ключи со значениями, например {"{"}en: …, ru: …{"}"}
    [boolean] нужно true или false
   *[number] нужно целое число
}.
problem-invalid = «{ $key }»: { $what }.
problem-date-form = Дата пишется так: 2024, 2024-03 или 2024-03-09; такая дата должна существовать в календаре.
problem-lines-form = Строки указывают так: "34-36, 40" — номера и диапазоны через запятую, в кавычках.
problem-value-or-range = Укажите что-то одно: «value»; вместе «low» и «high»; «in_words».
problem-id-is-not-file-name = Идентификатор «{ $id }» должен совпадать с именем файла без .yaml ({ $file }). Переименуйте одно из двух.
problem-unknown-file = Такой файл форматом не предусмотрен. Допустимы topics/*.yaml, sources/*.yaml, { $known }.
problem-repeated-id = Идентификатор «{ $id }» уже занят: { $at }. Выберите другой.
problem-key-collision = У «{ $id }» получается тот же ключ кнопки, что и у «{ $other }». Немного измените один из идентификаторов.
problem-card-too-long = В карточке { $length } знаков на языке «{ $language }», а в сообщение помещается не больше { $limit }. Сократите ее или разделите на две.
problem-title-too-long = Заголовок длиннее { $limit } знаков. Сократите его.
problem-unknown-topic = Темы «{ $id }» нет.{ $near ->
    [none] {""} Темы — это файлы в content/topics/.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-unknown-card = Карточки «{ $id }» нет.{ $near ->
    [none] {""} Укажите идентификатор существующей карточки.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-unknown-actor = В actors.yaml нет «{ $id }».{ $near ->
    [none] {""} Добавьте такую запись или опишите словами, кто это: {"{"}en: …, ru: …{"}"}.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-unknown-measure = Показателя «{ $id }» нет.{ $near ->
    [none] {""} Опишите его в разделе «measures:» одной из тем.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-unknown-source = Источника «{ $id }» в seeds/ нет.{ $near ->
    [none] {""} Источники — это файлы в seeds/.
   *[other] {""} Может быть, имелось в виду «{ $near }»?
}
problem-no-such-line = В «{ $source }» нет таких строк или они пусты: { $lines }. Посмотрите их командой: kolokol seeds outline { $source }
problem-languages-equal = Английский и русский тексты совпадают. Переведите один из них.
problem-figures-differ = Цифры в двух языках расходятся: только в английском — { $only_en }, только в русском — { $only_ru }. Приведите их в соответствие.
problem-markup = Знаков «<» и «&» в текстах быть не должно: разметки в них нет. Замените их словами.
problem-figure-not-on-line = Числа «{ $written }» (прочитано как { $figure }) нет ни в одной из указанных строк ({ $lines }). Исправьте число или сошлитесь на строку, в которой оно есть.
problem-date-not-on-line = Даты { $date } нет ни в одной из указанных строк ({ $lines }). Сошлитесь на строку, в которой она есть, или напишите {"{"}date: …, inferred: …{"}"} и объясните, откуда она взята.
problem-name-not-on-line = Имени «{ $name }» нет ни в одной из указанных строк ({ $lines }). Сошлитесь на строку, в которой оно есть, или добавьте в «aliases» написание из текста.
problem-line-not-covered = На строку { $line } источника «{ $source }» не ссылается ни одна карточка. Сошлитесь на нее или внесите ее в «left_out», указав причину.
problem-left-out-but-cited = Строка { $line } внесена в «left_out», но на нее ссылается «{ $card }». Уберите ее из «left_out».
problem-text-absent = В папке с исходными текстами нет файла { $file }.
problem-text-changed = Текст { $file } — не тот, по которому составлена эта карточка: не совпадает SHA-256.
problem-line-facts-differ = Хеш, цифры или имена строки { $line } в тексте { $file } не совпадают с записанными здесь.
problem-no-folder = Такой папки нет. В KOLOKOL_CONTENT_DIR и KOLOKOL_SEEDS_DIR должны быть указаны папки с карточками и с описаниями источников.
problem-unreadable-file = Файл не читается: { $what }. Проверьте, кому разрешено его читать.
problem-file-too-large = Файл больше { $limit } байт. Разделите его или посмотрите, что в нем.
problem-link-outside = Это ссылка на файл вне папки с материалами. Положите сюда сам файл.
problem-no-content = Нет ни одной темы: папка пуста или это другая папка. Команда «kolokol content restore» вернет в нее опубликованное.
