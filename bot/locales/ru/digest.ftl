## Выпуск до срока и последние изменения

command-digest = следующий выпуск, каким он получается сейчас
command-whatsnew = что нового и что исправлено
digest-preview = Следующий выпуск, каким он получается сейчас. Время отправки: { $when }; все, что выйдет до тех пор, в него тоже попадет.
digest-preview-unsubscribed = Так выглядит рассылка. Подпишитесь, и она будет приходить сама.

whatsnew-title = Что нового
whatsnew-intro = За последние три месяца; сначала — исправленные цифры.
whatsnew-nothing = За последние три месяца ничего не изменилось.
whatsnew-corrected = исправлено { $date }
whatsnew-added = новое, { $date }
whatsnew-changed = уточнен текст, { $date }
whatsnew-withdrawn = снято с публикации { $date }
