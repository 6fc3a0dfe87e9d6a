"""How people ask: words that carry no subject, words that carry little, and the kind of card that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.catalog.cards import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words(
    """
    a an the of in on at to for from by with without per after before since during until while and or but than
    then so if as is are was were be been being am do does did done doing has have had having it its this that
    these those there here what which who whom whose how why when where many much any some such not no nor can
    could should would will shall may might must i me my mine you your he him his she her we us our they them
    their about into onto also just only very too really ever please tell show give find search let lets s t re
    ve ll d m thank thanks hello hi dont
    doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent hadnt whats whos hows wheres
    whens whys thats theres im ive youre theyre theyve weve и в во на по о об обо от до за из с со у к
    ко не ни но а что чего чему чем как так то это этот эта эти этого этой этих этом тот та те того тех кто кого
    кому кем где куда откуда когда почему зачем отчего сколько скольким какой какая какое какие какого каких
    каким какую каком чей чья чьи ли же бы б был была было были быть будет будут есть мне меня мы нам нас вы вам
    вас я ты его ее ей их им он она оно они мой свой своих свои для при про или да нет после перед над под без
    через между еще уже тоже также только очень все всех всего весь вся можно нужно надо ведь вот там тут здесь
    расскажи расскажите покажи покажите скажи скажите найди найти подскажи пожалуйста спасибо привет здравствуйте
    который которая которое которые которого которых этому этими такого таких такому таким ему ей ими него нее ней
    них нему ним себя себе собой чтобы чтоб если туда сюда оттуда пока хотя либо поэтому каков какова каковы
    насколько свою своей своего своему своим более менее нибудь
    """
)
"""Words that ask or join and carry no subject."""

FAINT = _words(
    """
    people person thing things time way ways get gets got getting go goes going went want wants wanted make makes
    made say says said think thinks need needs like use used still now today other others one most more all
    every big large small good bad new old happen happens happened mean means exist exists really become becomes
    became anyone everyone someone number amount face faces work works kind sort part much lot lots able try
    trying take takes long compare compared comparison against actual exactly often currently best better worst
    top nice main real true let put ask asked tell told seem seems look looks come comes keep keeps start stop
    call called name named whole different same next last first current recent possible important know knows known
    knew doing happening believe believes anything something everything nothing anybody somebody nobody everybody
    again ago yet around each both either neither else based located written wrote человек
    человека люди людей людям год года лет время говорят говорит сказал сказать думает думают хочет хотят хотеть
    делать делает делают сделать стать стал стали случилось произошло происходит значит означает самый самая
    самые больше меньше много мало другой другие других сейчас теперь сегодня раньше число количество такой
    такая такое такие всегда обычно вообще именно лучший лучшая лучшие лучше хуже главный главные основные
    большой большая большое большие хороший хорошая хорошее хорошие плохой плохая плохое дело дела
    первый последний последние важный важно новый новые старый разные какието почемуто называется называют мочь
    может могут должен должны должна стоит занимается занимаются заниматься является являются бывает бывают
    находится находятся получить получает получают получил получили пишет пишут писал писали считает считают
    считал рассказывает рассказал говорил говорили сказала сказали думал думают знает знают знать умеет умеют
    умеешь умею уметь идет идут существует существуют нужен нужна нужны нельзя обратно назад снова опять вместе
    действительно часто чаще никогда оказался оказалась оказались
    """
)
"""Words that say little about a subject: they count, but a card need not have them."""

_ASKED: tuple[tuple[Kind, str], ...] = (
    (
        Kind.STATISTIC,
        r"how (?:many|much|big|large)|number of|what (?:share|percentage|proportion|percent)|figures?|statistics?|"
        r"stats|estimates?|сколько|как много|число|количество|какая (?:доля|часть)|какой процент|"
        r"статистик[аиуе]|статистикой|цифр(?:[аыуе]|ой|ам|ами|ах)?|оценк(?:[аиуе]|ой|ам|ами|ах)|оценок",
    ),
    (
        Kind.RECOMMENDATION,
        r"what (?:should|can|could|must|ought)|how (?:should|can|could)|should|recommend\w*|proposals?|advice|policy|"
        r"policies|что (?:следует|делать|нужно|надо|должн\w+|можно|могут|может)|как помочь|рекоменд\w*|предложени\w*|"
        r"советы?",
    ),
    (Kind.ACTOR, r"who (?:is|was|s)(?! \w{3,}(?:ing|ed) \w)|whos|кто (?:так\w+|это|был\w*)|кем (?:был\w*|является)"),
    (Kind.EVENT, r"when|what (?:date|year|day)|timeline|dates?|когда|в каком году|какого числа|хроник\w*|дата"),
    (
        Kind.DEBATE,
        r"who (?:disagrees?|agrees?|argues?)|disagree\w*|debates?|pros and cons|differ|versus|vs|"
        r"кто (?:не соглас\w*|спорит|против)|спор(?:[ыуе]|ов|ом|ам|ами|ах|ят|ит|ить|ил|или)?|разноглас\w*|"
        r"за и против|дискусси\w*",
    ),
    (
        Kind.TERM,
        r"what (?:is|are|does)(?= (?:an? |the )?[\w-]+(?: [\w-]+)?(?: mean)?$)|meaning of|definition|define|"
        r"что такое|что (?:значит|означает)|определение|термин",
    ),
    (Kind.ARGUMENT, r"why|почему|зачем|отчего|из за чего"),
)
_PATTERNS = tuple((kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for kind, pattern in _ASKED)


def kinds_asked_for(question: str) -> Iterator[tuple[Kind, str]]:
    """The kinds that a normalised question asks for, each with the words that ask for it."""
    for kind, pattern in _PATTERNS:
        if match := pattern.search(question):
            yield kind, match[0]
