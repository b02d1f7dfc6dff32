"""Odd, essayistic sentences (anecdotes.txt) and questions that say the same in other words.

A line of the file: sentence => questions => answer. A slot {x} or {x2} is filled with a word of kind x, the same everywhere in a
line; {x~} in a question is another word for it. In questions {I} is the author, {my} the author's.
"""
import re
from pathlib import Path

from facts import VALUES, fill
from words import *  # noqa: F403

# What a sentence calls it, then what a question may call it.
OTHER_WORDS = {
    "kin": "grandmother/granny|grandfather/grandpa|great-aunt|aunt|uncle|cousin|brother-in-law|mother-in-law/wife's mother|stepfather|niece|nephew|godmother|elder sister/older sister|younger brother/little brother|late husband/deceased husband|second wife",
    "prof": "physician/doctor|solicitor/lawyer|schoolmaster/teacher|barber/hairdresser|postman/mail carrier|constable/policeman|undertaker/funeral director|chemist/pharmacist|watchmaker/clockmaker|glazier/window maker|tax collector/tax inspector|stationmaster/head of the station|gardener|beekeeper/keeper of bees|auctioneer|night watchman/night guard|caretaker/janitor|cobbler/shoemaker|photographer|sexton/gravedigger|customs officer/customs man|translator|milliner/hat maker|bookkeeper/accountant|ferry captain|archivist|cook|referee|lifeguard|organist",
    "beast": "mare/horse|hound/dog|tomcat/cat|ram/sheep|drake/duck|cockerel/rooster|heifer/cow|canary/bird|jackdaw/bird|tortoise|donkey|ferret|terrier/dog|pony|carp/fish|gander/goose|hen|spaniel/dog|owl|lizard/reptile",
    "item": "sofa/couch|spectacles/glasses|bicycle/bike|wristwatch/watch|overcoat/coat|rug/carpet|trombone|lawnmower|wheelbarrow|hammock|wardrobe|wooden leg|harmonium|sewing machine|barometer|bathtub/tub|weathercock/weather vane|tricycle|camera|hearing aid|birdcage/cage|chandelier|toolbox|violin/fiddle|motorcycle/motorbike|greenhouse/glasshouse|lawn|piano",
    "building": "town hall/city hall|post office|lighthouse|brewery|observatory|courthouse|public baths/swimming baths|railway station/train station|mill|prison/jail|schoolhouse/school|cinema/picture house|asylum|customs shed|opera house|waterworks|bandstand|bank|museum|signal box",
    "people": "bakers/bread makers|anglers/fishermen|mountaineers/climbers|poets/writers of verse|surgeons|bell-ringers|pickpockets/thieves|geologists|twins|widows|auctioneers|proofreaders|tenors|sculptors|chess players|accountants|lexicographers/dictionary makers|ferrymen|astronomers|actors|umpires|gamblers|beekeepers|translators|philosophers|left-handed people/left-handers",
    "group": "village council/councillors|football team/footballers|debating society|brass band|fire brigade/firemen|night shift|reading circle/book club|walking club/walkers|committee|theatre company/actors|jury/jurors|fishing fleet|board of governors/governors|chess club|regiment/soldiers|expedition committee",
}

