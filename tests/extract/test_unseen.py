"""Wordings of press releases and agency news: each case names the construction, its sentence and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "arms by their name and whose they are",
        "A Russian Su-30 entered Finnish airspace on Friday.",
        ["Threat(actor: Russia; target: Finland) Actual, 2025-05-09"],
    ),
    (
        "the name of an exercise by the year of its edition",
        "Troops from Chad and Niger jumped as part of Amber Ridge 25.",
        ["JointExercise(exercise: Amber Ridge 25; participant: Chad, Niger) Actual"],
    ),
    (
        "the name of an exercise by what is said of it behind a comma",
        "Chad and Niger took part in Amber Ridge, the region's largest exercise.",
        ["JointExercise(exercise: Amber Ridge; participant: Chad, Niger) Actual"],
    ),
    (
        "drills that ended have taken place, until that day",
        "Danish and Swedish troops ended a fortnight of drills near Aarhus on 9 May.",
        ["JointExercise(participant: Denmark, Sweden; place: Aarhus) Actual, to 2025-05-09"],
    ),
    (
        "whose navies an office leads",
        "The chiefs of the Norwegian and Danish navies met in Oslo.",
        ["Meeting(participant: Denmark, Norway; place: Oslo) Actual"],
    ),
    (
        "who receives, behind a 'by' that follows the place",
        "Anders Hansen was received in Minsk by Katarina Novak.",
        ["Meeting(participant: Anders Hansen, Katarina Novak; place: Minsk) Actual"],
    ),
    ("soldiers who were killed are none that grow", "The number of soldiers killed in Mali rose to 210.", []),
    (
        "leave to do something is a plan",
        "Norway gave the green light for the dispatch of 60 soldiers to Mali.",
        ["Deployment(asset: soldiers; deployer: Norway; place: Mali) Planned, 60 of them"],
    ),
    (
        "what has never been done before",
        "Chad and Niger had never before sent ships to Oslo.",
        ["Deployment(asset: ships; deployer: Chad, Niger; place: Oslo) Denied"],
    ),
    (
        "forces that take over from others",
        "Norwegian soldiers relieved a Turkish battalion in Kosovo.",
        ["Deployment(asset: Norwegian soldiers; deployer: Norway; place: Kosovo) Actual"],
    ),
    (
        "a base by whom it is hosted",
        "Kuwait hosts a large American base.",
        ["Deployment(asset: large American base; deployer: United States; place: Kuwait) Actual"],
    ),
    (
        "where soldiers are taught to use arms",
        "Norwegian crews are being taught to operate the CAESAR howitzer in Canjuers.",
        ["Training(place: Canjuers; trainee: Norwegian crews) Actual"],
    ),
    (
        "the entry of soldiers that somebody allows",
        "The Polish parliament authorised the entry of 20 US trainers into Poland.",
        ["Deployment(asset: US trainers; deployer: United States; place: Poland) Planned, 20 of them"],
    ),
    (
        "work begins on a base or centre",
        "Work has begun on a logistics hub in Oslo.",
        ["Establishment(institution: logistics hub; place: Oslo) Actual"],
    ),
    (
        "an attack by who claims it",
        "The Houthis claimed responsibility for an attack on Israel.",
        ["ArmedConflict(belligerent: Houthi movement; opponent: Israel) Actual"],
    ),
    (
        "a title with two of-phrases right before the name",
        "Secretary of Defence of the United States Lloyd Austin met Serbian Minister for Defence Procurement "
        "James Heappey in Oslo.",
        ["Meeting(participant: James Heappey, Lloyd Austin; place: Oslo) Actual"],
    ),
    (
        "the chief of a service before a name",
        "Army Chief Hansen flew to Chad.",
        ["Visit(destination: Chad; visitor: Hansen) Actual"],
    ),
    (
        "a title, a rank and a name",
        "The Chief of the Army Staff, Lieutenant General Anders Hansen, visited Chad.",
        ["Visit(destination: Chad; visitor: Anders Hansen) Actual"],
    ),
    (
        "a date before a name without a comma",
        "On 14 May Katarina Novak received her counterparts from Chad and Niger.",
        ["Meeting(participant: Chad, Katarina Novak, Niger) Actual, 2025-05-14"],
    ),
    (
        "talks before the clause of one who held them",
        "In a conversation with Katarina Novak, Anders Hansen took up the matter.",
        ["Meeting(participant: Anders Hansen, Katarina Novak) Actual"],
    ),
    (
        "a participle that a comma parts from its noun",
        "Denmark and Norway held talks. During the talks, held on Tuesday in Oslo, the two sides agreed on little.",
        ["Meeting(participant: Denmark, Norway; place: Oslo) Actual, 2025-05-13"],
    ),
    (
        "who held an exercise, behind its participle",
        "The exercise, held in Chad between the Chadian and Nigerien armies, concluded on Tuesday.",
        ["JointExercise(participant: Chad, Niger; place: Chad) Actual, 2025-05-13"],
    ),
    (
        "who takes part, by nouns of people",
        "Some 400 personnel from Chad and Niger are taking part in a drill.",
        ["JointExercise(participant: Chad, Niger) Actual"],
    ),
    (
        "participation that an exercise sees",
        "The drill saw the participation of troops from Chad and Niger.",
        ["JointExercise(participant: Chad, Niger) Actual"],
    ),
    (
        "a clause behind 'with'",
        "Chad hosted the exercise, with Malian and Nigerien units taking part.",
        ["JointExercise(participant: Chad, Mali, Niger) Actual"],
    ),
    (
        "an exercise whose name stands beside the noun",
        "Chad and Niger will hold their biggest exercise, Desert Shield, in East Java in June.",
        [
            "JointExercise(exercise: Desert Shield; participant: Chad, Niger; place: East Java) Planned, 2025-06",
        ],
    ),
    (
        "a courtesy call",
        "Kenya's defence secretary paid a courtesy call on his Rwandan counterpart in Kigali.",
        ["Meeting(participant: Kenya, Rwanda; place: Kigali) Actual"],
    ),
    (
        "chiefs of a field, of states",
        "The chiefs of defence of Finland and Sweden conferred in Turku.",
        ["Meeting(participant: Finland, Sweden; place: Turku) Actual"],
    ),
    (
        "several who sit down",
        "The Greek and Cypriot ministers sat down in Nicosia.",
        ["Meeting(participant: Cyprus, Greece; place: Nicosia) Actual"],
    ),
    (
        "a counterpart is not of the state of who meets him",
        "Polish minister Katarina Novak hosted her Latvian counterpart.",
        ["Meeting(participant: Katarina Novak, Latvia) Actual"],
    ),
    (
        "talks told with their place and time alone",
        "The next meeting will take place in Trujillo in June.",
        ["Meeting(place: Trujillo) Planned, 2025-06"],
    ),
    (
        "an invitation to come",
        "Katarina Novak invited the minister to Poland.",
        [],
    ),
    (
        "soldiers deploy by themselves",
        "A Danish battalion deployed to Latvia in March.",
        ["Deployment(asset: Danish battalion; deployer: Denmark; place: Latvia) Actual, 2025-03"],
    ),
    (
        "soldiers take up positions",
        "A Turkish contingent took up positions in Kosovo.",
        ["Deployment(asset: Turkish contingent; deployer: Türkiye; place: Kosovo) Actual"],
    ),
    (
        "soldiers make up a force",
        "Some 150 Danish soldiers will make up the battalion in northern Latvia.",
        [
            "Deployment(asset: Danish soldiers; deployer: Denmark; place: northern Latvia) Planned, some 150 of them",
        ],
    ),
    (
        "a presence that somebody has",
        "France will end its military presence in the country of Niger.",
        ["Deployment(deployer: France; place: Niger) Ended"],
    ),
    (
        "where forces are flown in from",
        "Reserves were flown in from Austria and Romania.",
        ["Deployment(asset: Reserves; deployer: Austria, Romania) Actual"],
    ),
    (
        "nobody deploys to his own state as a whole",
        "France opened the meeting. French troops are stationed there.",
        ["Deployment(asset: French troops; deployer: France) Actual"],
    ),
    (
        "what a place is, before its name",
        "Norway opened a base in the city of Agadez.",
        ["Establishment(founder: Norway; institution: base; place: Agadez) Actual"],
    ),
    (
        "the city that was spoken of",
        "Norway sent a team to Bergen. In March it brought 200 marines to the city.",
        [
            "Deployment(asset: team; deployer: Norway; place: Bergen) Actual",
            "Deployment(asset: marines; deployer: Norway; place: Bergen) Actual, 2025-03, 200 of them",
        ],
    ),
    (
        "arms that are sent are no threat",
        "Croatia will send a battery of howitzers to Hungary.",
        ["Deployment(asset: battery; deployer: Croatia; place: Hungary) Planned"],
    ),
    (
        "an organisation that is founded",
        "NATO was founded in 1949.",
        ["Establishment(institution: NATO) Actual, 1949"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), [c[1:] for c in CASES], ids=[case[0] for case in CASES])
def test_wording(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected
