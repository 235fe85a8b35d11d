"""Words that are names of people and ordinary words too: they are never taken out of a text unless somebody says so."""

_NAMES = """
abbey abbot ace addison alba albion alder amber angel angus archer art ash ashes aster august autumn avery bacon
bailey baker banks barber baron bass bay bayle beam bean bear beau bell berry bill birch bird bishop black blaze bliss
bloom blue bond booth bow bowl boxer brand brandy brave brick bridge bridges bright brook brooks brown buck bud bull
bullet burn burns bush butcher butler canon carpenter carter case cash castle chance chandler chase chip church clay
clement clerk cliff clover coal cole constant cook cooper coral cotton court cox crane crisp cross crystal cutler
daisy dale dawn day days dean dell dick dove drake draper drew duke dusty dyer earl early east ebony eden english ever
faith falcon farmer fawn felt fern field fields fisher flint flora flower ford forest foster fox francs frank freed
freeman french frost gale gardener gates gay gem gene gentle ginger glass glen glover gold golden good goodman grace
grant graves gray green grey griffin ground grove hale hall hardy harmony harper harry harvest hawk hay hazel head
heath heather heaven henry herb hero hill hills holiday holly honey honour hood hope house hunt hunter hurt iris ivory
ivy jack jade jasmine jasper jay jean jersey jet jewel joule joy judge june just keen kelvin kent king kitty knight
knot lake lamb lance land lane lark laurel law lawn leaf lee leigh levy lily linden lion little lock london long lord
love low luck lucky mace major mark marks marsh marshal marshall martin mason mat matt max may mead meadow mercy merit
miles mill miller mills mint misty mole moon moor moore morn moss mount myrtle nail neat new newman newton nick noble
north oak oaks olive opal page pain paine palm park parker parks parson pat patience paul pearl penny pepper peter
pierce pike pine piper plum pole pool poole pope porter potter power powers precious price pride prince prior prudence
queen quest rain ran rand ray read reed reef reeve rich ridge ring rise river rob robin rock rocky rod rose rosemary
round row ruby rue rush rusty sable sage sail sandy sawyer scarlet sharp shaw shell shepherd short sierra silver
singer skinner sky small smart smith snow sparrow spencer spring stacy star stark steel steer sterling still stone
storm street strong sue sugar summer sun sunny swan swift tanner taylor temple tiger tip tom tower town trader travel
trinity turner tyler vale vera vest victor viola violet walker wall waller walls ward warden warren water waters watt
weaver webb weeks wells west wheat wheeler white wild will willow wills winter winters wise wolf wood woods worth
wright yard york young
"""
_WORK = """
account action adviser advisor agency agent agile analysis analyst analytics architect architecture assistant
assurance audit auditor authority benefit benefits board budget build business chair change channel charge chief
citizen city civil client cloud coach commercial committee communications community compliance consultant contact
content contract contractor coordinator corporate council councillor county customer data database delivery demand
department deputy design designer developer digital director district division economy education engineer engineering
environment executive expert external finance first form former front function gate governance government group health
help housing human identity impact information infrastructure innovation inspector integration interim internal issue
junior lead leader learning legal library licence local management manager media member metric national network office
officer online open operations owner panel partner partnership payment people performance permit person pilot planner
planning platform policy portfolio practice president principal privacy procurement product professional programme
project protection public quality records reform region register registry research researcher resources responsible
review risk safety secretary section security senior service services social software specialist sponsor staff
standard standards state statistics strategy supplier support system systems tax team technical technology test tester
trainer trainers training transformation transport treasury user vendor volunteer waste welfare work worker works
workshop
"""
WORK = frozenset(_WORK.split())
ORDINARY = WORK | frozenset(_NAMES.split())
# What somebody is: without one of these a name is none of a role.
_ROLES = """
administrator adviser advisor analyst architect assessor assistant auditor chair chief citizen clerk coach consultant
coordinator councillor councilor delegate deputy designer developer director editor engineer executive expert head
inspector lead leader librarian manager member minister officer operator owner partner planner president principal
researcher scientist secretary solicitor specialist sponsor team tester trainer treasurer
"""
ROLES = frozenset(_ROLES.split())
_TITLES = "dr mr mrs ms miss mx prof professor sir dame lord lady cllr rev hon"
_PARTICLES = """
a al af aan bin da das de del della den der des di do dos du e el ibn la las le los of op san st ter te ten the und van
von vom y zu zum zur
"""
TITLES = frozenset(_TITLES.split())
PARTICLES = frozenset(_PARTICLES.split())