PLAIN = {
    "doing_habit": "whistling hymns|reading other people's letters|sharpening knives|counting peas aloud|spitting cherry stones|cracking walnuts|correcting everybody's grammar|humming the anthem|polishing coins|folding the tablecloth|licking stamps|sorting beans by size|talking to the spoons|blowing on the soup|imitating the landlord|winding watches",
    "odd_text": "the labels of medicine bottles|seed catalogues|tombstones|a veterinary handbook|a book of shipwrecks|the backs of cereal packets|tax forms|a dictionary without the letter M|an old telephone directory|opera programmes|wanted posters",
    "odd_part": "intervals|ushers|curtains|coughing in the stalls|buffet|prompter's whispering|fire exits|hats of the audience",
    "likeness_noise": "a walrus in love|a drowning gramophone|two spoons quarrelling|a kettle with regrets|a gate in a gale|a mouse reciting Homer|a distant saw mill|a trumpet full of jam",
    "act_end": "choked on a plum stone|dozed off in a snowdrift|went to sea and stayed there|laughed too long at a pun|swallowed a wasp|sat down under the wrong tree|drank the ink|forgot to come home",
    "vessel": "a flowerpot|a hollow turnip|a fireman's helmet|a gravy boat|an inkwell|a shaving mug|a watering can|a seashell",
    "odd_goods": "left gloves|maps of the moon|second-hand teeth|expired calendars|doorknobs|candles shaped like saints|keys without locks|buttermilk soap|empty frames|other people's trophies|rope in short pieces",
    "topic": "the correct way to fold a napkin|the pronunciation of a Welsh river|a borrowed hedge trimmer|the height of a hedge|who had invented the sandwich|a missing teaspoon|the rules of croquet|the plural of octopus|an umbrella stand|the price of a postage stamp|the existence of Belgium|a drawing of a horse|the window in the second-class carriage|the last slice of ham|the colour of the curtains|a comma in the statutes|the proper depth of a grave|whose turn it was to feed the hens|a game of dominoes|the seating plan",
    "mood": "envy|remorse|relief|boredom|homesickness|vanity|stubbornness|gratitude|curiosity|despair|spite|pity|shame|joy|impatience|cowardice|tenderness|sheer politeness",
    "notion": "patience|punctuality|friendship|modesty|ambition|courage|optimism|honesty|gossip|nostalgia|thrift|democracy|fame|silence|grammar|progress|justice|good taste|diplomacy|loyalty",
    "likeness": "a damp mattress|a badly tuned bell|a door that opens outwards|a hat in a storm|soup eaten with a fork|a staircase without a landing|a letter with no stamp|a map of somebody else's country|a bridge painted on a wall|a mule with opinions|a clock in an empty house|a borrowed shirt|an egg of unknown age|a lighthouse in the desert|a raincoat made of sugar|a tune hummed by a policeman|a suitcase full of sand|a candle at noon",
    "stuff": "porridge|candle wax|wet sand|seaweed|sawdust|old newspapers|treacle|feathers|boiled potatoes|tar|straw|rice pudding|wool|chalk dust|pine cones|coffee grounds|blotting paper|mustard|gravel|egg whites",
    "scent": "burnt sugar|wet dog|lavender|old books|paraffin|pencil shavings|fried onions|camphor|warm bread|tar and oranges|boiled cabbage|gunpowder|floor polish|hay|vinegar|cloves|a blown-out match|river mud",
    "wear": "a nightgown|one red glove|rubber boots|a sailor's cap|a borrowed tuxedo|two waistcoats|a tea towel|a diving suit|a false moustache|a paper collar|a beekeeper's veil|woollen stockings|a judge's wig|a straw hat|a bathrobe|slippers embroidered with pheasants",
    "ride": "by tandem|on a borrowed mule|by hearse|in a hot-air balloon|by milk cart|on skis|in a fire engine|by rowing boat|on roller skates|in a furniture van|by the night mail|on foot|in a wheelbarrow|by paddle steamer|in a police car|on a tractor",
    "form": "on the back of a menu|in Latin|in invisible ink|on a strip of wallpaper|by telegram|in chalk on the garden wall|in Braille|on a paper plane|in the form of a crossword|on forty postcards|in green pencil|on a cough-drop wrapper|as a will|in the shape of a recipe|in shorthand|on a shirt cuff",
    "act": "sneezed|burst into applause|fainted|climbed onto the table|whistled at the ceiling|asked for the bill|recited the alphabet|barked|bowed three times|counted to a hundred|emptied the inkwell|proposed marriage to the cook|ordered more soup|turned to the wall|danced on the lawn|stamped on a hat|jumped out of the window|kissed the postman|removed both shoes|crossed out every name",
    "fate": "was sold to a circus|was painted green|was turned into a henhouse|was raffled off for charity|was left out in the rain for a year|was melted down for spoons|was walled up in the pantry|was eaten by moths|was swept out to sea|was donated to a convent|was chopped up for firewood|was lost at cards|was struck by lightning twice|was exchanged for a barrel of herring|was stolen by a cousin of the owner",
    "claim": "the moon is hollow|rain only falls on weekdays|nobody has ever read the whole of the law|the sea is getting heavier|left shoes wear out first|all violinists can swim|cheese has a memory|honest men snore|dogs invented the doorbell|every family owes somebody a spade|Tuesdays are longer than Fridays|no map is finished until it is torn|glass is afraid of singers|sleep is a kind of commuting|half of all wisdom is good shoes",
    "moment": "whenever it thunders|at the sound of the dinner gong|after the second glass of sherry|every time the telephone rings|on the eve of an election|as soon as the guests have left|when the barometer falls|at the mention of taxes|in the presence of dentists|during sermons|whenever somebody says 'obviously'|just before the curtain rises|on moonless nights|whenever the band plays a waltz",
    "folly": "iron his shoelaces|teach the bees to count|paint the pond|weigh the fog|post a letter to himself|insure his dreams|cross the bay in a barrel|translate the telephone book|marry an echo|sue the weather|buy a bridge|alphabetise the gravel|cure boredom with leeches|photograph the wind|paper the ceiling with banknotes|train a trout",
    "keepsake": "a jar of river water|three brass doorknobs|an unpaid bill|a cracked hand mirror|a lock of somebody's beard|a box of unlabelled keys|half a chessboard|a stuffed pike|a railway lamp|a bundle of love letters tied with fuse wire|a tin of foreign coins|a whalebone comb|an empty perfume bottle|a map with one town cut out|a pair of opera glasses|a certificate in lifesaving|a pickled lemon|a doll without a face|a bag of marbles|a glass eye",
    "study": "the mating habits of snails|medieval door hinges|the grammar of whistling|cloud shadows|the history of the paper clip|the migration of eels|forged signatures|extinct dialects of the coast|the acoustics of staircases|fungi that grow on books|lullabies|the geometry of puddles|the folklore of hiccoughing|railway timetables of the last century|the taste of metals|knots",
    "remedy": "a raw potato in the left pocket|a spoonful of tar|cold baths and brass bands|two days of silence|goose fat behind the ears|a brisk argument|chewing on liquorice root|sleeping with the window open|a poultice of bread and milk|standing on one leg|hot bricks wrapped in flannel|reading sermons aloud|a thimble of gin|salted plums",
    "ailment": "seasickness|a stiff neck|toothache|lumbago|stage fright|warts|melancholy|a bad cough|chilblains|insomnia|sunstroke|a hangover|stammering|cold feet|the mumps|nosebleeds",
    "crop": "rhubarb|beetroot|tomatoes|asparagus|pumpkins|gooseberries|tobacco|hops|turnips|artichokes|melons|cress|leeks|sunflowers|saffron",
    "duty": "wind the tower clock|feed the swans|read the gas meters|ring in the New Year|clean the mayor's boots|count the ballot papers|test the ice|taste the soup|lower the flag at dusk|light the street lamps|judge the marrows|carry the banner|turn the pages for the pianist|guard the cake",
    "lesson": "how to gut a herring|how to lose gracefully|how to swear in Portuguese|how to fold a map|how to whistle through a blade of grass|how to read upside down|how to sharpen a scythe|how to bow from the waist|how to keep a secret|how to pick a lock|how to carve a duck|how to wait|how to float|how to sleep standing up",
    "warning": "never lend money to a tenor|never trust a man with two umbrellas|always sit near the door|never argue with a ferryman|never buy fish on a Monday|never marry into a house without books|always count the spoons|never sail with a barber|never sign anything after supper|always tip the piano tuner|never wake a sleeping clerk|never play cards with a man called Doc",
    "spot": "in a disused lift|on a houseboat|above a pet shop|in the crypt|on the roof of the laundry|in a railway carriage without wheels|behind the gasworks|in a lighthouse|under the grandstand|in the back room of a bakery|on an allotment|in a bathing hut|over the undertaker's|at the end of the pier|in a tent on the lawn",
    "cause": "a printing error|a misheard word|a jealous understudy|a wasp|an unpaid gas bill|a love letter in the wrong envelope|a bottle of hair tonic|a left-handed corkscrew|a bet|a loose floorboard|a clerical error in Brussels|a swarm of ants|one bad oyster|an overheated waffle iron|a falling chimney pot|a stolen kiss",
    "shape": "a sleeping pig|a broken teacup|the letter Q|a gloved hand|a half-eaten pear|a saxophone|an anvil|a sock|a question mark|a flounder|a top hat|a dented bugle|a frying pan|a boomerang",
}


