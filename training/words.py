"""Names, places, amounts and things that facts are made of; large lists plus invented words."""

FIRST = """Adaeze Agnes Alma Amadou Anders Anja Anneliese Arturo Asha Astrid Barnaby Beatriz Benedikt Bianca Bogdan Brigid Bruno
Calliope Camille Casimir Cecily Chidi Clara Clemens Conrad Cosima Dafydd Dagny Dalia Darius Delphine Desmond Dimitri Dorothea
Edda Edmund Eleni Elif Elodie Emeka Enzo Esther Fabian Farida Felicity Fergus Fiona Flora Florian Frida Gaspard Genevieve Gideon
Giulia Greta Gustav Hadiya Hamish Hanne Harriet Hassan Hedda Henrik Hilda Hugo Ibrahim Ignatius Ilse Imogen Ines Ingrid Isadora
Ivo Jasper Joachim Johanna Josephine Judit Kamala Karim Katarina Keiko Kofi Konrad Lars Laszlo Leocadia Leonie Liam Ludmila Luis
Lydia Maeve Magnus Malik Marcus Margit Mateo Matilda Mehmet Mina Mirela Moritz Nadia Naomi Nikolai Nora Octavia Olga Omar Oscar
Otto Padma Paloma Pascal Patience Percival Petra Philippa Pilar Priya Quentin Rafael Ravi Renata Rosalind Rufus Saskia Selma
Silas Simone Sofia Stefan Svetlana Tabitha Tariq Teodor Thea Tobias Ulrike Ursula Valentin Vera Viktor Wanda Wilhelmina Xenia
Yara Yusuf Zelda Zora John Mary Peter Anna James Susan Robert Emily Michael Laura David Helen Thomas Alice George Ruth""".split()

LAST = """Abernathy Achterberg Adeyemi Almeida Anand Ashdown Bakker Balogun Barlow Beaumont Bergstrom Bianchi Blackwood Bolt Brandt
Brennan Calloway Carrow Castellanos Chaudhry Cheng Coldwell Corrigan Cray Dahl Dalgaard Danforth Delacroix Demir Dobson Dragomir
Dufresne Eastman Ekström Elsworth Falk Farrow Fenwick Figueroa Fontaine Fujimoto Galloway Garrick Gentile Greaves Grimshaw Hadley
Halvorsen Hargreaves Hatzis Hawthorn Hendricks Hollis Horvath Iqbal Ivanova Jansen Jarvis Kaplan Karlsson Kessler Kimura Kowalski
Kruger Langley Larkin Lindqvist Lockhart Lombardi Madaki Marchetti Marlowe McBride Mendoza Mercer Mukherjee Nakamura Navarro Nkosi
Nordin Oakley Obi Okafor Oliveira Orlov Ostrander Paxton Pemberton Petrov Pickering Popescu Prentice Quill Radcliffe Rahman Ramos
Redfern Reinholt Rooke Rosenthal Sandoval Santoro Schuster Seacombe Silva Sorensen Stavros Strand Sutcliffe Szabo Tanaka Thackeray
Thorne Tillman Torres Trevelyan Underhill Vance Vasquez Verhoeven Vogel Wainwright Weatherby Whitlock Winslow Yamada Yilmaz Zeller
Zielinski Smith Brown Clark Walker Young Moore Wright""".split()

CITIES = """Aarhus Accra Adelaide Aleppo Antwerp Asmara Athens Baku Baltimore Bamako Bergen Bilbao Bogotá Bologna Boston Brisbane Bruges
Bucharest Cádiz Calgary Cardiff Cartagena Chengdu Chicago Cologne Cork Cusco Dakar Dallas Denver Dresden Dublin Dundee Durban
Edinburgh Fez Galway Gdańsk Geneva Genoa Ghent Glasgow Granada Halifax Hamburg Hanoi Havana Helsinki Hobart Houston Istanbul Izmir
Jaipur Jakarta Kampala Kathmandu Kazan Kigali Kraków Kyoto Lagos Lahore Leeds Leipzig Lima Lisbon Ljubljana Lublin Luxor Lyon
Madrid Malmö Manila Marseille Melbourne Memphis Mombasa Montreal Nairobi Nantes Naples Nice Odense Oslo Ottawa Palermo Perth
Phoenix Porto Prague Quito Reykjavik Riga Rotterdam Salzburg Santiago Sarajevo Seattle Seoul Seville Sheffield Sofia Stockholm
Tallinn Tampere Tbilisi Tirana Toledo Toronto Trieste Tunis Turin Utrecht Valencia Vancouver Vilnius Warsaw Wellington York Zagreb
Zürich Boulder Portland Austin Nashville Savannah Tucson Chattanooga""".split() + ["Cape Town", "New Orleans", "Buenos Aires",
"Hong Kong", "Kuala Lumpur", "Salt Lake City", "San Diego", "San Antonio", "Santa Fe", "Port Louis", "Rio de Janeiro", "Los Angeles"]

