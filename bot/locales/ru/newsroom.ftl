## Что хранится о редакторе

kept-editors-chat = Редактор
kept-drafts-chat = Черновик
kept-pen_name = псевдоним
kept-base = сделан на основе версии
kept-changed = изменен
kept-checked = проверен
kept-publish_at = опубликовать
