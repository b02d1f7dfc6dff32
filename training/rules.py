"""Questions that patterns make from one sentence of real text."""
import re

PAIRS = """accepted/accept achieved/achieve added/add admitted/admit adopted/adopt appointed/appoint asked/ask attacked/attack attended/attend
became/become began/begin bought/buy broke/break brought/bring built/build burned/burn called/call captured/capture carried/carry caught/catch caused/cause
changed/change chose/choose claimed/claim collected/collect completed/complete composed/compose concluded/conclude conquered/conquer considered/consider
contained/contain created/create crossed/cross declared/declare defeated/defeat defended/defend delivered/deliver demanded/demand described/describe
designed/design destroyed/destroy developed/develop directed/direct discovered/discover drank/drink drew/draw drove/drive earned/earn ended/end
enjoyed/enjoy entered/enter established/establish examined/examine expected/expect expressed/express faced/face felt/feel finished/finish followed/follow
forbade/forbid forgot/forget formed/form fought/fight found/find founded/found gained/gain gave/give heard/hear held/hold helped/help imposed/impose included/include
inherited/inherit introduced/introduce invented/invent invited/invite joined/join kept/keep killed/kill knew/know laid/lay launched/launch learned/learn
led/lead left/leave liked/like lost/lose loved/love made/make married/marry meant/mean mentioned/mention met/meet moved/move needed/need noticed/notice
obtained/obtain offered/offer opened/open opposed/oppose ordered/order owned/own paid/pay passed/pass performed/perform planned/plan played/play possessed/possess
praised/praise preferred/prefer presented/present produced/produce promised/promise proposed/propose proved/prove provided/provide published/publish
purchased/purchase raised/raise ran/run reached/reach read/read received/receive recommended/recommend refused/refuse rejected/reject released/release
remembered/remember removed/remove replaced/replace represented/represent required/require restored/restore returned/return said/say sang/sing saved/save
saw/see secured/secure sent/send showed/show signed/sign sold/sell spent/spend spoke/speak started/start stole/steal stopped/stop studied/study suffered/suffer
suggested/suggest supported/support surrounded/surround taught/teach threw/throw told/tell took/take tried/try understood/understand used/use visited/visit
wanted/want watched/watch welcomed/welcome wished/wish won/win wore/wear wrote/write"""
BASE = dict(pair.split("/") for pair in PAIRS.split())
PAST = "(?P<past>" + "|".join(BASE) + ")"
NUMBER = r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|several hundred|two hundred|three hundred|a thousand)(?: (?:hundred|thousand|million|billion|dozen))?"
NAME = r"[A-Z][\w'’-]+(?: (?:of|de|van|von|the) )?(?: ?[A-Z][\w'’.-]+){0,4}"
SUBJECT = r"(?P<s>I|" + NAME + r"|(?:The|A|An|My|Our|Some|Most|Many|No|Every|Each) (?:[A-Za-z'’-]+ ){1,4}?(?:of (?:the |his |my |our )?[A-Za-z]+)?)"
THING = r"(?P<v>(?:the|a|an|my|our|his|her|its|their|no|some|all|every|any|many|one|two|three) [^.,;:()]{6,80})"
LEAD = r"(?:(?P<lead>(?:In|On|At|After|Before|During|By|Under|From|With|Upon|When|While|As) [^,.;]{6,80}), )?"
DATE = r"(?:in (?:the (?:spring|summer|autumn|winter) of |early |late )?(?:[A-Z][a-z]+ )?\d{4}|on (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]+(?: \d{4})?|on [A-Z][a-z]+ \d{1,2}(?:, \d{4})?|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[a-z ]{0,12})"
REGULAR = r"[a-z]{3,}(?:ed|en|wn|ght|ne|ound|eld|uilt|ade|ld|ut)"


def rule(pattern, *questions):
    return re.compile(pattern), questions