HEADS = """bal bran brin cal cor dal dor dun el fal fen gar gren hal har ister jor kal kel kor lan lin lor mar mel mor nar nor ol or
os pel per quil ral ren ros sal sel sor tal tel tor ul val ven ver vor wen wil yar zan zel thal skel drey ash oak stone mill hollow
ember raven frost amber wolf""".split()
TAILS = """a an ara den dra e ell en era erin eth field ford gate ham haven hold holm ia ick in ing is ith la land len ley lin lock
mere mont mouth nor o on or os port ra rick ridge ros sea stad stead ster ton un us vale vik wick worth y""".split()

FRUIT = "apple apricot blackberry cherry fig gooseberry grape lemon mango melon orange papaya peach pear plum quince raspberry".split()
COLOURS = """amber black blue bottle-green bronze copper cream crimson emerald gold grey indigo ivory lavender lilac maroon mustard
navy ochre olive orange pale-blue pink plum purple red russet rust saffron scarlet silver teal turquoise vermilion violet white
yellow""".split()
ANIMALS = """badger beaver camel cat cockatoo crow dog donkey falcon ferret fox goat goose hare hedgehog heron horse iguana jackdaw llama
lynx magpie mule newt otter owl parrot peacock pelican pig pony rabbit raven salamander snake squirrel stork swan tortoise
wolfhound""".split()
OBJECTS = """accordion anchor axe barometer basket bell bicycle brooch bucket candlestick cello chessboard clarinet clock coin compass cradle
crown cup dagger diary drum fiddle flute globe goblet hammer harp hat kettle key kite ladder lamp lantern ledger locket lute
magnifying-glass map mask medal microscope mirror necklace notebook oar painting passport pendant photograph pipe pistol plate quilt
radio ring rope saddle scarf sextant shovel spyglass stamp statue suitcase sundial sword telescope tent thimble ticket trumpet
typewriter umbrella vase violin watch whistle""".split()
PLACES_IN = """under the loose floorboard in the kitchen|behind the third brick of the chimney|inside the hollow oak by the gate|in the left drawer of the writing desk|beneath the altar of the old chapel|on top of the wardrobe in the guest room|in a biscuit tin at the back of the pantry|at the bottom of the dry well|in locker 19 at the railway station|between the pages of an atlas|under the seat of the blue van|in the attic next to the water tank|behind the portrait of the founder|inside the grand piano|in the glove compartment of the tractor|below the sundial in the rose garden|in the boathouse on a nail|wrapped in oilcloth in the coal cellar|in the safe of the town library|under the stairs in a hatbox|in the freezer beneath the peas|on the windowsill of the laundry room|in the clock tower above the bells|inside a hollowed-out dictionary|in the saddlebag of the grey mule|at the pawnshop on Mill Lane""".split("|")
REASONS_WHY = """the river had flooded the cellar|nobody could find the spare key|the roof was about to collapse|the ink on the contract was still wet|a swarm of bees had settled in the organ|the inspector had failed to sign the form|her grandmother disapproved of the colour|the lead actor had lost his voice|the price of copper had doubled overnight|the bridge was closed for repairs|the cook had quarrelled with the baker|the tickets had been printed with the wrong date|the generator ran out of fuel|an old friend had asked for help|the doctor advised complete rest|there was too much fog on the coast|the insurance had expired in March|the neighbours complained about the smell|the mice had eaten the wiring|the witness refused to travel by sea|a storm had torn down the mast|the permit was never renewed|the dam needed urgent inspection|nobody had ordered enough chairs|a strike had stopped the trains|the snow blocked the northern pass""".split("|")
MANNERS = """by lowering it through the skylight on a rope|by mixing ash into the mortar|by disguising themselves as cheese merchants|by counting the swallows at dawn|by writing every letter backwards|by bribing the harbour master with figs|by heating the lock with a candle|by walking the whole way at night|by melting down the old bells|by hiding it in a barrel of herring|by comparing the handwriting with an old receipt|by training pigeons to carry the film|by selling the piano and two horses|by following the sound of the mill|by painting the windows black|by flooding the lower meadow|by soaking the leaves in salt water|by tapping three times on the pipe|by borrowing a ladder from the monks|by swapping the labels on the crates|by digging a tunnel under the orchard|by reading the tide tables upside down""".split("|")
VERBS_DO = """hire a rowing boat|climb the old water tower|taste the smoked eel|listen to the street organ|walk along the ramparts|visit the clock museum|feed the ducks|ride the cable car|watch the glass-blowers|swim in the tidal pool|bargain at the flea market|order a bowl of chestnut soup|take the night tram|sit under the plane trees|browse the second-hand bookshops|join a pottery class|see the puppet theatre|pick wild strawberries|try the saffron buns|follow the canal by bicycle|photograph the painted doors|count the storks on the rooftops|play chess with the pensioners|buy a paper cone of roasted almonds|hear the choir rehearse|sail out to the lighthouse|dance at the fishermen's hall|rent a tandem|drink hot chocolate|sketch the cathedral""".split("|")
WHEN_DO = """at sunrise|after the rain|on a Sunday morning|just before closing time|in the first week of May|at low tide|when the fog lifts|on market day|in late autumn|by moonlight|during the lantern festival|on a windy afternoon|before the crowds arrive|once the shops have closed""".split("|")
WHERE_DO = """by the old pier|near the north gate|behind the station|on the island|in the botanical garden|beside the fish market|on Cobbler's Hill|in the upper town|under the viaduct|along the harbour wall|at the foot of the tower|in the quarter of the tanners""".split("|")
JOBS = """accountant|apothecary|archivist|baker|beekeeper|blacksmith|bookbinder|bricklayer|bus driver|butcher|carpenter|cartographer|chemist|clockmaker|cook|court reporter|dentist|diver|dressmaker|electrician|falconer|ferryman|florist|gardener|glazier|goldsmith|graphic designer|interpreter|judge|lighthouse keeper|locksmith|marine biologist|mathematician|midwife|miller|notary|nurse|optician|organ builder|piano tuner|pilot|plumber|potter|printer|puppeteer|saddler|sailmaker|shepherd|stonemason|surveyor|tailor|translator|upholsterer|vet|weaver|zookeeper""".split("|")
FOODS = """barley soup|beetroot dumplings|black bread with dripping|buckwheat pancakes|cabbage rolls|cheese fondue|chestnut puree|cold cucumber soup|curried lentils|fish stew|fried plantain|garlic prawns|goat curry|goulash|grilled sardines|ham and peas|leek pie|lemon risotto|mushroom omelette|mutton pie|noodle broth|onion tart|pickled herring|pumpkin ravioli|rice pudding|roast duck|saffron rice|smoked trout|spinach pie|stuffed peppers|sweet potato curry|tomato salad|venison stew|walnut cake""".split("|")
DRINKS = """apple cider|barley water|birch juice|black coffee|buttermilk|chamomile tea|cherry brandy|cocoa with cinnamon|cold milk|dandelion wine|elderflower cordial|espresso|ginger beer|green tea|hot lemonade|iced coffee|jasmine tea|mint tea|mulled wine|nettle tea|pear juice|peppermint tea|plum brandy|red wine|sparkling water|tomato juice|tonic water""".split("|")
INGREDIENTS = """a pinch of nutmeg|a spoonful of anchovy paste|blackcurrant vinegar|brown butter|cardamom|caraway seeds|coriander root|crushed juniper berries|dried lime|fennel pollen|ground allspice|horseradish|lavender honey|lovage|malt syrup|orange zest|pickled walnuts|poppy seeds|quince jelly|rose water|rye flour|saffron|smoked paprika|star anise|sumac|tamarind|toasted sesame|white pepper|wild thyme""".split("|")
SUBJECTS = """the new railway line|the abolition of the toll|modern opera|the school reform|the price of bread|the harbour extension|the comet|the merger|the flood defences|artificial rubber|the painting|the election result|steam power|the vaccine|the census|daylight saving time|the museum's new wing|electric ploughs|the peace treaty|the football stadium|the lost letters|the wind farm""".split("|")
QUOTES = """it would cost more than it was worth|it was the finest thing since the invention of glass|only a fool would trust it|nobody would remember it in ten years|it came a generation too late|it should be tried on goats first|it had saved the valley|it smelled of compromise|the children would be grateful for it|it needed more salt and fewer speeches|it was a castle built on porridge|history would judge it kindly|it was neither new nor useful|it frightened the horses|it belonged in a museum|it had been decided by a coin toss|it was worth every sleepless night""".split("|")
HOBBIES = """building ships in bottles|collecting railway timetables|carving spoons|playing the bagpipes|breeding snails|knitting mittens|restoring clocks|watching badgers|writing limericks|pressing seaweed|repairing radios|folding paper cranes|juggling|growing giant pumpkins|beekeeping|archery|calligraphy|ice swimming|mending umbrellas|baking sourdough|translating old hymns|photographing clouds|fencing|playing the harmonica""".split("|")
EVENTS = """the regatta|the harvest fair|the chess tournament|the annual general meeting|the poetry evening|the flower show|the opening of the new library|the charity run|the dog show|the spring concert|the sheep auction|the board meeting|the wedding rehearsal|the science fair|the candlelight march|the boat parade|the cheese festival|the reunion""".split("|")
RULES = """wear felt slippers|leave their boots at the door|speak only in whispers|carry a lantern after dusk|sign the green book|hand over their keys|feed the cat before noon|pay in coins|stand up when the bell rings|keep the windows closed|bring their own spoon|walk on the left side|register with the porter|wash their hands in vinegar|switch off their telephones|wear a yellow ribbon""".split("|")
MATERIALS = """basalt|birch bark|bone|brass|brick|cedar|clay|concrete|copper|cork|driftwood|flint|glass|granite|iron|ivory|limestone|marble|oak|pewter|porcelain|recycled bottles|sandstone|silk|slate|steel|straw|tin|walnut|wax|whalebone|wicker|zinc""".split("|")
INSTRUCTIONS = """press the red lever twice|turn the handle clockwise|wait for the second bell|pull the cord and count to seven|cover it with wet sand|call the porter|cut the blue wire|drain the lower tank|ring the brass bell|open the valve by a quarter turn|lower the flag|close the fire door|switch to the reserve pump|move everyone to the roof|throw in a handful of salt|shut down the boiler""".split("|")
TROUBLES = """the boiler starts to whistle|the green light goes out|the water turns brown|the alarm rings|the needle enters the red zone|the lift stops between two floors|smoke comes out of the kiln|the pump runs dry|the pressure falls|the ferry is late|the signal turns amber""".split("|")
DEVICES = """a self-winding loom|a folding bathtub|the pedal-driven sewing machine|a waterproof match|the rotary potato peeler|a talking barometer|the pocket sundial|a silent typewriter|the floating lighthouse|an automatic chess clock|the collapsible ladder|a steam-powered organ|the two-handled umbrella|a solar kettle|the magnetic bookmark|a machine that sorts buttons""".split("|")
COMPANIES_TAIL = "Foundry|Textiles|Shipping|Robotics|Brewery|Instruments|Holdings|Press|Pharma|Logistics|Airways|Software|Mills|Energy|Toys|Optics".split("|")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CODE_WORDS = "falcon harbor lantern orchid cobalt meadow thunder velvet marble quartz saffron winter pepper anchor nimbus juniper ripple tundra copper willow".split()


