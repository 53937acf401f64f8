"""More wordings of news: each case names the construction or the words, its sentence and what it tells."""

import pytest

from tests.extract.sentences import told

CASES = [
    (
        "a state leaves another, where its forces were",
        "The United States left Niger in September 2024.",
        ["Deployment(deployer: United States; place: Niger) Ended, to 2024-09"],
    ),
    (
        "who leaves what was told before",
        "Britain joined NATO in 1949. Chad left in March 1959.",
        [
            "Accession(member: United Kingdom; organisation: NATO) Actual, 1949",
            "Accession(member: Chad; organisation: NATO) Ended, to 1959-03",
        ],
    ),
    (
        "branches of companies, called after states in their own languages",
        "KNDS Deutschland will deliver 54 howitzers to Lithuania.",
        ["ArmsTransfer(buyer: Lithuania; item: howitzers; supplier: KNDS Deutschland) Planned, 54 of them"],
    ),
    (
        "a chief of the air force, who is no namesake of a president",
        "Gustavo Petro met Anna Novak. Air Force chief Gustavo Valverde met Anna Novak in Tandil.",
        [
            "Meeting(participant: Anna Novak, Gustavo Petro) Actual",
            "Meeting(participant: Anna Novak, Gustavo Valverde; place: Tandil) Actual",
        ],
    ),
    (
        "counted transports, which are no verb of now",
        "Embraer and the Dutch defence ministry signed a contract on Monday for nine C-390 Millennium transports.",
        [
            "AgreementSigning(agreement: contract; party: Embraer, Ministry of Defence (Netherlands)) "
            "Actual, 2025-05-12",
            "ArmsTransfer(buyer: Ministry of Defence (Netherlands); item: C-390 Millennium transports; "
            "supplier: Embraer) Actual, 2025-05-12, 9 of them",
        ],
    ),
    ("an organisation's expansion is no growth of forces", "NATO discussed its expansion in Vilnius.", []),
    (
        "soldiers who are trained somewhere are not sent there by their state",
        "Instructors of the Defence Forces had trained 750 Ukrainian soldiers in Cyprus.",
        ["Training(place: Cyprus; trainee: Ukrainian soldiers; trainer: Defence Forces) Actual, 750 of them"],
    ),
    (
        "violations of airspace",
        "Chad protested against Russian airspace violations over Estonia and Poland.",
        ["Threat(actor: Russia; target: Estonia, Poland) Actual"],
    ),
    (
        "attacks of somebody on something",
        "Niger answered the attacks of the Houthis on shipping.",
        ["ArmedConflict(belligerent: Houthi movement) Actual"],
    ),
    (
        "a force that somebody leads, to which others contribute",
        "The UK leads the multinational battlegroup in Estonia, to which France contributes 300 soldiers.",
        [
            "Deployment(asset: multinational battlegroup; deployer: United Kingdom; place: Estonia) Actual",
            "Deployment(asset: soldiers; deployer: France) Actual, 300 of them",
        ],
    ),
    (
        "a war against which something later is told",
        "Since Russia's invasion of Ukraine, Poland has bought 100 tanks in 2023.",
        [
            "ArmedConflict(belligerent: Russia; opponent: Ukraine) Actual",
            "ArmsTransfer(buyer: Poland; item: tanks) Actual, 2023, 100 of them",
        ],
    ),
    (
        "a company beside a state whose ministry it is",
        "Babcock and Ukraine's defence ministry signed a contract in May.",
        [
            "AgreementSigning(agreement: contract; party: Babcock International, Ministry of Defence (Ukraine)) "
            "Actual, 2025-05",
        ],
    ),
    (
        "a company's branch, told by the state's name",
        "Australia ordered 20 boats from Thales Australia.",
        ["ArmsTransfer(buyer: Australia; item: boats; supplier: Thales Australia) Actual, 20 of them"],
    ),
    (
        "a sum in won, which is no verb",
        "Hanwha Aerospace sold Norway 48 howitzers worth 900 billion won.",
        [
            "ArmsTransfer(buyer: Norway; item: howitzers; supplier: Hanwha Aerospace) Actual, 900,000,000,000 KRW, "
            "48 of them",
        ],
    ),
    (
        "views exchanged",
        "John Healey exchanged views with Gen Nakatani in Tokyo.",
        ["Meeting(participant: Gen Nakatani, John Healey; place: Tokyo) Actual"],
    ),
    (
        "an institution with a name of its own, whoever founded it",
        "Norway welcomed the establishment of a Combined Air Operations Centre in Bodø.",
        ["Establishment(institution: Combined Air Operations Centre; place: Bodø) Actual, said by Norway"],
    ),
    (
        "an agreement called as another one is",
        "Canada and the Philippines signed a Status of Visiting Forces Agreement.",
        [
            "AgreementSigning(agreement: Status of Visiting Forces Agreement; party: Canada, Philippines) Actual"
        ],
    ),
    (
        "an exercise that what is done is part of",
        "Polish and Estonian troops built a bridge on Tuesday as part of the Iron Wolf exercises.",
        [
            "JointExercise(exercise: Exercise Iron Wolf; participant: Estonia, Poland) Actual, 2025-05-13",
        ],
    ),
    (
        "a noun below a part of it",
        "Chile and Peru held the third edition of their bilateral exercise.",
        [
            "JointExercise(participant: Chile, Peru) Actual",
        ],
    ),
    (
        "an exercise told by its verb and place",
        "Soldiers from Chad and Niger are practising in the Diffa region.",
        [
            "JointExercise(participant: Chad, Niger; place: Diffa region) Actual",
        ],
    ),
    (
        "a drill of an alliance",
        "NATO's exercise took place in Norway.",
        [
            "JointExercise(participant: NATO; place: Norway) Actual",
        ],
    ),
    (
        "one who went along with the subject",
        "Troops from Chad, joined by units from Niger, held an exercise near Diffa.",
        [
            "JointExercise(participant: Chad, Niger; place: Diffa) Actual",
        ],
    ),
    (
        "who was among those that took part",
        "Chad was among the nations which took part in Exercise Flintlock.",
        [
            "JointExercise(exercise: Exercise Flintlock; participant: Chad) Actual",
        ],
    ),
    (
        "a noun read as a verb",
        "Chad and Niger held drills near Diffa.",
        [
            "JointExercise(participant: Chad, Niger; place: Diffa) Actual",
        ],
    ),
    (
        "a gerund as a noun",
        "Fighting between Chadian and Sudanese soldiers broke out in March.",
        [
            "ArmedConflict(belligerent: Chad, Sudan) Actual, 2025-03",
        ],
    ),
    (
        "a company that wins an order",
        "Saab won an order for four frigates from Chile.",
        [
            "ArmsTransfer(buyer: Chile; item: frigates; supplier: Saab) Actual, 4 of them",
        ],
    ),
    (
        "a company that is awarded a contract",
        "Chile awarded Saab a contract for four frigates.",
        [
            "ArmsTransfer(buyer: Chile; item: frigates; supplier: Saab) Actual, 4 of them",
        ],
    ),
    (
        "what is supplied under a contract",
        "Under a contract of 2017, Sweden supplied Chile with radars.",
        [
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Sweden) Actual",
        ],
    ),
    (
        "a state between a verb of giving and its thing",
        "Sweden sold Chile radar systems.",
        [
            "ArmsTransfer(buyer: Chile; item: radar systems; supplier: Sweden) Actual",
        ],
    ),
    (
        "a state chosen to build",
        "Chile chose Saab to supply 12 radars.",
        [
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Planned, 12 of them",
        ],
    ),
    (
        "ships told by their flag",
        "A Chilean naval group sailed through the Strait of Magellan.",
        [
            "Deployment(asset: Chilean naval group; deployer: Chile; place: Strait of Magellan) Actual",
        ],
    ),
    (
        "forces that are told by number and place",
        "There are 900 Nepalese soldiers in Lebanon.",
        [
            "Deployment(asset: Nepalese soldiers; deployer: Nepal; place: Lebanon) Actual, 900 of them",
        ],
    ),
    (
        "forces ordered out",
        "Niger ordered French troops out of the country in 2023.",
        [
            "Deployment(asset: French troops; deployer: France; place: Niger) Ended, to 2023",
        ],
    ),
    (
        "a base given up",
        "France handed over its base in Dakar to Senegal on 17 March.",
        [
            "Deployment(asset: base; deployer: France; place: Dakar) Ended, to 2025-03-17",
        ],
    ),
    (
        "forces that withdraw",
        "Fijian troops withdrew from Lebanon in April.",
        [
            "Deployment(asset: Fijian troops; deployer: Fiji; place: Lebanon) Ended, to 2025-04",
        ],
    ),
    (
        "training undergone",
        "Somali recruits completed a course in Kenya in April.",
        [
            "Training(place: Kenya; trainee: Somali recruits) Actual, 2025-04",
        ],
    ),
    (
        "what somebody calls the thing",
        "Chile fired what it called a hypersonic missile into the Pacific Ocean.",
        [
            "WeaponTest(actor: Chile; item: hypersonic missile; place: Pacific Ocean) Actual",
        ],
    ),
    (
        "missiles fired at somebody",
        "Yemen launched missiles at Israel on Monday.",
        [
            "ArmedConflict(belligerent: Yemen; opponent: Israel) Actual, 2025-05-12",
        ],
    ),
    (
        "missiles fired in trial",
        "Chile fired a missile off Valparaíso on Monday.",
        [
            "WeaponTest(actor: Chile; item: missile; place: Valparaíso) Actual, 2025-05-12",
        ],
    ),
    (
        "somebody called a threat",
        "Estonia described Russia as a threat to Europe.",
        [
            "Threat(actor: Russia; target: Europe) Actual",
        ],
    ),
    (
        "a clause about the noun above",
        "A pact on patrols that Chile and Peru concluded in 2012 is in force.",
        [
            "AgreementSigning(agreement: pact; party: Chile, Peru) Actual, 2012",
        ],
    ),
    (
        "a participle hung on the verb",
        "Chile praised the treaty, signed in 2019.",
        [
            "AgreementSigning(agreement: treaty) Actual, 2019, said by Chile",
        ],
    ),
    (
        "a participle read as the verb",
        "The memorandum, concluded in 2019, was renewed.",
        [
            "AgreementSigning(agreement: memorandum) Actual, 2019",
        ],
    ),
    (
        "an agreement told by its date",
        "The treaty of 1984 between Chile and Argentina is in force.",
        [
            "AgreementSigning(agreement: treaty; party: Argentina, Chile) Actual, 1984",
        ],
    ),
    (
        "a passive under a verb of expecting",
        "Twelve radars are expected to be delivered to Chile by Saab in 2027.",
        [
            "ArmsTransfer(buyer: Chile; item: radars; supplier: Saab) Expected, 2027, 12 of them",
        ],
    ),
    (
        "a preposition hung on a phrase of time",
        "Chile took part for the first time in Exercise Flintlock in March.",
        [
            "JointExercise(exercise: Exercise Flintlock; participant: Chile) Actual, 2025-03",
        ],
    ),
    (
        "a name behind the noun for it",
        "The United States imposed sanctions on the oil companies Rosneft and Lukoil.",
        [
            "Sanction(actor: United States; target: Lukoil, Rosneft) Actual",
        ],
    ),
    (
        "the place of the verb before",
        "Emmanuel Macron flew to Cairo and met Abdel Fattah el-Sisi.",
        [
            "Visit(destination: Cairo; visitor: Emmanuel Macron) Actual",
            "Meeting(participant: Abdel Fattah el-Sisi, Emmanuel Macron; place: Cairo) Actual",
        ],
    ),
    (
        "a bill with its sum",
        "Chile's parliament passed a $2 billion defence bill in April.",
        [
            "DefenceSpending(spender: Chile) Actual, 2025-04, 2,000,000,000 USD",
            "PolicyAdoption(adopter: Chile; policy: defence bill) Actual, 2025-04",
        ],
    ),
    (
        "a budget in a relative clause",
        "Chile's defence budget, which totals $2 billion, is small.",
        [
            "DefenceSpending(spender: Chile) Actual, 2,000,000,000 USD",
        ],
    ),
    (
        "an institution that opens",
        "Kenya's first naval base opened in Lamu in 2012.",
        [
            "Establishment(founder: Kenya; institution: naval base; place: Lamu) Actual, 2012",
        ],
    ),
    (
        "an institution that is closed",
        "Kenya closed its office in Mogadishu in 2019.",
        [
            "Establishment(founder: Kenya; institution: office; place: Mogadishu) Ended, to 2019",
        ],
    ),
    (
        "plans for an institution",
        "There are no plans for a Kenyan base in Somalia.",
        [
            "Establishment(founder: Kenya; institution: Kenyan base; place: Somalia) Denied",
        ],
    ),
    (
        "what is given by nobody named",
        "Ten trucks were handed over to Kenya in April.",
        [
            "Aid(item: trucks; recipient: Kenya) Actual, 2025-04, 10 of them",
        ],
    ),
    (
        "a cleft sentence",
        "It was Norway that donated the missiles to Ukraine.",
        ["Aid(item: missiles; provider: Norway; recipient: Ukraine) Actual"],
    ),
    (
        "a goal that is met, which is no meeting",
        "Spain will meet its commitments to NATO.",
        [],
    ),
    (
        "an accession that is blocked, which is no threat",
        "Turkey blocked Sweden's accession to NATO for a year.",
        ["Accession(member: Sweden; organisation: NATO) Denied"],
    ),
    (
        "money that is asked for",
        "Israel had asked for $45 billion in military aid.",
        ["Aid(recipient: Israel) Proposed, 45,000,000,000 USD"],
    ),
    (
        "a sum before a verb of being to be",
        "A$55 billion is to be invested in the surface fleet by Australia.",
        ["DefenceSpending(spender: Australia) Planned, 55,000,000,000 AUD"],
    ),
    (
        "who fights without a name",
        "Nigerian troops killed 40 militants in Borno.",
        ["ArmedConflict(belligerent: Nigeria; opponent: militants) Actual"],
    ),
    (
        "a mission that is ended",
        "The UN ended its peacekeeping mission in Mali in 2023.",
        ["Deployment(asset: peacekeeping mission; deployer: United Nations; place: Mali) Ended, to 2023"],
    ),
    (
        "what somebody will have done by others",
        "The Coast Guard will have seven icebreakers built in Texas.",
        ["CapabilityDevelopment(developer: Coast Guard; item: icebreakers) Planned, 7 of them"],
    ),
    (
        "a membership that remains",
        "Armenia remained a member of the Collective Security Treaty Organization.",
        ["Accession(member: Armenia; organisation: Collective Security Treaty Organization) Actual"],
    ),
    (
        "a preposition before its relative",
        "Ukraine, to which South Korea has so far given only humanitarian aid, wants more.",
        ["Aid(item: humanitarian aid; provider: South Korea; recipient: Ukraine) Actual"],
    ),
    (
        "a counterpart who is invited",
        "Poland's president invited his Finnish counterpart to Warsaw.",
        ["Visit(destination: Warsaw; visitor: Finland) Proposed"],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "claims"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_told_by(sentence: str, claims: list[str]) -> None:
    assert told(sentence) == claims
