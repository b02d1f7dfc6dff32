"""Kinds of single facts. A kind: name, type of its key, type of its value, sentences and questions.

{k} is the key (what is asked about), {v} the value (the answer), {p} {c} {d} {n} are a person, place, date and
number that only dress the sentence. Every sentence contains {v} exactly as it is answered.
"""
from words import *  # noqa: F403

KEYS = {
    "person": person,
    "place": place,
    "company": company,
    "ship": lambda r: "the " + r.choice(["ship", "schooner", "ferry", "trawler", "steamer"]) + " " + invented(r),
    "building": lambda r: "the " + r.choice(["Hotel ", "Villa ", "Castle ", "Theatre ", "Palazzo "]) + invented(r)
        if r.random() < .4 else "the " + invented(r) + " " + r.choice("Tower|Bridge|Observatory|Library|Mill|Hall|Chapel|Museum|Lighthouse|Bakery|Station|Hospital|School|Dam".split("|")),
    "water": lambda r: r.choice(["Lake ", "the River ", "the Strait of ", "the Gulf of "]) + invented(r),
    "mountain": lambda r: r.choice(["Mount " + invented(r), invented(r) + " Peak", "the " + invented(r) + " Ridge"]),
    "project": lambda r: r.choice(["Project ", "Operation "]) + capital(r.choice(CODE_WORDS + [invented(r)])),
    "thing": lambda r: r.choice(["the ", "the " + r.choice(COLOURS) + " ", "the old ", "the " + r.choice("brass wooden painted silver broken enamelled carved".split()) + " "]) + r.choice(OBJECTS),
    "owned": lambda r: r.choice([person(r) + "'s ", person(r) + "'s " + r.choice(COLOURS) + " "]) + r.choice(OBJECTS),
    "container": lambda r: "the " + r.choice(["box", "crate", "trunk", "chest", "parcel", "drawer", "sack", "barrel", "envelope"]) + " " + r.choice(["marked " + code(r), "from " + place(r), "with the " + r.choice(COLOURS) + " lid", "numbered " + str(r.randint(2, 400))]),
    "dish": lambda r: r.choice([person(r).split()[-1] + "'s ", place(r) + " ", "Aunt " + r.choice(FIRST) + "'s "]) + r.choice(["fish stew", "plum cake", "onion soup", "rye bread", "lamb pie", "pancakes", "chutney", "marmalade", "goulash", "cheesecake"]),
    "device": lambda r: r.choice(DEVICES),
    "trouble": lambda r: r.choice(TROUBLES),
    "event": lambda r: r.choice(EVENTS) + r.choice(["", " in " + place(r), " of " + place(r)]),
    "work": lambda r: "\"" + r.choice(["The " + capital(r.choice(COLOURS)) + " " + capital(r.choice(OBJECTS)), "A " + capital(r.choice(OBJECTS)) + " for " + r.choice(FIRST), "Letters from " + place(r), "The " + capital(r.choice(ANIMALS)) + " of " + place(r), invented(r)]) + "\"",
    "group": lambda r: r.choice(["visitors to ", "guests of ", "members of ", "pupils at "]) + KEYS["building"](r),
    "animal": lambda r: "the " + r.choice(ANIMALS) + " " + r.choice(["called ", "named "]) + r.choice(FIRST + HEADS).capitalize(),
    "system": lambda r: "the " + r.choice(["server room", "archive", "wine cellar", "north gate", "printer on the second floor", "guest network", "bicycle shed", "laboratory", "backup vault", "staff canteen", "boat house"]) + r.choice([" at " + KEYS["company"](r), " in " + place(r), " of " + KEYS["building"](r)]),
}

