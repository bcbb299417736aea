"""The words that tell who takes part in a protest and who looks on."""

import re

# characters to either side of a name that are read
EVENT = (
    r"(?:protest|march|rally|strike|walkout|walk-out|stoppage|go-slow|blockade|convoy|sit-in|sleep-?out|picket"
    r"|occupation"
    r"|demonstration|encampment|camp|vigil|boycott|revolt|uprising|rebellion|stay-away)(?:e?s)?"
)
PLACE = rf"(?:{EVENT}|picket lines?|barricades?|front of the (?:march|rally|crowd)|crowd)"
ACTIVE = (  # finite forms
    r"(?:march|protest|demonstrat|picket|blockad|barricad|block|occup|camp|chant|walk|storm|besieg|paralys|rall"
    r"|mobilis|mobiliz"
    r"|boycott|assembl|pitch|light|parad|picket|jeer|stag)(?:e?d|ied)(?! (?:by|in by|from)\b)|took (?:part"
    r"|to the (?:streets|roads))"
    r"|went on (?:strike|hunger strike|the rampage)|downed (?:their )?tools|gathered|converged|descended|poured"
    r"|massed|shut|sat down"
    r"|lit (?:fires|bonfires|tyres|tires)|burn(?:ed|t) (?:tyres|tires)|set up (?:a |their )?(?:camp|tents?"
    r"|roadblocks?|barricades?)"
    r"|parked (?:across|along|their|on)|withdrew|stayed away|spent (?:\w+ ){1,3}night|slept|turned out|formed a human"
    r"|held (?:a |up |aloft )?(?:placards|banners|signs|vigil|march|rally|protest)|carr(?:ied|ying) (?:placards"
    r"|banners|signs|flags)"
    r"|refused to (?:work|move|leave|disperse|carry)|vowed to|brought .{2,40} to (?:a |its )(?:halt|standstill|knees)"
)
ONGOING = (
    r"(?:march|protest|demonstrat|picket|blockad|barricad|block|occupy|camp|chant|storm|rally|strik|mass|gather"
    r"|boycott|withhold|wav)\w*ing"
    r"|on (?:hunger )?strike|out on strike|in revolt|sleeping (?:out|outside|rough|on)|up in arms"
    r"|taking to the streets"
)
AFTER_NOUN = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w-]+\s+)?{EVENT}\b"
    r"|\s+(?:organi[sz]ers?|protest[eo]rs?|activists?|demonstrators?|strikers?|marchers?|occupiers?|pickets)\b"
    rf"|(?:\s(?:from|of|at|in|on|and|outside|across|along) [^,.;:]{{2,40}}|, [^,.;:]{{2,60}},)?(?:\swho)?"
    rf"(?:\s(?:have|had|has|also|then|again|later|briefly|yesterday|today))*\s(?:{ACTIVE}|(?:are|were|been|is"
    rf"|was) (?:{ONGOING}))\b"
    rf"|\s(?:{ONGOING})\b"
    rf"|\s(?:on|in|for) (?:[\w-]+ ){{0,3}}(?:night|day|week|month|hour)s? of (?:[\w-]+ )?{EVENT}\b"
)
BEFORE_NOUN = re.compile(
    r"\b(?:striking|protesting|marching|picketing|rallying|demonstrating"
    rf"|{EVENT} (?:by|of|from)(?: (?:about|some|around|the|hundreds of|thousands of"
    rf"|[\d,.]+))*)\s+(?:[\w-]+\s+){{0,2}}$"
)
# Nouns for anybody at all: that some of them marched says nothing about the others.
ANYBODY = frozenset(
    "people person man men woman women other others citizen bystander passer-by passers-by witness witnesses motorist"
    " commuter shopper child children youth teenager visitor tourist family families kid user reader caller".split()
)
IN_IE = frozenset("tradies truckies chippies cabbies bikies posties sparkies rookies zombies".split())
BY_TRADE = frozenset("worker driver owner employee operator manager staff".split())
ALIKE = {"convoy": ("driver",), "trucker": ("driver",), "truckers": ("driver",), "strikers": ("worker",)}
TRADES = {
    "parent": "mother father mum mom dad".split(),
    "tradie": "builder bricklayer carpenter chippie concreter electrician painter plasterer plumber roofer".split(),
}
DETERMINER = frozenset("the a an one some many most other another several two three four five these those".split())

