"""Made-up filler of other kinds: tables, CSV, logs, mails, dialogue, minutes, contracts, lists, shell sessions."""
from words import *  # noqa: F403


def csv(r):
    columns = r.sample(["id", "name", "city", "amount", "date", "status", "qty", "price", "owner", "ref", "colour"], r.randint(3, 7))
    make = {"id": lambda: str(r.randint(1, 99999)), "name": lambda: person(r), "city": lambda: place(r), "amount": lambda: "%.2f" % (r.random() * 900),
            "date": lambda: "%d-%02d-%02d" % (r.randint(1990, 2030), r.randint(1, 12), r.randint(1, 28)), "status": lambda: r.choice(["open", "closed", "paid", "void"]),
            "qty": lambda: str(r.randint(1, 40)), "price": lambda: "%d.%02d" % (r.randint(1, 900), r.randint(0, 99)), "owner": lambda: r.choice(LAST), "ref": lambda: code(r), "colour": lambda: r.choice(COLOURS)}
    mark = r.choice([",", ";", "\t", " | "])
    return "\n".join([mark.join(columns)] + [mark.join(make[c]() for c in columns) for _ in range(r.randint(5, 30))])


def table(r):
    rows = [(person(r), place(r), str(r.randint(1, 9999))) for _ in range(r.randint(4, 16))]
    return "\n".join(["| Name | Place | %s |" % r.choice(["Points", "Total", "Votes", "Rank"]), "| --- | --- | --- |"] + ["| %s | %s | %s |" % row for row in rows])


def log(r):
    lines, second = [], r.randint(0, 60000)
    for _ in range(r.randint(8, 30)):
        second += r.randint(0, 90)
        lines.append("2%03d-%02d-%02d %02d:%02d:%02d %s %s" % (r.randint(1, 30), 3, 14, second // 3600 % 24, second // 60 % 60, second % 60,
                     r.choice(["INFO", "WARN", "ERROR", "DEBUG"]), r.choice(["connection from 10.%d.%d.%d accepted" % (r.randint(0, 255), r.randint(0, 255), r.randint(1, 254)),
                     "job %s finished in %d ms" % (code(r), r.randint(3, 9000)), "cache miss for key " + code(r), "user %s logged in" % r.choice(FIRST).lower(),
                     "retry %d of 5" % r.randint(1, 5), "disk usage %d%%" % r.randint(2, 99), "request /api/%s took %d ms" % (r.choice(CODE_WORDS), r.randint(1, 900))])))
    return "\n".join(lines)


def mail(r):
    a, b = person(r), person(r)
    body = " ".join(r.choice(["Thank you for your message.", "The minutes are attached.", "I will be in %s until %s." % (place(r), r.choice(DAYS)), "Could you send me the figures for %s?" % r.choice(MONTHS),
                              "%s has asked about %s again." % (person(r), r.choice(SUBJECTS)), "Let us talk on %s at %s." % (r.choice(DAYS), clock(r)), "The invoice over %s is still open." % money(r),
                              "Please do not forward this.", "We have had no rain for %d days." % r.randint(2, 40), "The printer is out of order again.", "My train was late, so I missed the start."]) for _ in range(r.randint(3, 8)))
    return "From: %s\nTo: %s\nDate: %s\nSubject: %s\n\nDear %s,\n\n%s\n\n%s\n%s" % (a, b, date(r), r.choice(SUBJECTS).capitalize(), b.split()[0], body, r.choice(["Best regards,", "Yours,", "Kind regards"]), a.split()[0])


def dialogue(r):
    a, b = r.choice(FIRST), r.choice(FIRST)
    lines = ["Did you hear about %s?" % r.choice(SUBJECTS), "Yes, %s told me." % person(r), "I still think that %s." % r.choice(QUOTES), "That was in %s, was it not?" % place(r), "No, you are mixing things up.",
             "Pass me %s, please." % article(r.choice(OBJECTS)), "We should %s some day." % r.choice(VERBS_DO), "Not before %s." % r.choice(DAYS), "Why not?", "Because %s." % r.choice(REASONS_WHY), "Hm.", "You always say that.",
             "And what about %s?" % person(r), "Gone to %s, as far as I know." % place(r), "It cost me %s!" % money(r)]
    picked = r.sample(lines, r.randint(6, len(lines)))
    style = r.choice(["%s: %s", "%s: %s", "[%s] %s", "%s -- %s"])
    return "\n".join(style % ((a, b)[i % 2], line) for i, line in enumerate(picked))


