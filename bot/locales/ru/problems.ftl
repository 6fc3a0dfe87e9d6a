## Что не так в содержании и как было бы верно.

problem-not-utf8 = Файл не в кодировке UTF-8. Сохраните его в UTF-8.
problem-yaml-syntax = Здесь YAML не читается: { $what }. Проверьте рядом отступы (пробелы, не табуляция), кавычки и двоеточия.
problem-yaml-character = Знак { $character } в YAML недопустим. Удалите его.
problem-yaml-alias = Здесь якорь или ссылка (& или *). Напишите текст полностью.
problem-empty-file = Файл пуст. Заполните его или удалите.
problem-too-deep = Вложенность глубже { $limit } уровней. Формату хватает 7, см. content/README.md.
problem-key-not-text = Ключом может быть только простое слово.
problem-repeated-key = Ключ «{ $key }» стоит здесь дважды. Оставьте один.
problem-not-a-mapping = Файл должен состоять из ключей и значений, например «summary:». См. content/README.md.
problem-missing-key = Нет ключа «{ $key }». Добавьте его.
problem-unknown-key = Неизвестный ключ «{ $key }».{ $near ->
    [none] {""} Удалите его; все ключи перечислены в content/README.md.
   *[other] {""} Возможно, «{ $near }»?
}
problem-not-one-of = Для «{ $key }» возможны только значения: { $expected }.
problem-list-too-short = В «{ $key }» слишком мало записей: нужно не меньше { $limit }.
problem-list-too-long = В «{ $key }» слишком много записей: можно не больше { $limit }. Объедините или уберите лишние.
problem-empty-text = Поле «{ $key }» пустое. Напишите текст.
problem-text-too-long = В «{ $key }» может быть не больше { $limit } знаков. Сократите.
problem-wrong-form = { $form ->
    [id] «{ $key }» — это идентификатор: строчные латинские буквы, цифры и одиночные дефисы, например left-820-920-thousand.
    [https] «{ $key }» — это адрес, он начинается с https://.
   *[number] «{ $key }» — это число, записанное только цифрами, например 820000, 0.5 или "2/3".
}
problem-wrong-type = Значением «{ $key }» должно быть { $wanted ->
    [text] текст
    [list] перечисление: каждая запись после «- » или все в [скобках]
    [mapping] несколько ключей со значениями, например {"{"}en: …, ru: …{"}"}
    [boolean] true или false
   *[number] целое число
}.
problem-invalid = «{ $key }»: { $what }.
problem-date-form = Дата пишется так: 2024, 2024-03 или 2024-03-09, и такой день должен быть в календаре.
problem-lines-form = Строки пишутся так: "34-36, 40" — номера и промежутки через запятую, в кавычках.
problem-value-or-range = Укажите что-то одно: «value»; вместе «low» и «high»; «in_words».
problem-id-is-not-file-name = Идентификатор «{ $id }» должен совпадать с именем файла без .yaml ({ $file }). Переименуйте одно из двух.
problem-unknown-file = Такого файла в формате нет. Есть topics/*.yaml, sources/*.yaml, { $known }.
problem-repeated-id = Идентификатор «{ $id }» уже занят: { $at }. Выберите другой.
problem-key-collision = У «{ $id }» тот же ключ кнопки, что у «{ $other }». Немного измените один из идентификаторов.
problem-card-too-long = Длина карточки на языке «{ $language }» — { $length } знаков, а в сообщение помещается { $limit }. Сократите ее или сделайте из нее две.
problem-title-too-long = Заголовок длиннее { $limit } знаков. Сократите его.
problem-unknown-topic = Темы «{ $id }» нет.{ $near ->
    [none] {""} Темы — это файлы в content/topics/.
   *[other] {""} Возможно, «{ $near }»?
}
problem-unknown-card = Карточки «{ $id }» нет.{ $near ->
    [none] {""} Укажите идентификатор существующей карточки.
   *[other] {""} Возможно, «{ $near }»?
}
problem-unknown-actor = В actors.yaml нет «{ $id }».{ $near ->
    [none] {""} Добавьте или опишите словами: {"{"}en: …, ru: …{"}"}.
   *[other] {""} Возможно, «{ $near }»?
}
problem-unknown-measure = Показателя «{ $id }» нет.{ $near ->
    [none] {""} Опишите его в разделе «measures:» одной из тем.
   *[other] {""} Возможно, «{ $near }»?
}
problem-unknown-source = Источника «{ $id }» в seeds/ нет.{ $near ->
    [none] {""} Источники — это файлы в seeds/.
   *[other] {""} Возможно, «{ $near }»?
}
problem-no-such-line = В «{ $source }» нет таких строк или они пусты: { $lines }. Посмотрите их командой: kolokol seeds outline { $source }
problem-languages-equal = Английский и русский тексты совпадают. Переведите один из них.
problem-figures-differ = Цифры на двух языках разные: только в английском { $only_en }, только в русском { $only_ru }. Приведите их к одному.
problem-markup = Знаков «<» и «&» в тексте быть не может: он без разметки. Напишите словами.
problem-figure-not-on-line = Цифры «{ $written }» (то есть { $figure }) нет ни на одной из указанных строк ({ $lines }). Исправьте ее или сошлитесь на строку, где она стоит.
problem-date-not-on-line = Даты { $date } нет ни на одной из указанных строк ({ $lines }). Сошлитесь на ее строку или напишите {"{"}date: …, inferred: …{"}"} и объясните, откуда она.
problem-name-not-on-line = Имени «{ $name }» нет ни на одной из указанных строк ({ $lines }). Сошлитесь на его строку или внесите написание из текста в «aliases».
problem-line-not-covered = На строку { $line } источника «{ $source }» не ссылается ни одна карточка. Сошлитесь на нее или внесите ее в «left_out» с причиной.
problem-left-out-but-cited = Строка { $line } внесена в «left_out», но на нее ссылается «{ $card }». Уберите ее из «left_out».
problem-text-absent = Текста { $file } нет в папке с исходными текстами.
problem-text-changed = Текст { $file } — не тот, по которому составлена эта карточка (не совпадает SHA-256).
problem-line-facts-differ = У строки { $line } текста { $file } не те хеш, цифры или имена, что записаны здесь.
problem-no-folder = Такой папки нет. KOLOKOL_CONTENT_DIR и KOLOKOL_SEEDS_DIR должны указывать на папки с карточками и с описаниями источников.
