## Что изменится для читателей

difference-title = Что изменится для читателей
difference-none = Для читателей ничего не меняется.
difference-added-count = добавлено: { $count }
difference-changed-count = изменено: { $count }
difference-removed-count = удалено: { $count }
difference-other-count = прочее: { $count }
difference-more = Это только начало; целиком — в /history.
difference-replaced = ссылки на нее теперь ведут к { $id }
difference-formerly = прежний идентификатор — { $id }
difference-topic = Тема
difference-source = Источник
difference-measure = Показатель
difference-synonyms = Синонимы
difference-synonyms-more = и еще { $count }

## Поля, как их видит редактор; ключи те же, что в файлах

field-action = что сделать
field-aliases = другие названия
field-also-in = также в темах
field-approximate = приблизительно
field-as-of = на какую дату
field-attributed-to = чья это оценка или мнение
field-audience = кому адресовано
field-author = автор
field-body = основной текст
field-bound = граница
field-cites = строки источника
field-claim = тезис
field-date = дата
field-draft = черновик
field-genre = жанр
field-grounds = довод
field-high = верхняя цифра
field-icon = значок
field-in-words = цифра словами
field-kind = вид
field-language = язык
field-low = нижняя цифра
field-measure = показатель
field-note = примечание
field-order = место в списке
field-outside = сверено отдельно
field-points = пункт
field-population = кого или что считали
field-positions = позиция
field-publisher = издание
field-question = вопрос
field-reason = почему
field-review-by = перепроверить к
field-role = роль
field-standing = статус по российским законам
field-superseded-by = чем заменена
field-tags = метки
field-text = текст
field-title = заголовок
field-topics = темы
field-type = тип
field-unit = единица
field-until = до какой даты
field-url = адрес
field-value = цифра
field-when = когда

## Папка с материалами

published-title = Версия { $number } опубликована
offered-title = В папке с материалами есть изменения
offered-behind = Они сделаны на основе более ранней версии. Если их опубликовать, пропадет и то, что вышло позже: посмотрите внимательно.
button-publish-folder = ✅ Опубликовать
folder-brought-forward = В папке с материалами лежала версия { $earlier }; теперь там версия { $current }, которая и опубликована. Чтобы вернуть прежнюю: /rollback { $earlier }.
folder-behind = В папке с материалами лежит версия { $earlier }, а записать туда новую не удается. Читатели видят версию { $current }.
folder-unchanged = В папке с материалами лежит версия { $current }, она и опубликована. Делать ничего не нужно.
folder-ignored = В папке с материалами лежит не то, что опубликовано. Настройка KOLOKOL_PUBLISH_FROM_DISK выключена (off), поэтому публиковать это бот не будет.