def contract(r):
    start = r.randint(1, 30)
    clauses = ["The Lessor shall hand over the premises in %s in a clean condition." % place(r), "The rent amounts to %s and is due on the %dth of each month." % (money(r), r.randint(4, 19)),
               "Either party may terminate this agreement with a notice of %d weeks." % r.randint(2, 26), "Any dispute arising under this section shall be settled by the courts of %s." % place(r),
               "The Lessee shall not, without prior written consent, assign or sublet the premises or any part thereof.", "Notices shall be deemed received on the third working day after posting.",
               "Nothing in this section limits liability for wilful misconduct or gross negligence.", "The deposit shall be returned within %d days after the end of the term." % r.randint(10, 90),
               "For the purposes of this Act, \"vessel\" means any ship or boat not propelled by oars.", "A person guilty of an offence under this section is liable to a fine not exceeding %s." % money(r),
               "Should any provision be invalid, the remaining provisions shall remain in force.", "The Minister may by regulations amend the Schedule."]
    r.shuffle(clauses)
    return r.choice(["\n", "\n\n"]).join("%s%d. %s" % (r.choice(["§ ", "Section ", "Article ", ""]) if i == 0 else "", start + i, c) for i, c in enumerate(clauses[:r.randint(4, 12)]))


def listing(r):
    mark = r.choice(["- ", "* ", "• ", "1) "])
    return r.choice(["Packing list", "To do", "Stock", "Members present", "Index", "Further reading"]) + ":\n" + "\n".join(
        mark + r.choice([lambda: article(r.choice(OBJECTS)), lambda: person(r) + ", " + r.choice(JOBS), lambda: r.choice(FOODS), lambda: r.choice(VERBS_DO), lambda: "%s, %d" % (place(r), r.randint(1, 300))])() for _ in range(r.randint(5, 20)))


def shell(r):
    lines = []
    for _ in range(r.randint(4, 10)):
        name = r.choice(CODE_WORDS)
        lines.append(r.choice(["$ ls -l %s\n-rw-r--r-- 1 %s users %d Mar %d %s.txt" % (name, r.choice(FIRST).lower(), r.randint(9, 99999), r.randint(1, 30), name), "$ cat %s.conf\nport = %d\nhost = %s" % (name, r.randint(80, 9999), name),
                               "$ make %s\nmake: '%s' is up to date." % (name, name), "$ git log -1\ncommit %s" % code(r)]))
    return "\n".join(lines)


def story(r):
    """Sentences of invented events that resemble facts, without belonging to any question."""
    return " ".join(r.choice(["%s had come from %s with %s." % (person(r), place(r), article(r.choice(OBJECTS))), "It was %s, and the streets of %s were empty." % (clock(r), place(r)), "%s wanted to %s, but %s." % (r.choice(FIRST), r.choice(VERBS_DO), r.choice(REASONS_WHY)),
                              "Nobody spoke.", "On the table lay %s." % article(r.choice(COLOURS) + " " + r.choice(OBJECTS)), "\"We leave on %s,\" said %s." % (r.choice(DAYS), r.choice(FIRST)), "The %s of %s watched from the window." % (r.choice(JOBS), place(r)),
                              "They paid %s for the night." % money(r), "In %d things had been different." % r.randint(1700, 2020), "The %s barked twice." % r.choice(ANIMALS)]) for _ in range(r.randint(5, 14)))


MAKERS = (csv, table, log, mail, mail, dialogue, dialogue, contract, contract, listing, shell, story, story)


def filler(r, characters):
    """Paragraphs of one or several of these kinds, about `characters` long."""
    makers = r.sample(MAKERS, r.choice([2, 3, 5]))
    result, total = [], 0
    while total < characters:
        text = r.choice(makers)(r)
        result.append(text)
        total += len(text) + 2
    return result
