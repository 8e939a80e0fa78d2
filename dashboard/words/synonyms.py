"""What people type for what a title or definition says: the search finds a measure by either."""

import re

# What stands in a title or definition, in small letters, and the other words under which it is to be found.
SAID_AS = {
    r"\bpay\b|\bearn|living wage": "wage wages salary pay earnings",
    r"at (your |the )?\d+ weeks|\d+ weeks in work|\d+ weeks|\d+-week|lasting|lasted|kept on|reached \d+|sustained": (
        "sustain sustained sustainment lasting retention"),
    r"homeless": "homelessness housing",
    r"apprentice": "apprentice apprentices trainees",
    r"entered (paid )?work|entered employment|job start|into work|in employment": "jobs job employment outcomes work",
    r"unemploy|claiming": "jobless unemployment claimants benefits credit",
    r"inactiv": "inactivity sick",
    r"disab|limited in daily|condition": "disability impairment health illness",
    r"mental|wellbeing": "health wellbeing",
    r"\byoung|school leaver|16 to 24|16-24": "youth neet teenagers",
    r"parent|famil|child": "parents families children",
    r"poverty|low income|deprived|deprivation": "poor poverty hardship simd",
    r"spend|spent|budget|money|cost|pound": "funding finance value cost",
    r"qualif|degree|training|skill|learning|education": "skills education college scqf training",
    r"refer": "referrals routes",
    r"follow-up|not recorded|no later": "missing unknown followup",
    r"asked twice": "soft outcomes confidence distance travelled progress",
    r"agree|dignity|experience|in control": "satisfaction dignity respect experience",
    r"ethnic": "race minority bme",
    r"\bsex\b|women|\bmen\b|female|male|gender": "women men gender",
    r"carer": "caring carers",
    r"convict": "justice offenders prison",
    r"refugee": "asylum migrants",
    r"\brural|\burban|island|remote": "rural urban remote islands countryside",
    r"no one left behind": "nolb",
    r"fair start scotland": "fss",
    r"parental employability support": "pesf parents",
    r"assisted into work": "lgbf council benchmarking",
    r"self-assessment|service standards": "standards quality",
}
_PATTERNS = {re.compile(pattern): words for pattern, words in SAID_AS.items()}


def synonyms(text: str) -> str:
    """The other words for what the text says, each once; '' for none."""
    lower = text.lower()        # a pattern that looks for both cases takes twice as long
    found = (word for pattern, words in _PATTERNS.items() if pattern.search(lower) for word in words.split())
    return " ".join(dict.fromkeys(found))
