## Home, help, about

home-title = Kolokol
home-text = What is known about Russians who left because of the war and the regime: how many, who they are, where they live, what they ask of the West. Every answer is short and names its source.
home-try = Write a question in your own words, such as “how many left” or “visas”, or choose below.
home-count = { $cards } cards from { $sources } sources, in English and Russian.
menu-topics = 📚 Topics
menu-stats = 📊 Figures
menu-policy = ✅ Recommendations
menu-debates = ⚖️ Debates
menu-timeline = 📅 Timeline
menu-people = 👤 Who is who
menu-glossary = 📖 Glossary
menu-sources = 📰 Sources
menu-random = 🎲 Random card
menu-help = 🧭 Help
menu-language = 🌐 Язык · Language
menu-about = 🔔 About

help-title = How to ask
help-search = In a private chat just write what you are looking for, in English or Russian; a typo does no harm. The buttons under a card lead to its source, to related cards, and on through the list.
help-group = In a group, send a command, reply to the bot, or mention it: @{ $username } visas. In any chat at all, type @{ $username } and a word or two to share a card there.

about-title = About Kolokol
about-text = Kolokol means “bell”, after the newspaper that Alexander Herzen printed in exile and that was read in Russia. This bot collects what published texts say about Russian political exiles, for the people who speak up for them.
about-method = The cards are written by editors in their own words, from texts published between September 2023 and January 2025. Every figure is checked against the line it comes from. Who says a thing, and when, stands on the card; where sources differ, both sides do. Some of what they describe has changed since.
about-privacy-title = What is kept about you:
about-privacy = your choice of language, if you made one, and what you chose for the digest, if you subscribed: day, hour, city, topics. All under an encrypted chat id. No names, no questions. /privacy shows everything there is, /forget deletes it at once.

## Commands (the menu)

command-topics = topics, one summary each
command-stats = figures, rival estimates side by side
command-policy = recommendations, by audience and topic
command-debates = where the sources disagree
command-timeline = what happened when
command-sources = the texts behind the cards
command-glossary = words explained
command-search = search: /search nansen passport
command-random = a random card
command-language = English or Russian
command-help = how to ask
command-about = what this is, and what it keeps

## Languages

language-title = Language · Язык
language-text = Which language should I answer in? На каком языке отвечать?
language-chosen = I will answer in English.
language-group = In a group its administrators choose the language.

## Lists

list-cards = Cards
list-summary = Topics
list-statistic = Figures
list-recommendation = Recommendations
list-argument = Arguments
list-debate = Debates
list-event = Timeline
list-actor = Who is who
list-term = Glossary
list-in-topic = { $topic }: { $kind }
list-audience = Recommendations to { $audience }
list-from-source = Cards from “{ $title }”
list-near = Related to “{ $title }”
list-empty = Nothing here yet.
topics-title = Topics
measures-title = Figures
measures-intro = Where several have counted the same thing, their estimates stand side by side.
estimates-count = { $count ->
    [one] { $count } estimate
   *[other] { $count } estimates
}
policy-title = Recommendations
policy-intro = { $count ->
    [one] { $count } recommendation: choose whom it addresses, or a topic.
   *[other] { $count } recommendations: choose whom they address, or a topic.
}
sources-title = Sources
sources-intro = The texts that the cards are drawn from. Choose one to see who wrote it, what it says, and its standing under Russian law.
cited-title = Sources of this card

## Cards

as-of = As of { $date }
as-of-span = Sources: { $first } to { $last }
date-inferred = { $date }, inferred
inferred = Our inference, not stated in the text: { $reason }.
other-estimates = Other estimates
label-counted-by = Figure given by:
label-audience = To:
label-reason = Why:
label-recommended-by = Recommended by:
label-grounds = Grounds
label-argued-by = Argued by:
stale = This card was to be reviewed by { $date }; some of it may have changed since.
supersedes = This card replaces an earlier one.
outside = Checked by the editors, not in the sources
outside-checked = { $where }, checked { $date }
bound-at-least = at least { $number }
bound-more-than = more than { $number }
bound-at-most = at most { $number }
bound-less-than = less than { $number }
bound-nearly = nearly { $number }
card-gone = This card is no longer published. Search for its subject, or start from the menu.

audience-eu = the European Union
audience-us = the United States
audience-western-governments = Western governments
audience-host-countries = host countries
audience-international-organisations = international organizations
audience-donors = donors
audience-civil-society = civil society
audience-media = the media
audience-exile-organisations = exile organizations
audience-opposition = the opposition
audience-exiles = exiles themselves

## Sources

genre-essay = Essay
genre-analysis = Analysis
genre-opinion = Opinion piece
genre-interview = Interview
genre-report = Report
genre-article = Article
source-no-author = author and publisher not stated
source-no-date = date not stated
source-open = Open the text
standing-title = Standing under Russian law
standing-undesirable = In Russia, passing on material of an “undesirable” organization, even a link, is punished with a fine. Think of where the person you send this to lives.
standing-foreign-agent = What this status means for those who pass the text on, we have not checked. Think of where the person you send it to lives.
standing-banned = What this status means for those who pass the text on, we have not checked. Think of where the person you send it to lives.
standing-stated = As the text itself states (lines: { $lines }).
standing-not-checked = Not checked. That does not mean it is safe to pass on: we have not looked it up.

## Buttons

button-share = ↗️ Share
button-menu = 🏠 Menu
button-related = 🧩 Related
button-source = 📰 Source
button-results = 🔎 Results
button-place = ☰ { $here } of { $total }
button-estimates = 📊 All estimates
button-topic = ⬆️ Topic
button-card = ⬆️ Card
button-source-card = ⬆️ Source
button-measures = ⬆️ Figures
button-policy = ⬆️ Recommendations
button-from-source = 📚 Its cards
button-summary = 📌 Summary
button-open-bot = 🔔 Open in the bot

## Search

search-ask = What are you looking for? Write it after the command: /search nansen passport
search-nothing = Nothing fits “{ $question }”.
search-did-you-mean = Did you mean: { $words }?
search-near = Perhaps one of these topics:
search-again = The question behind this list is no longer kept. Please ask again.
inline-open = Open Kolokol
near-some = There is no “{ $argument }”. Did you mean:
near-none = There is no “{ $argument }”. All topics are one tap away.

## When something goes wrong

error-update = Sorry, something went wrong, and your message was not answered. It has been noted as { $incident }. Please try again.
error-old-button = This button is from an older version. Here is the menu.
error-not-text = I read text only. Write what you are looking for, or open the menu.

unknown-command = I do not know this command. Help lists all of them.
unknown-command-near = I do not know this command. Did you mean:
profile-short = What is known about Russian political exiles: short answers with sources, in English and Russian.
profile-description = Kolokol answers questions about Russians who left because of the war and the regime: figures, recommendations, debates, people, each with its source. Ask in your own words.

## To administrators

problems-title = Content not published
problems-intro = The files on disk have problems. What was published before goes on being served.
problems-more = And { $count } more; kolokol check lists them all.