BEING = r"(?:['’]d|['’]s)?\s+(?:(?:had|has|have|was|is|been|also|helped|helps|help|to|just|only|still)\s+){0,4}"
ACT = (
    r"(?:(?:march|rall[iy]|protest|demonstrat|picket|blockad|occup|camp|chant|chain|glu)\w*|(?:organi[sz]"
    r"|coordinat|co-ordinat)\w+"
    rf"|(?:joined|attended|led|leads|started|spoke at|registered) (?:the |a |an |this )?(?:[\w-]+ )?{PLACE}"
    r"|voted (?:for|to) (?:the |a )?strike|took part|taking part|slept (?:out|outside|rough)|sleeping (?:out"
    r"|outside|rough)|walked out|went on strike|on strike|locked (?:on|(?:his|her|their) arms)"
    r"|(?:drove|driven|parked) (?:his|her) (?:[\w-]+ )?(?:tractor|truck|lorry|rig|ute|pickup)|travell?ed (?:from|\d)"
    r"|(?:arrested|detained|dragged|pepper-sprayed|tear-gassed|released on|held (?:face|by|for))\b)"
)
TAKES_PART = re.compile(
    rf"(?:^|\b(?:who|he|she|and)){BEING}{ACT}"
    rf"|\b(?:spokes\w+|organi[sz]er|coordinator|leader|marshal|steward) (?:for|of|at) the (?:[\w-]+ )?{EVENT}\b"
    rf"|\b(?:to|and) (?:join|lead|attend) (?:the |a )?(?:[\w-]+ )?{PLACE}\b"
    r"|\bone of (?:the |those |several )?(?:[\w-]+ )?"
    rf"(?:organi[sz]ers|speakers|protesters|marchers|demonstrators|arrested|detained|{PLACE}['’]s)"
    r"|\b(?:carrying|holding|waving|hoisting|held|carried|waved) (?:up )?(?:a|an|his|her|the"
    r"|aloft)\b.{0,40}?\b(?:sign|placard|banner|flag|poster)"
    r"|\bwhose (?:[\w-]+ )?(?:group|association|organi[sz]ation|union|coalition|network)\b"
    rf"[^.;:]{{0,60}}?\b(?:organi[sz]ed|registered|called|backed) (?:the |this )?{EVENT}\b"
    rf"|\b(?:in|at|on|among) the (?:[\w-]+ )?{PLACE}\b",
    re.IGNORECASE,
)
TOOK_PART = re.compile(rf"\b(?:he|she){BEING}{ACT}", re.IGNORECASE)
CUE = re.compile(r"\b(?:said|says|told|tells|asked|added|wrote|warned|complained|called|accused|described)\b")
NO_TITLE = re.compile(r"[,;:()\0\"“”‘—–\n]")  # ends what stands before a name
SCENE = re.compile(rf"\b(?:at|on|in|inside|along|among) (?:the|a) (?:[\w-]+ )?{PLACE}\b", re.IGNORECASE)
OBSERVES = re.compile(
    r"\bas (?:an? |the )?(?:[\w-]+ )?(?:observer|monitor|mediator|medic|journalist|photographer)\b"
    r"|\b(?:observ|monitor|mediat)(?:ed|ing)\b"
    r"|\bto (?:observe|monitor|mediate|cover|film|photograph|report on|treat)\b",
    re.IGNORECASE,
)
CLIENT = re.compile(
    r"\b(?:his|her|their) (?:[\w-]+ )?$"
    r"|\b(?:protest[eo]rs?|demonstrators?|activists?|marchers?|strikers?|accused|detainees?|defendants?)['’]s? $",
    re.IGNORECASE,
)
CLIENTS = re.compile(
    r",? (?:who (?:is |was )?)?(?:for|representing|represents?|acting for|defending|defends) (?:[\w-]+ ){0,4}?"
    r"(?:protest[eo]rs?|demonstrators?|activists?|marchers?|strikers?|occupiers?|campaigners?|arrested|detained"
    r"|accused|detainees|defendants?|charged)\b",
    re.IGNORECASE,
)
OF_TRADE = re.compile(r"\b(?!trades)[\w-]+s['’]? (?:union|guild)$|^(?:[\w-]+ )?(?:union|guild) of \w", re.IGNORECASE)
DISOWNS = re.compile(
    r"\b(?:(?:not|never|isn['’]t|aren['’]t|wasn['’]t|weren['’]t) (?:among )?(?:his|her|our|their|my)"
    r" (?:members?|people)"
    rf"|(?:no part in|nothing to do with) (?:the |this )?{EVENT})\b",
    re.IGNORECASE,
)
OVER_DEATH = re.compile(
    r"\b(?:over|about|after|following|into|for) (?:the )?(?:[\w’'-]+ ){0,3}?(?:deaths?|killings?|murders?)\b"
)
FAMILY = frozenset(
    "family relative mother father parent sister brother son daughter widow widower wife husband partner uncle aunt"
    " cousin nephew niece grandmother grandfather grandson granddaughter".split()
)
STRIKE = re.compile(
    r"\b(?:strik(?:e|es|ing|ers?)|pickets?|picketing|walkouts?|walked out|industrial action|work-to-rule|go-slow"
    r"|downed tools|pay (?:was|is|rise|offer|dispute|deal|cut|claim)s?|wages?)\b"
)
BUSINESS = (
    r"(?:shop|store|pharmacy|chemist|cafe|café|restaurant|bistro|bakery|bar|salon|stall|pub|hotel|hostel|kiosk|garage"
    r"|clinic|gym|boutique|bookshop|bookstore|florist|newsagent|supermarket|takeaway|deli|diner|business|company|market)"
)
LOOKS_ON = re.compile(
    r"(?:^|\b(?:who|he|she))(?:['’]s)?\s+(?:(?:has|had|was|is|have|been|also|still)\s+){0,3}(?:lives?|lived"
    r"|living|resides?"
    r"|(?:works?|working|worked|runs?|owns?|manages?|parked)\b.{0,50}?\b(?:near|nearby|opposite|across|next"
    r"|beside|above|around the corner)"
    r"|stuck|trapped|stranded|trying to|on (?:his|her|the|their) way|walking|passing|shopping|commut\w+"
    r"|watch\w+|waiting)"
    rf"|\b(?:his|her|whose) (?:[\w-]+ )?(?:{BUSINESS}|office|flat|house|home|apartment|window|customers)\b"
    rf"|\bwho (?:runs?|owns?|manages?|ran|owned|managed|works (?:in|at)|has) (?:a|an|the|his|her|two|three)"
    rf" (?:[\w-]+ ){{0,3}}{BUSINESS}s?\b"
    r"|, (?:from|of) [A-Z][\w-]+",
)
OF_US = re.compile(
    r"\b[Ww]e\b.{0,40}?\b(?:(?:be|come|are) back|here (?:to|because|for|until|today|again|peacefully)"
    r"|not (?:leaving|going|asking|begging|moving|stopping"
    r"|afraid|backing|criminals|terrorists|extremists|against)|(?:won|will not|shall not|can|don|aren"
    r"|refuse)(?:['’]t)? (?:leave|stop|move"
    r"|back down|be (?:silent|silenced|moved|ignored)|give up|stay silent)|stay(?:ing)?|march\w*|strik\w+"
    r"|protest\w*|fight\w*|demand\w*"
    r"|camp\w*|block\w*|occup\w+|keep (?:coming|going|fighting|marching)|ask(?:ing|ed)? for|ready to talk)\b"
    r"|\bI(?:['’]m| am| was) (?:here|there|striking|marching|protesting)\b|\bI (?:came|marched|joined|slept"
    r"|walked out|drove|got arrested)\b"
    r"|\bwhy I(?:['’]m| am| came)\b",
)
AGED = re.compile(r"^(?:,| \() ?\d\d\b")
OF_GROUP = re.compile(
    r"(?:\b(?:organi[sz]ed|called|staged|led|backed|coordinated) by (?:the )?"
    r"|\b(?:group|campaign|coalition|movement|collective|network|union|campaigners|activists)(?:,| called"
    r"| named| from| with)? (?:the )?)$"
)
ORGANISES = re.compile(
    rf",? (?:which |who |that )?(?:has |have |had |also )*(?:organi[sz]ed|called (?=for|a)|staged|is behind"
    rf"|are behind|is leading|led) ?"
    rf"(?:for )?(?:the |a |an |this |\w+['’]s )?(?:[\w-]+ )?{EVENT}\b"
)
AN_EVENT = re.compile(rf"\b{EVENT}\b")
AT_AN_EVENT = re.compile(
    r"\b(?:protest|demonstrat(?:or|ion)|riot|placard|banner|marche[rds]|picket|barricad|blockad|activist|campaigner"
    r"|rall(?:y|ied|ies)\b)"
)  # two of them tell of a protest where no event is named
REPRESENTS = re.compile(r",? (?:(?:that|which|who) represents?|representing|for) ")
OF_NOUNS = re.compile(r"(\w+)(?:['’]s?)? (?:organi[sz]ers?|protest[eo]rs?|activists?|leaders?|unions?)")
BESIDE = re.compile(
    r"\b(?:his|her|their|whose) (?:[\w-]+ )?(?:colleague|workmate|classmate|friend|comrade|neighbou?r|husband"
    r"|wife|partner|daughter|son"
    r"|brother|sister|mother|father|mum|mom|dad),?\s*$",
    re.IGNORECASE,
)