# {x} is a group of the pattern with I, my and we replaced; {base} the infinitive of the past form; "answer" is group v.
RULES = [
    rule(r"^" + LEAD + SUBJECT + " " + PAST + " " + THING + r"(?=[,.;:])", "What did {s} {base}{lead}?", "What was it that {s} {past}{lead}?"),
    rule(r"^" + LEAD + SUBJECT + " " + PAST + r" that (?P<v>[^.;!?]{12,150})(?=[.;!])", "What did {s} {base}{lead}?", "What is it that {s} {past}{lead}?"),
    rule(r"^" + SUBJECT + " " + PAST + r" (?P<o>[^.,;]{4,90}?),? (?P<v>" + DATE + r")(?=[,.; ])", "When did {s} {base} {o}?", "At what time did {s} {base} {o}?", "When was it that {s} {past} {o}?"),
    rule(r"^" + SUBJECT + r" (?P<be>was|were) (?P<o>" + REGULAR + r"[^.,;]{0,70}?),? (?P<v>" + DATE + r")(?=[,.; ])", "When {be} {s} {o}?", "On what date or in which year {be} {s} {o}?"),
    rule(r"^" + SUBJECT + r" (?P<be>was|were|is|are) (?P<o>" + REGULAR + r")(?: [a-z]+ly)? by (?P<v>(?:the|a|an|my|his|her|their|our|[A-Z]) ?[^.,;()]{3,70})(?=[,.;])", "By whom or what {be} {s} {o}?", "Who or what is it that {s} {be} {o} by?"),
    rule(r"^" + SUBJECT + r" (?P<be>was|were|is|are) (?P<o>born|found|built|held|killed|buried|published|situated|located|kept|placed|discovered|made|seen|hidden|raised|educated|based|produced|elected)(?P<m>[^.,;]{0,40}?) (?P<v>(?:in|at|near|on|under|behind|off) (?:the |a )?[A-Z][^.,;()]{2,50})(?=[,.;])", "Where {be} {s} {o}{m}?", "At what place {be} {s} {o}{m}?"),
    rule(r"^(?P<v>" + NUMBER.replace("two|", "[Tt]wo|").replace("three|", "[Tt]hree|") + r") (?P<n>(?:[a-z-]+ )?[a-z]+s) (?P<o>(?:were|are|have|had|of|from|who|which|that|in|on|at) [^.,;]{8,90})(?=[,.;])", "How many {n} {o}?", "What is the number of {n}: how many {o}?"),
    rule(r"^" + SUBJECT + r" (?P<have>had|has|have|contains?|includes?|comprises?|owns?|possess(?:es)?) (?P<v>(?:about |nearly |over |more than |at least )?" + NUMBER + r") (?P<n>(?:[a-z-]+ )?[a-z]+s)\b", "How many {n} {do} {s} have?", "What number of {n} {do} {s} have?"),
    rule(r"^" + SUBJECT + " " + PAST + r" (?P<v>(?:about |nearly |over |more than |at least )?" + NUMBER + r") (?P<n>(?:[a-z-]+ )?[a-z]+s)\b", "How many {n} did {s} {base}?", "What number of {n} did {s} {base}?"),
    rule(r"^(?P<v>" + NAME + r"|(?:My|The|A|An|Our) (?:[a-z-]+ ){1,2}?) ?" + PAST + r" (?P<o>[^.;:]{12,110})(?=[.;])", "Who or what {past} {o}?", "Who is it that {past} {o}?"),
    rule(r"^(?P<o>[A-Z][^;:]{15,120}?),? because (?!of )(?P<v>[^.;!?]{10,140})(?=[.;!])", "What reason is given for this: {o}?", "Why is it that {o}?", "What is the reason that {o}?"),
    rule(r"^(?P<o>[A-Z][^,;:]{15,110}?),? in order (?P<v>(?:to|that) [^.,;!?]{8,120})(?=[.,;!])", "For what purpose is it that {o}?", "What is the aim when {o}?"),
    rule(r"^(?P<s>(?:The|A|An|Any|Every|No|Each|Either) (?:[A-Za-z-]+ ){1,5}?)(?P<m>shall|must|may|should|can|will)(?P<not> not|) (?P<v>(?!be |only |also |not )[^.;:]{15,150})(?=[.;])", "What {m} {s}{not} do?", "What is laid down for {s}: what {m}{not} be done?"),
    rule(r"^" + SUBJECT + r" (?P<be>is|was|are|were) (?:also |sometimes |often |commonly )?(?P<o>called|named|known as|termed|nicknamed|styled) (?P<v>[\"“'`]?(?:the )?[A-Za-z][^.,;()]{2,40})(?=[.,;])", "What {be} {s} called?", "By what name {be} {s} known?", "How {be} {s} named?"),
    rule(r"^(?:And |But )?(?P<s>I|We) (?:do )?(?P<past>believe|think|hope|recommend|propose|suggest|urge|regret|fear|feel|wish|want|trust|understand)(?: that)? (?P<v>[^.;!?]{25,160})(?=[.;!])", "What does {who} {past} with regard to {topic}?", "What does {who} {past} concerning {topic}?"),
    rule(r"^If (?P<o>[^,;]{10,100}), (?:then )?(?P<v>(?!and|or|but)[^.;!?]{12,140})(?=[.;!])", "What holds if {o}?", "What follows if {o}?", "What happens or is to be done if {o}?"),
    rule(r"^(?P<o>[A-Z][^,;:]{2,60}? (?:was|were|is|are|had|has|have|lasted|remained|stayed|lived|served|worked|reigned|raged|continued) [^,;:]{0,60}?)(?P<v>(?:for|until|during|throughout) (?:the )?(?:more than |about |nearly |over |at least )?(?:" + NUMBER + r"|several|many|a few) (?:days|weeks|months|years|hours|minutes|centuries|decades))", "For how long was or is it so that {o}?", "How long does it last or did it last: {o}?"),
]
WHO_RULE = next(pattern for pattern, questions in RULES if questions[0].startswith("Who or what {past}"))
AUXILIARY = re.compile(r"\b(?:was|were|is|are|be|been|being|has|have|had|could|would|should|may|might|must|shall|will|can|not|who|which|that|when|if|as|to|and)\b", re.I)
PRONOUN = r"(?:It|He|She|They|This|That|These|Those|We|You|There|Then|When|While|If|As|But|And|In|On|At|So|Who|What|Originally|Once|First|After|Before|Since|Where|Having|Being|Not|Never|Also|Later|Such)\b"
BARE_I = re.compile(r"\bI (?!(?:am|have|was|had|did|will|shall|would|could|should|may|might|must|can|" + "|".join(BASE) + r")\b)")
GENERIC = re.compile(r"(?:The|A|An|This) (?:film|song|album|book|novel|series|show|team|club|band|company|story|group|game|episode|play|movie|single|school|station|town|village|city|plot|cast|title|name|soundtrack|music)$")
ABSTRACT = set("it this that these those there here which what who such they them he she him her his hers".split())


