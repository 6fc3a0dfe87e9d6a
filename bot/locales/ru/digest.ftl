## Выпуск до срока и последние изменения

command-digest = следующий выпуск, каким он получается сейчас
command-whatsnew = что нового и что исправлено
digest-preview = Следующий выпуск, каким он получается сейчас. До отправки он меняется вместе с материалами.
digest-preview-unsubscribed = Так выглядит рассылка. Чтобы получать ее здесь: /subscribe

whatsnew-title = Что нового
whatsnew-nothing = За последние три месяца ничего не изменилось.
whatsnew-corrected = Исправлено
whatsnew-added = Новое
whatsnew-withdrawn = Снято с публикации