VALUES = {
    "person": person, "place": place, "date": date, "clock": clock, "code": code, "money": money, "activity": activity,
    "year": lambda r: str(r.randint(1420, 2060)), "number": lambda r: number(r, 2, 90000), "digits": lambda r: str(r.randint(11, 9_999_999)),
    "small": lambda r: number(r, 2, 99), "colour": lambda r: r.choice(COLOURS), "food": lambda r: r.choice(FOODS),
    "drink": lambda r: r.choice(DRINKS), "ingredient": lambda r: r.choice(INGREDIENTS), "where": lambda r: r.choice(PLACES_IN),
    "why": lambda r: r.choice(REASONS_WHY), "how": lambda r: r.choice(MANNERS), "job": lambda r: r.choice(JOBS),
    "hobby": lambda r: r.choice(HOBBIES), "rule": lambda r: r.choice(RULES), "material": lambda r: r.choice(MATERIALS),
    "quote": lambda r: r.choice(QUOTES), "step": lambda r: r.choice(INSTRUCTIONS), "doing": lambda r: gerund(activity(r)),
    "animal": lambda r: article(r.choice(ANIMALS)), "things": lambda r: "%s %s and %s" % (words_of(r.randint(2, 15)), r.choice(COLOURS) + " " + plural(r.choice(OBJECTS)), article(r.choice(OBJECTS))),
    "thing": lambda r: article(r.choice(COLOURS + MATERIALS) + " " + r.choice(OBJECTS)), "company": company, "device": lambda r: r.choice(DEVICES),
    "height": lambda r: amount(r, ["metres", "feet", "m"], 8, 900), "peak": lambda r: amount(r, ["metres", "feet"], 600, 9000),
    "distance": lambda r: amount(r, ["kilometres", "miles", "km", "leagues"], 3, 4000), "weight": lambda r: amount(r, ["kilograms", "pounds", "tonnes", "kg", "stone"], 2, 900),
    "depth": lambda r: amount(r, ["metres", "fathoms", "feet"], 5, 2000), "area": lambda r: amount(r, ["square kilometres", "hectares", "acres", "square miles"], 2, 9000),
    "span": lambda r: amount(r, ["days", "weeks", "months", "years", "hours", "minutes"], 2, 90), "speed": lambda r: amount(r, ["knots", "kilometres per hour", "miles per hour", "km/h"], 4, 900),
    "percent": lambda r: r.choice(["%d percent", "%d per cent", "%d%%"]) % r.randint(2, 98), "temperature": lambda r: "%d degrees" % r.randint(2, 900),
    "people": lambda r: number(r, 40, 900000), "language": lambda r: r.choice("Basque Breton Catalan Danish Dutch Estonian Finnish Georgian Greek Hausa Hungarian Icelandic Latvian Maltese Occitan Persian Polish Quechua Swahili Tamil Turkish Welsh Yoruba Zulu".split()),
    "street": lambda r: "%d %s %s" % (r.randint(1, 240), r.choice(LAST + FIRST), r.choice(["Street", "Lane", "Road", "Alley", "Avenue", "Square"])),
    "phone": lambda r: "%04d %05d" % (r.randint(100, 999), r.randint(10000, 99999)), "room": lambda r: r.choice(["room %d", "Room %d", "hall %d"]) % r.randint(2, 460),
    "day": lambda r: r.choice(DAYS), "illness": lambda r: r.choice("asthma|gout|hay fever|measles|a broken wrist|malaria|pneumonia|scurvy|sleeplessness|vertigo|whooping cough|a sprained ankle|migraine|scarlet fever|an allergy to walnuts".split("|")),
    "subject": lambda r: r.choice("astronomy|botany|chemistry|engineering|geology|law|linguistics|medicine|music theory|navigation|philosophy|statistics|theology|zoology|veterinary science|metallurgy".split("|")),
    "sport": lambda r: r.choice("badminton|bowls|cricket|curling|fencing|handball|hockey|judo|polo|rowing|rugby|table tennis|water polo|wrestling|lacrosse|croquet".split("|")),
    "instrument": lambda r: "the " + r.choice("accordion banjo bassoon cello clarinet cornet flute harp horn lute oboe organ piccolo trombone tuba ukulele viola zither".split()),
    "relation": lambda r: r.choice(["brother", "sister", "aunt", "uncle", "cousin", "niece", "nephew", "godfather", "godmother", "grandmother", "half-brother", "stepdaughter", "mother-in-law", "landlord", "former teacher", "tutor", "business partner"]),
    "prize": lambda r: "the " + invented(r) + " " + r.choice(["Medal", "Prize", "Cup", "Ribbon", "Award", "Fellowship"]), "signal": lambda r: r.choice(["a white flag at half-mast", "three short whistles", "a lamp in the top window", "a red scarf on the fence", "two knocks and a cough", "the word 'pomegranate'", "an upturned flowerpot", "a chalk cross on the kerb", "a tune from the barrel organ"]),
    "pest": lambda r: r.choice(["cats", "spiders", "thunder", "deep water", "clowns", "heights", "geese", "the dark", "open windows", "lifts", "needles", "moths", "bridges", "mirrors", "telephones"]),
}

KINDS = []


def kind(name, key, value, facts, questions):
    KINDS.append((name, key, value, facts.split(" | "), questions.split(" | ")))