def rephrased(text, who):
    """First person as third: I -> the author."""
    for old, new in (("I am", who + " is"), ("I have", who + " has"), ("I", who), ("my", who + "'s"), ("me", who), ("myself", who), ("mine", who + "'s"), ("we are", who + "s are"),
                     ("we", who + "s"), ("our", "their"), ("us", "them"), ("ours", "theirs"), ("ourselves", "themselves")):
        text = re.sub(r"\b%s\b" % old, new, text, flags=0 if old[0] == "I" else re.I)
    return text


def lower(text):
    """Lower case at the beginning, but not of names."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in ("The", "A", "An", "My", "Our", "Some", "Most", "Many", "No", "Every", "Each", "In", "On", "At", "After", "Before", "During", "By", "Under", "From", "With", "Upon", "When", "While", "As",
                                                   "Any", "Either", "It", "This", "These", "They", "He", "She", "There", "We", "You", "But", "And", "Such", "His", "Her", "Their", "Its", "If", "That", "All", "Both", "One", "Two", "For", "To") else text


def asked(r, sentence, who):
    """(question, answer) that some rule makes of a flat sentence, or None."""
    for pattern, questions in r.sample(RULES, len(RULES)):
        hit = pattern.search(sentence)
        if not hit:
            continue
        groups = {k: v or "" for k, v in hit.groupdict().items()}
        answer = groups.pop("v").strip(" \"“”")
        if questions[0].startswith(("When", "Where")):
            answer = re.sub(r"^(?:in|on|at|near) (?=[\dA-Z])", "", answer)
        subject = groups.get("s", "").strip()
        if subject.lower() in ABSTRACT or re.match(r"(?:The (?:same|latter|former|other|first|second)|It|He|She|They|This|That|Such|There)\b", subject) or (subject or groups.get("o", "")).split(" ")[0] in ("It", "He", "She", "They", "This", "That", "Such", "There", "And", "But", "These", "Those"):
            continue
        if pattern is WHO_RULE and (AUXILIARY.search(answer) or AUXILIARY.search(groups["o"]) or re.match(PRONOUN, answer)):
            continue
        if AUXILIARY.search(subject) or re.search(r"(?:ed|ly|ing)$", subject):
            continue
        if subject in ("But", "And", "When", "Then", "If", "As", "In", "For", "So", "Yet", "How", "What", "Who", "Where", "Now", "Thus", "Here", "Nor", "While", "After", "You", "We"):
            continue
        if GENERIC.match(subject) or pattern is WHO_RULE and GENERIC.match(answer):
            continue  # any document has one
        if re.match(r"(?:[A-Z][a-z]+ly|Madam|While|As|If|When|For|Whether|Since|Although|Though)\b", groups.get("o", "")) or groups.get("o", "").count(",") > 1:
            continue
        if any(BARE_I.search(v) for v in groups.values()) or subject.startswith("No more"):
            continue  # "I say": the verb would need another form
        values = {k: rephrased(lower(v.strip()), who) for k, v in groups.items()}
        values["who"], values["lead"] = who, " " + values["lead"] if values.get("lead") else ""
        values["m"] = " " + values["m"] if values.get("m") and groups["m"].startswith(" ") else values.get("m", "")
        values["not"] = groups.get("not", "")
        values["base"] = BASE.get(groups.get("past", ""), "")
        values["do"] = "did" if groups.get("have") == "had" else "do" if groups.get("have", "").endswith(("e", "n")) else "does"
        names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*", answer)
        values["topic"] = names[0] if names else ""
        question = r.choice(questions)
        if "{topic}" in question and not names:
            continue
        for name, value in values.items():
            question = question.replace("{" + name + "}", value)
        if question.count(who) > 2:
            continue
        return question[:1].upper() + question[1:], answer
    return None