def number_word(r):
    return words_of(r.randint(3, 400) if r.random() < .3 else r.randint(3, 40))


MAKE = {
    "name": person, "town": place, "first": lambda r: r.choice(FIRST), "last": lambda r: r.choice(LAST), "firm": company, "n": number_word, "year": VALUES["year"], "job": VALUES["job"],
    "day": VALUES["day"], "month": lambda r: r.choice(MONTHS), "time": clock, "money": money, "food": VALUES["food"], "drink": VALUES["drink"], "where": VALUES["where"],
    "why": VALUES["why"], "how": VALUES["how"], "do": lambda r: r.choice(VERBS_DO), "hobby": VALUES["hobby"], "colour": VALUES["colour"], "material": VALUES["material"], "quote": VALUES["quote"],
    "odd": lambda r: article(r.choice("warped rusty tin three-legged second-hand gilded borrowed waterlogged miniature bent mouldy striped folding unplayable famous stolen crooked blue silver".split()) + " " + r.choice(OBJECTS)),
    "span": lambda r: number_word(r) + " " + r.choice(["days", "weeks", "months", "years", "hours", "minutes"]), "language": VALUES["language"], "animal": lambda r: r.choice(ANIMALS),
    "street": lambda r: r.choice(LAST) + " " + r.choice(["Street", "Lane", "Road", "Alley", "Row", "Square"]), "house": lambda r: r.choice(["Villa ", "Castle ", "Hotel "]) + invented(r),
    "ingredient": VALUES["ingredient"], "instrument": VALUES["instrument"], "sport": VALUES["sport"], "science": VALUES["subject"],
}
NAMES = ("name", "first", "last", "town", "firm", "house", "street")
AUTHORS = ("author", "author", "writer", "narrator", "speaker")