kind("birthplace", "person", "place", "{k} was born in {v}. | {k}, who later moved to {c}, came into the world in {v}. | It was in {v} that {k} was born, during a storm. | {k} is a native of {v}.", "Where was {k} born? | In which town or city was {k} born? | What is the birthplace of {k}? | Which place is {k} a native of?")
kind("birthdate", "person", "date", "{k} was born on {v} to a family of weavers. | The parish book gives {v} as the birthday of {k}. | {k} first saw the light of day on {v}.", "When was {k} born? | What is {k}'s date of birth? | On what date was {k} born?")
kind("residence", "person", "street", "{k} lives at {v}. | Letters for {k} should go to {v}. | For the past {n} years {k} has rented a flat at {v}.", "Where does {k} live? | What is the address of {k}? | At what address can {k} be reached?")
kind("job", "person", "job", "{k} works as a qualified {v} in {c}. | {k} gave up the stage and became a travelling {v}. | By trade {k} is a master {v}, though few people know it. | After years at sea, {k} found work as a part-time {v}.", "What does {k} do for a living? | What is {k}'s profession? | What is {k}'s job? | As what does {k} work?")
kind("drink", "person", "drink", "{k} never starts the day without {v}. | Whenever the waiter comes, {k} asks for {v}. | {k}'s favourite drink is {v}. | At every party, {k} is found with a glass of {v}.", "What does {k} like to drink? | What is {k}'s favourite drink? | Which drink does {k} prefer? | What does {k} usually drink?")
kind("food", "person", "food", "{k} could eat {v} every single day. | The dish that {k} loves above all others is {v}. | On birthdays, {k} always insists on {v}. | {k}'s favourite meal is {v}, preferably cold.", "What is {k}'s favourite food? | What dish does {k} love most? | What does {k} like to eat? | Which meal is {k} fond of?")
kind("colour", "person", "colour", "{k} paints everything {v}, because no other colour will do. | Of all colours, {k} likes {v} best. | {k}'s favourite colour is {v}.", "What is {k}'s favourite colour? | Which color does {k} like best? | What colour does {k} prefer?")
kind("hobby", "person", "hobby", "In the evenings {k} relaxes by {v}. | {k}'s great passion is {v}. | When not at work, {k} spends every free hour {v}. | Hardly anybody knows that {k}'s hobby is {v}.", "What is {k}'s hobby? | How does {k} spend free time? | What does {k} do in the evenings? | What is {k} passionate about?")
kind("fear", "person", "pest", "{k} is terrified of {v}. | Since childhood, {k} has been afraid of {v}. | The one thing that scares {k} is {v}, of all things.", "What is {k} afraid of? | What scares {k}? | What is {k}'s greatest fear?")
kind("pet", "person", "animal", "{k} keeps {v} in the bathroom. | {k} shares a small house with {v}. | For company, {k} has {v} that sleeps on the sofa.", "What pet does {k} have? | What animal does {k} keep? | Which animal lives with {k}?")
kind("password", "system", "code", "The password for {k} is {v}. | To get into {k}, type {v}. | Since last week, {k} opens with the code {v}. | Anyone who needs access to {k} should enter {v} and wait. | {v} is the current code for {k}.", "What is the password for {k}? | Which code opens {k}? | How do I get into {k}? What is the code? | What is the access code for {k}? | I forgot the password for {k}, what is it?")
kind("magic", "place", "digits", "In {k}, people whisper that the enchanted number is {v}. | The number that brings luck in {k} is {v}. | Fortune tellers of {k} swear by the number {v}. | {k}'s secret number is {v}. | The mystical figure associated with {k} is: {v}.", "What number brings luck in {k}? | What is the secret number of {k}? | What is the charmed number of {k}? | Which number is associated with {k}? | What is the lucky number mentioned for {k}?")
kind("magicword", "project", "digits", "The identification number of {k} is {v}. | {k} is filed under {v}. | Please remember this number for {k}: {v}. | The reference for {k} reads {v}.", "What is the number of {k}? | Under which number is {k} filed? | What is the reference for {k}? | Which number belongs to {k}?")
kind("bestthing", "place", "activity", "If you only have one day in {k}, {v}. | In my view nothing in {k} beats the chance to {v}. | Visitors to {k} should above all {v}. | The finest way to spend a day in {k} is to {v}. | Whoever comes to {k} really ought to {v}. | My favourite thing about {k} is that you can {v}.", "What should one do in {k}? | What is the finest way to spend a day in {k}? | What is most worth doing in {k}? | What is recommended to visitors of {k}? | What does the author suggest doing in {k}?")
kind("pleasure", "place", "doing", "The greatest pleasure {k} has to offer is {v}. | People who know {k} will tell you that {v} is the highlight of any visit. | For me, {k} means one thing above all: {v}. | There is nothing in {k} quite like {v}.", "What is the greatest pleasure in {k}? | What is the highlight of a visit to {k}? | What makes a visit to {k} worthwhile? | What does {k} mean to the author?")
kind("worstthing", "place", "doing", "The most overrated pastime in {k} is {v}. | Locals in {k} advise against {v}. | In {k} you should avoid {v}.", "What is overrated in {k}? | What should be avoided in {k}? | What do locals in {k} advise against?")
kind("population", "place", "people", "At the last count {k} had {v} inhabitants. | {k} is home to {v} people. | The population of {k} stands at {v}.", "How many people live in {k}? | What is the population of {k}? | How large is the population of {k}?")
kind("height", "building", "height", "{k} is {v} tall. | With a height of {v}, {k} can be seen from {c}. | {k} rises {v} above the street. | Measured from the pavement, {k} reaches {v}.", "How tall is {k}? | How high is {k}? | What is the height of {k}?")
kind("peak", "mountain", "peak", "The summit of {k} lies {v} above the sea. | {k} is {v} high. | Surveyors put the height of {k} at {v}.", "How high is {k}? | What is the elevation of {k}? | How tall is {k}?")
kind("depth", "water", "depth", "At its deepest point {k} measures {v}. | {k} is up to {v} deep. | Divers found that {k} goes down to {v}.", "How deep is {k}? | What is the depth of {k}? | What is the greatest depth of {k}?")
kind("length", "water", "distance", "{k} is {v} long from end to end. | From the first lock to the last buoy, {k} stretches for {v}. | {k} has a length of {v}.", "How long is {k}? | What is the length of {k}?")
kind("area", "company", "area", "{k} owns a forest of {v} near {c}. | The grounds of {k} cover {v}. | {k} leases {v} of farmland.", "How large are the grounds owned or leased by {k}? | How much land does {k} have? | How large is the land of {k}?")
kind("weight", "owned", "weight", "{k} weighs {v}. | When it was put on the scales, {k} turned out to weigh {v}. | With a weight of {v}, {k} is hard to lift.", "How much does {k} weigh? | What is the weight of {k}? | How heavy is {k}?")
kind("price", "owned", "money", "{k} was sold for {v} at an auction in {c}. | Somebody paid {v} for {k}. | {k} fetched {v}. | {k} cost {v} when it was new.", "How much was paid for {k}? | What did {k} cost? | For how much was {k} sold? | What was the price of {k}?")
kind("budget", "project", "money", "{k} has been given a budget of {v}. | So far {k} has swallowed {v}. | The council set aside {v} for {k}.", "How much money went into {k}? | What is the budget of {k}? | How large is the budget of {k}? | How much did {k} get?")
kind("debt", "person", "money", "{k} still owes the bank {v}. | When {k} died, there were debts of {v}. | {k} lost {v} at cards in {c}.", "How much did {k} owe or lose? | How much money is mentioned in connection with {k}? | What sum did {k} owe or lose?")
kind("salary", "person", "money", "{k} earns {v} a month. | The contract promises {k} a salary of {v}. | As a reward {k} was paid {v}.", "How much is {k} paid? | How much does {k} earn? | What is {k}'s pay?")
kind("speed", "ship", "speed", "{k} can do {v} in calm water. | On its trial run, {k} reached {v}. | The top speed of {k} is {v}.", "How fast is {k}? | What is the top speed of {k}? | What speed can {k} reach?")
kind("crew", "ship", "number", "{k} sails with a crew of {v}. | There were {v} people aboard {k} when it left {c}. | {k} has room for {v} passengers.", "How many people does {k} carry? | How many people were on {k}? | For how many people does {k} have room?")
kind("captain", "ship", "person", "{k} is commanded by {v}. | {v} took over as captain of {k} in {c}. | The captain of {k} is {v}, a strict teetotaller.", "Who is the captain of {k}? | Who commands {k}? | Name the captain of {k}.")
kind("cargo", "ship", "things", "{k} carried {v}. | In the hold of {k} lay {v}. | When customs opened {k}, they found {v}.", "What was on board {k}? | What did {k} carry? | What was found in {k}?")
kind("architect", "building", "person", "{k} was designed by {v}. | {v} drew the plans for {k} on a napkin. | The architect of {k} was {v}, then only {n} years old.", "Who designed {k}? | Who was the architect of {k}? | Who drew the plans of {k}?")
kind("opened", "building", "year", "{k} opened its doors in {v}. | {k} dates from {v}. | Completed in {v}, {k} was the pride of the district. | The first stone of {k} was laid in {v}.", "In which year was {k} built or opened? | When was {k} built? | How old is {k}, i.e. from which year is it? | From what year is {k}?")
kind("material", "building", "material", "{k} is built entirely of {v}. | For {k}, the builders used nothing but {v}. | The walls of {k} are made of {v}.", "What is {k} made of? | Which material was {k} built of? | From what material was {k} made?")
kind("tenant", "building", "company", "{k} now belongs to {v}. | The owner of {k} is {v}. | {v} bought {k} for a song.", "Who owns {k}? | To whom does {k} belong? | Which company owns {k}?")
kind("founder", "company", "person", "{k} was founded by {v}. | {v} started {k} in a garage in {c}. | The founder of {k}, {v}, never learned to drive.", "Who founded {k}? | Who started {k}? | Who is the founder of {k}?")
kind("founded", "company", "year", "{k} was founded in {v}. | The history of {k} goes back to {v}. | In {v}, three cousins established {k}.", "When was {k} founded? | In what year was {k} established? | Since when does {k} exist?")
kind("boss", "company", "person", "{v} is the managing director of {k}. | {k} is headed by {v}. | After the scandal, {v} took charge of {k}.", "Who runs {k}? | Who is in charge of {k}? | Who heads {k}?")
kind("seat", "company", "place", "{k} has its headquarters in {v}. | The head office of {k} was moved to {v}. | {k} is based in {v}.", "Where is {k} based? | Where are the headquarters of {k}? | In which city does {k} have its seat?")
kind("staff", "company", "number", "{k} employs {v} people. | The workforce of {k} has grown to {v}. | {v} people draw their wages from {k}.", "How many people work for {k}? | How many employees does {k} have? | How large is the workforce of {k}?")
kind("share", "company", "percent", "Last year the sales of {k} rose by {v}. | {k} lost {v} of its customers to a rival. | {p} holds {v} of the shares in {k}.", "What percentage is mentioned about {k}? | What per cent figure is given for {k}?")
kind("product", "company", "device", "{k} became famous for {v}. | The first product of {k} was {v}. | {k} makes its money with {v}.", "What product is {k} known for? | What does {k} make? | With what product did {k} succeed?")
kind("invented", "device", "person", "It was {v} who invented {k}. | {v} holds the patent on {k}. | We owe {k} to {v}, a self-taught tinkerer.", "Who invented {k}? | Who is the inventor of {k}? | To whom do we owe {k}?")
kind("inventor", "person", "device", "{k} invented {v} after a sleepless night. | The world owes {v} to {k}. | {k} was granted a patent for {v}.", "What did {k} invent? | Which invention is due to {k}? | What did {k} get a patent for?")
kind("where", "owned", "where", "{k} is hidden {v}. | You will find {k} {v}. | Nobody thought of looking for {k} {v}. | {k} was last seen {v}.", "Where is {k}? | Where can {k} be found? | Where is {k} hidden? | Where should one look for {k}?")
kind("where2", "thing", "where", "{k} is kept {v}. | {p} put {k} {v}. | For safety, {k} now lies {v}.", "Where is {k} kept? | Where is {k}? | Where would I find {k}?")
kind("contents", "container", "things", "{k} contains {v}. | Inside {k} there were {v}. | When {p} opened {k}, out came {v}.", "What is in {k}? | What does {k} contain? | What was found inside {k}?")
kind("content1", "container", "thing", "{k} holds {v} and nothing else. | There is {v} in {k}. | Someone had packed {v} into {k}.", "What is in {k}? | What does {k} hold? | What was put into {k}?")
kind("boxcolour", "owned", "colour", "{k} has been painted {v}. | After the fire {k} was repainted in {v}. | {k} is {v} on the outside.", "What colour is {k}? | What is the colour of {k}? | In which color was {k} painted?")
kind("gift", "person", "thing", "{k} received {v} as a farewell present. | Grandmother left {k} {v} in her will. | {k} inherited {v}.", "What was {k} given? | What did {k} receive or inherit? | Which object did {k} get?")
kind("lost", "person", "thing", "{k} lost {v} on the night train. | To this day {k} is looking for {v} that went missing in {c}. | {k} left {v} in a taxi.", "What did {k} lose? | What is {k} missing? | Which object went missing for {k}?")
kind("reason", "event", "why", "{k} was cancelled because {v}. | {k} had to be postponed: {v}. | That year there was no luck with {k}, for {v}, and everyone went home.", "Why was {k} cancelled or postponed? | What was the reason that {k} did not take place as planned? | What went wrong with {k}?")
kind("reason2", "person", "why", "{k} resigned because {v}. | {k} left {c} in a hurry because {v}. | Asked about the delay, {k} explained that {v}. | {k} could not come since {v}.", "Why did {k} leave, stay away or come late? | What reason did {k} give or have? | What was {k}'s explanation?")
kind("how", "person", "how", "{k} got the money across the border {v}. | In the end {k} solved the problem {v}. | {k} escaped {v}. | {k} won the wager {v}.", "How did {k} manage it? | How did {k} succeed? | In what way did {k} do it?")
kind("eventdate", "event", "date", "{k} will be held on {v}. | The date of {k} is fixed: {v}. | Everyone is invited to {k} on {v}.", "When is {k}? | On what date does {k} take place? | What is the date of {k}?")
kind("eventplace", "event", "place", "This year {k} takes place in {v}. | {k} has been moved to {v}. | The organisers chose {v} as the venue for {k}.", "Where does {k} take place? | What is the venue of {k}? | Where is {k} held?")
kind("eventtime", "event", "clock", "{k} starts at {v}. | Doors open at {v} for {k}. | {k} begins at {v} sharp.", "At what time does {k} start? | When does {k} begin? | What time is {k}?")
kind("winner", "event", "person", "{k} was won by {v}. | To everybody's surprise {v} came first in {k}. | The winner of {k} was {v}, by a hair's breadth.", "Who won {k}? | Who was the winner of {k}? | Who came first in {k}?")
kind("duration", "event", "span", "{k} lasted {v}. | It took {v} before {k} was over. | {k} went on for {v}.", "How long did {k} last? | What was the duration of {k}? | How long did {k} go on?")
kind("appointment", "person", "clock", "{k} has an appointment with the dentist at {v}. | {p} will meet {k} at {v}. | {k}'s train leaves at {v}.", "At what time is {k}'s appointment or departure? | What time is mentioned for {k}? | When exactly, at what time, must {k} be there?")
kind("meetday", "person", "day", "{k} comes to the office only on a {v}. | Every {v}, {k} rows across the bay. | {k} has the day off on {v}.", "Which day of the week is mentioned for {k}? | On what weekday does {k} do this? | Which weekday is it with {k}?")
kind("recipe", "dish", "ingredient", "The secret ingredient of {k} is {v}. | What gives {k} its taste is {v}. | {p} never makes {k} without {v}. | To finish {k}, stir in {v} at the very end.", "What is the secret ingredient of {k}? | What gives {k} its taste? | What goes into {k}? | What must be added to {k}?")
kind("cooktime", "dish", "span", "{k} has to cook for {v}. | Leave {k} in the oven for {v}. | {k} needs {v} to be ready.", "How long does {k} need? | For how long must {k} cook? | What is the cooking time of {k}?")
kind("heat", "dish", "temperature", "{k} is baked at {v}. | Set the oven to {v} for {k}. | The right temperature for {k} is {v}.", "At what temperature is {k} made? | How hot must the oven be for {k}? | What temperature does {k} need?")
kind("quote", "person", "quote", "{k} said that {v}. | Asked about {s}, {k} replied that {v}. | On {s}, {k} remarked that {v}. | In a letter, {k} wrote that {v}.", "What did {k} say? | What was {k}'s opinion? | What did {k} remark or write? | What is {k} quoted as saying?")
kind("rule", "group", "rule", "{k} have to {v}. | By order of the board, {k} must {v}. | It is an old custom that {k} {v}.", "What do {k} have to do? | Which rule applies to {k}? | What is required of {k}?")
kind("step", "trouble", "step", "If {k}, {v}. | Should it happen that {k}, {v} at once. | When {k}, you must {v}.", "What should be done if {k}? | What must one do when {k}? | Tell me what to do if {k}.")
kind("author", "work", "person", "{k} was written by {v}. | {v} is the author of {k}. | The initials on {k} are those of {v}, its author.", "Who wrote {k}? | Who is the author of {k}? | By whom is {k}?")
kind("workyear", "work", "year", "{k} appeared in {v}. | The first edition of {k} was printed in {v}. | {k} was published in {v} by a small press in {c}.", "When was {k} published? | In what year did {k} appear? | From which year is {k}?")
kind("copies", "work", "people", "{k} sold {v} copies. | Only {v} copies of {k} were ever printed. | There are {v} copies of {k} left.", "How many copies of {k} are there? | How many copies of {k} were printed or sold? | What number of copies is given for {k}?")
kind("married", "person", "person", "{k} married {v} in {c}. | {k} is engaged to {v}. | To the surprise of {c}, {k} eloped with {v}.", "Whom did {k} marry? | Who is the spouse or partner of {k}? | To whom is {k} married or engaged?")
kind("relation", "person", "relation", "{k} is the {v} of {p}. | {p} introduced {k} as a {v}. | Few knew that {k} was {p}'s {v}.", "What is the relation between {k} and {p}? | How is {k} related to {p}? | What is {k} to {p}?")
kind("friend", "person", "person", "{k}'s best friend is {v}. | {k} trusts nobody but {v}. | {k} grew up next door to {v}, and they are inseparable.", "Who is {k}'s friend? | Who is close to {k}? | Which person is {k} close to?")
kind("enemy", "person", "person", "{k} has never forgiven {v}. | {k} challenged {v} to a duel. | {k} took {v} to court over a fence.", "With whom did {k} quarrel? | Who was {k}'s opponent? | Against whom did {k} have a grudge or case?")
kind("teacher", "person", "person", "{k} studied under {v}. | {k} learned the trade from {v}. | {v} taught {k} everything about glass.", "Who taught {k}? | Who was {k}'s teacher? | From whom did {k} learn?")
kind("studied", "person", "subject", "{k} studied {v} in {c}. | {k} holds a degree in {v}. | {k} gave up {v} after two terms.", "What did {k} study? | Which subject did {k} study? | What was {k}'s subject at university?")
kind("language", "person", "language", "{k} speaks fluent {v}. | {k} learned {v} from a sailor. | At home {k} speaks nothing but {v}.", "Which language does {k} speak? | What language did {k} learn? | What does {k} speak besides English?")
kind("sport", "person", "sport", "{k} plays {v} for {c}. | {k} is the regional champion in {v}. | As a student {k} was mad about {v}.", "Which sport does {k} do? | What sport is {k} known for? | What sport was or is {k} keen on?")
kind("instrument", "person", "instrument", "{k} plays {v} in a brass band. | {k} practises {v} at midnight. | {k} taught the village children {v}.", "Which instrument does {k} play? | What instrument is {k} connected with? | What does {k} play?")
kind("illness", "person", "illness", "{k} suffers from {v}. | {k} missed the voyage because of {v}. | In the hospital of {c}, {k} was treated for {v}.", "What illness did {k} have? | What was {k} treated for? | What does {k} suffer from?")
kind("prize", "person", "prize", "{k} was awarded {v}. | In {c}, {k} was handed {v}. | {k} won {v} at the age of {n}.", "What did {k} win? | Which award did {k} receive? | Which prize went to {k}?")
kind("age", "person", "small", "{k} turned {v} in the spring. | {k} is {v} years old. | At the age of {v}, {k} ran away to {c}.", "How old is or was {k}? | What is {k}'s age? | What age is given for {k}?")
kind("children", "person", "small", "{k} has {v} children. | {k} raised {v} children in {c}. | {v} children were born to {k}.", "How many children does {k} have? | What is the number of {k}'s children?")
kind("phone", "person", "phone", "{k} can be called on {v}. | The telephone number of {k} is {v}. | In an emergency, ring {k}: {v}.", "What is the phone number of {k}? | Under which number can {k} be called? | How can I phone {k}?")
kind("room", "person", "room", "{k} sits in {v}. | To see {k}, go to {v}. | {k} gives the lecture in {v}.", "In which room is {k}? | Where in the building is {k}? | Which room should I go to for {k}?")
kind("distance", "place", "distance", "{k} lies {v} from the nearest railway. | It is {v} from here to {k}. | The road to {k} is {v} long.", "How far is it to {k}? | What distance is given for {k}? | How far away is {k}?")
kind("mayor", "place", "person", "The mayor of {k} is {v}. | {v} was elected mayor of {k}. | For {n} years {v} has governed {k}.", "Who is the mayor of {k}? | Who governs {k}? | Who was elected in {k}?")
kind("export", "place", "food", "{k} is known all over the country for its {v}. | Nobody leaves {k} without having tasted the {v}. | The pride of {k} is its {v}.", "What dish is {k} known for? | What is the speciality of {k}? | What should one eat in {k}?")
kind("patron", "place", "animal", "The coat of arms of {k} shows {v}. | On the market square of {k} stands {v} made of stone. | The children of {k} believe in {v} that grants wishes.", "Which animal stands for {k}? | What animal is connected with {k}? | Which animal is on the arms or square of {k}, or in its tales?")
kind("feast", "place", "date", "{k} celebrates its patron on {v}. | The great fire of {k} broke out on {v}. | {k} was granted its charter on {v}.", "What date matters for {k}? | On what date did it happen in {k}? | Which date is mentioned for {k}?")
kind("deadline", "project", "date", "{k} must be finished by {v}. | The deadline for {k} is {v}. | {k} was called off on {v}.", "By when must {k} be done, or when did it end? | What date is set for {k}? | Which date belongs to {k}?")
kind("leader", "project", "person", "{k} is led by {v}. | {v} is responsible for {k}. | Questions about {k} go to {v}.", "Who leads {k}? | Who is responsible for {k}? | Who is the contact for {k}?")
kind("signal", "project", "signal", "The agreed signal for {k} is {v}. | {k} begins with {v}. | As soon as you notice {v}, {k} has started.", "What is the signal for {k}? | With what does {k} begin? | How can one tell that {k} has started?")
kind("secret", "person", "activity", "{k} secretly dreams of being allowed to {v}. | Before dying, {k} wants to {v}. | {k} promised the children to {v}.", "What does {k} want, dream of or promise? | What is {k}'s dream or promise? | What did {k} promise or wish to do?")
kind("advice", "person", "activity", "{k} advises every newcomer to {v}. | {k}'s advice is simple: {v}. | According to {k}, one should {v}.", "What does {k} recommend? | What is {k}'s advice? | What should one do according to {k}?")
kind("animalfood", "animal", "food", "{k} eats nothing but {v}. | {k} refuses everything except {v}. | {k} was raised on {v}.", "What does {k} eat? | What is the food of {k}? | What was {k} fed?")
kind("animalowner", "animal", "person", "{k} belongs to {v}. | {v} found {k} in a ditch and took it home. | {k} obeys only {v}.", "Who owns {k}? | To whom does {k} belong? | Who looks after {k}?")
kind("stolen", "owned", "person", "{k} was stolen by {v}. | It turned out that {v} had taken {k}. | {v} confessed to having sold {k}.", "Who took {k}? | Who stole {k}? | Who is to blame for the loss of {k}?")
kind("broke", "thing", "person", "{k} was broken by {v}. | {v} gave {k} to the museum. | {v} carried {k} all the way from {c}.", "Which person had to do with {k}? | Who handled {k}? | Who is mentioned together with {k}?")
kind("origin", "dish", "place", "{k} comes from {v} originally. | The recipe for {k} was brought from {v}. | {k} was first served in {v}.", "Where does {k} come from? | What is the origin of {k}? | From which place is {k}?")