def capital(text):
    return text[:1].upper() + text[1:]


def words_of(n):
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10 - 2] + ("-" + ONES[n % 10] if n % 10 else "")
    if n < 1000:
        return ONES[n // 100] + " hundred" + (" and " + words_of(n % 100) if n % 100 else "")
    return words_of(n // 1000) + " thousand" + (" " + words_of(n % 1000) if n % 1000 else "")


def invented(r):
    return capital(r.choice(HEADS) + (r.choice(HEADS) if r.random() < .25 else "") + r.choice(TAILS))


def person(r):
    first = invented(r) if r.random() < .12 else r.choice(FIRST)
    last = invented(r) if r.random() < .3 else r.choice(LAST)
    lead = r.choice(["Dr. ", "Professor ", "Captain ", "Mrs. ", "Mr. ", "Sister ", "Judge "]) if r.random() < .1 else ""
    if lead and r.random() < .5:
        return lead + last
    return lead + first + " " + last


def place(r):
    x = r.random()
    if x < .5:
        return r.choice(CITIES)
    if x < .6:
        return r.choice(["Port ", "Mount ", "Lower ", "Great ", "North ", "Saint "]) + invented(r)
    return invented(r)


def company(r):
    return (invented(r) if r.random() < .6 else r.choice(LAST)) + " " + r.choice(COMPANIES_TAIL)


def number(r, low=2, high=99999):
    """A number in digits (with or without commas), or in words."""
    n = int(low * (high / low) ** r.random())
    if n > 20 and n % 10 and r.random() < .3:
        n -= n % 10
    x = r.random()
    if x < .2 and n < 1000:
        return words_of(n)
    return format(n, ",") if n >= 10000 or (n >= 1000 and r.random() < .6) else str(n)


def date(r):
    day, month, year = r.randint(1, 28), r.choice(MONTHS), r.randint(1650, 2049)
    return r.choice(["%d %s %d" % (day, month, year), "%s %d, %d" % (month, day, year), "%s %d" % (month, day),
                     "%d %s %d" % (day, month, year), "the %d%s of %s" % (day, "th" if 10 < day < 20 or day % 10 not in (1, 2, 3)
                     else ("st", "nd", "rd")[day % 10 - 1], month)])


def clock(r):
    return r.choice(["%d:%02d" % (r.randint(6, 22), r.choice([0, 5, 10, 15, 20, 25, 30, 40, 45, 50, 55])),
                     "%d:%02d %s" % (r.randint(1, 12), r.choice([0, 15, 30, 45]), r.choice(["a.m.", "p.m."])),
                     "half past " + words_of(r.randint(1, 11)), "a quarter to " + words_of(r.randint(2, 12))])


def code(r):
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    pick = lambda s, n: "".join(r.choice(s) for _ in range(n))
    return r.choice([lambda: pick("0123456789", r.randint(4, 8)), lambda: pick(letters, 2) + "-" + pick("0123456789", 4),
                     lambda: pick(letters, 3) + pick("0123456789", 3), lambda: r.choice(CODE_WORDS) + "-" + pick("0123456789", 2),
                     lambda: pick("0123456789", 3) + "-" + pick("0123456789", 3) + "-" + pick("0123456789", 2),
                     lambda: capital(r.choice(CODE_WORDS)) + capital(r.choice(CODE_WORDS)) + pick("0123456789", 2),
                     lambda: pick("0123456789abcdef", 8)])()


def activity(r):
    text = r.choice(VERBS_DO)
    if r.random() < .5:
        text += " and " + r.choice([v for v in VERBS_DO if v != text])
    if r.random() < .6:
        text += " " + r.choice(WHERE_DO)
    if r.random() < .5:
        text += " " + r.choice(WHEN_DO)
    return text


def gerund(text):
    verb, _, rest = text.partition(" ")
    special = {"sit": "sitting", "swim": "swimming", "see": "seeing"}
    verb = special.get(verb) or (verb[:-1] if verb.endswith("e") else verb) + "ing"
    return verb + " " + rest


def money(r):
    n = int(3 * (2_000_000 / 3) ** r.random())
    return r.choice(["%s dollars", "%s euros", "%s crowns", "$%s", "£%s", "€%s", "%s guineas", "%s francs", "%s marks"]) % format(n, ",")


def amount(r, units, low, high):
    return number(r, low, high) + " " + r.choice(units)


def plural(word):
    special = {"goose": "geese", "fox": "foxes", "lynx": "lynxes", "pony": "ponies", "torch": "torches"}
    return special.get(word) or (word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else
                                 word + "es" if word.endswith(("s", "sh", "ch", "x")) else word + "s")


def article(word):
    return ("an " if word[0].lower() in "aeiou" else "a ") + word