class Anecdote:
    """One filled line of FRAMES."""

    def __init__(self, r, line=None):
        self.line = line or r.choice(FRAMES)
        text, questions, answer = self.line
        author = r.choice(AUTHORS)
        slots, others = {}, {}
        for slot in re.findall(r"\{([a-z_]+\d?)\}", text):
            kind = slot.rstrip("0123456789")
            while slot not in slots or slots[slot] in [v for k, v in slots.items() if k != slot]:
                if kind in OTHER_WORDS:
                    words = r.choice(OTHER_WORDS[kind].split("|")).split("/")
                    slots[slot], others[slot + "~"] = words[0], r.choice(words)
                else:
                    slots[slot] = r.choice(PLAIN[kind].split("|")) if kind in PLAIN else MAKE[kind](r)
        self.sentence = capital(articles(fill(text, slots)))
        self.question = r.choice(questions)
        self.slots = slots
        self.named = [k for k in slots if "{" + k + "}" in self.question and k.rstrip("0123456789") in NAMES]
        mine = "the" if "{my} {kin" in self.question and r.random() < .25 else "the " + author + "'s"
        self.question = capital(articles(fill(self.question, {**slots, **others, "I": "the " + author, "my": mine})))
        self.answer = articles(fill(answer, slots))
        if self.answer not in self.sentence:
            self.answer = capital(self.answer)


def frames(text):
    result = []
    for line in text.strip().splitlines():
        sentence, questions, answer = (part.strip() for part in line.split("=>"))
        result.append((sentence, [q.strip() for q in questions.split(" | ")], answer))
    return result


def articles(text):
    return re.sub(r"\b([Aa]) (?=[aeio]|um|un[dc])(?!one\b)", r"\1n ", text)


def words(text):
    return set(re.findall(r"[a-z]{4,}", re.sub(r"\{.*?\}", "", text.lower()))) - {"what", "whom", "which", "that", "with", "author", "writer", "narrator", "speaker", "does", "were", "have", "from", "this"}


def alike(one, other):
    """Whether the other sentence could be taken to answer the question of the one."""
    first = lambda anecdote: anecdote.line[0].split(" ")[:3]
    return len(words(other.sentence) & words(one.question)) > 1 or first(one) == first(other) or len(words(one.line[0]) & words(other.line[0])) > 2


FRAMES = frames((Path(__file__).parent / "anecdotes.txt").read_text(encoding="utf-8"))