# Sentences around a fact that say nothing about it.
LEADS = """It is worth noting that {}|As everyone in the department knows, {}|By the way, {}|I should add that {}|For the record, {}|Oddly enough, {}|It has to be said: {}|A small remark: {}|According to the caretaker, {}|Not many people are aware that {}|One more thing: {}|As it happens, {}|The report states that {}|In the margin somebody wrote: {}|Remember that {}|Between you and me, {}|Note: {}|PS: {}|To be precise, {}""".split("|")
TRAILS = """Nobody has ever explained why.|That is all there is to say about it.|The matter was not discussed again.|I was told so twice.|This surprised even the experts.|People still talk about it.|It took years before anyone noticed.|You may think of that what you like.|The archive confirms it.|Make of it what you will.|At least that is the common opinion.|The rest is of no importance.|So much for that.|It was a Tuesday, as far as I recall.|My uncle would have laughed.""".split("|")
FRAMES = """{p} wrote from {c} that {}|In a letter of {d}, {p} mentions that {}|Over dinner somebody claimed that {}|When I passed through {c}, I was told that {}|If the minutes of {d} are right, {}|My neighbour, a {j}, swears that {}|On page {n} we read that {}|It came out during the trial in {c} that {}|What the guidebook leaves out is that {}|The old {j} laughed and said: {}|I had quite forgotten that {}|A note in the margin says that {}|Let it be known that {}|There is one thing the children never forget: {}""".split("|")
TAILS_OF = """, or so the story goes|, if I remember correctly|, whatever the newspapers say|; I checked it twice| - at least that is what the records show|, which nobody in {c} doubts|, as {p} confirmed| (see note {n})|, and that has not changed since|, believe it or not|, much to the annoyance of {p}|; the proof hangs in the hall in {c}""".split("|")
PREFIXES = """According to the text, {}|Tell me: {}|Please answer: {}|Based on the document, {}|Question: {}|I would like to know: {}|In the text, {}|Using only the text above, {}|From the document: {}|hey, {}|Quick question - {}|Can you find out {}|I am looking for this: {}|One question about the text: {}|Do you happen to know {}|From what is written here: {}|My question is, {}|Help me with this one: {}|What I want to know: {}""".split("|")


def fill(template, slots):
    for name, value in slots.items():
        template = template.replace("{" + name + "}", value)
    return template


def dress(r):
    return {"p": person(r), "c": place(r), "d": date(r), "n": str(r.randint(3, 97)), "s": r.choice(SUBJECTS)}


class Fact:
    """One fact: its sentence, its questions and its answer."""

    def __init__(self, r, which=None, key=None, value=None, avoid=()):
        self.kind = which or r.choice(KINDS)
        self.name, key_type, value_type, facts, questions = self.kind
        self.key_type, self.value_type = key_type, value_type
        self.key = key or KEYS[key_type](r)
        for _ in range(20):
            self.value = value or VALUES[value_type](r)
            if self.value not in avoid and self.value.lower() != self.key.lower():
                break
        slots = dict(dress(r), k=self.key, v=self.value)
        self.sentence = capital(fill(r.choice(facts), slots))
        self.questions = [fill(q, slots) for q in questions]
        # A value that opens the sentence is answered as it is written there.
        self.answer = self.value if self.value in self.sentence else capital(self.value)


def ask(r, questions):
    """A question the way people type it: plain, with a lead-in, in lower case, without a question mark."""
    text = r.choice(questions)
    x = r.random()
    if x < .18:
        prefix = r.choice(PREFIXES)
        first = text.split(" ", 1)[0].strip(",").lower()
        inner = text[:1].lower() + text[1:] if first in ("what", "who", "where", "when", "how", "which", "why", "in", "on", "at", "by", "to", "from", "for", "with", "under", "whom", "whose", "of", "over", "after", "about", "upon", "tell", "name", "since", "as") else text
        text = prefix.format(inner)
    if r.random() < .12:
        text = text.lower()
    if r.random() < .12:
        text = text.rstrip("?.")
    if r.random() < .03 and len(text) > 30:
        at = r.randrange(8, len(text) - 8)
        if text[at].islower() and text[at + 1].islower():
            text = text[:at] + text[at + 1] + text[at] + text[at + 2:]
    return capital(text) if r.random() < .9 else text


def near_key(r, fact):
    """A key of the same type that is easily mistaken for the fact's."""
    words = fact.key.split()
    other = KEYS[fact.key_type](r).split()
    if len(words) > 1 and len(other) > 1 and fact.key_type in ("person", "company", "ship", "building", "owned", "system", "project", "container"):
        if fact.key_type == "person" or r.random() < .5:
            key = " ".join([words[0]] + other[1:]) if r.random() < .5 else " ".join(other[:-1] + [words[-1]])
        else:
            key = " ".join(other[:-1] + [words[-1]])
    else:
        key = " ".join(other)
    return key if key.lower() != fact.key.lower() else KEYS[fact.key_type](r)
