"""A noun beside an unknown name tells what it names; what the text does not tell is not guessed."""

import pytest

from tests.extract.sentences import reading


def kinds(text: str) -> dict[str, str]:
    return {m.entity.label: m.entity.kind for m in reading(text).mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Germany deployed the frigate Hessen to the Red Sea.", "Hessen", "Asset"),
        ("HMS Kentmere arrived in Gdynia.", "HMS Kentmere", "Asset"),
        ("The French firm Turgis Gaillard will build drones.", "Turgis Gaillard", "Company"),
        ("Japan imposed sanctions on the oil companies Sevneft and Arkoil.", "Arkoil", "Company"),
        ("Brazil's DORAX test-fired a missile.", "DORAX", "Organisation"),
        ("Poland and Romania took part in Amber Ridge 25, a naval exercise.", "Amber Ridge 25", "Exercise"),
        ("Croatia sent troops, the newspaper Jutarnji Glas reported.", "Jutarnji Glas", "NewsOutlet"),
        ("Croatia sent troops, the Adria News Agency reported.", "Adria News Agency", "NewsOutlet"),
    ],
)
def test_an_unknown_name_is_of_the_kind_that_its_words_or_neighbours_tell(
    text: str, name: str, kind: str
) -> None:
    assert kinds(text)[name] == kind


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Admiral Joon-ho Park visited Guam.", "Park Jin"),
        ("Miller met Johnson in Paris.", "Boris Johnson"),
        ("The Ministry of Defence signed an agreement with Norway.", "Ministry of Defence (Norway)"),
        ("Korea signed an agreement with Mongolia.", "South Korea"),
        ("The NIS delivered drones to Poland.", "National Intelligence Service"),
    ],
)
def test_a_name_that_may_be_anothers_is_not_linked(text: str, absent: str) -> None:
    assert absent not in kinds(text)


def test_a_shared_name_is_that_of_the_state_named_in_full_elsewhere() -> None:
    assert "South Korea" in kinds("Korea signed an agreement. South Korean troops will train in Mongolia.")


def test_an_omission_lists_few_of_many_things_that_a_name_may_stand_for() -> None:
    omissions = reading("Officials of the Ministry of Defence came.").omissions
    detail = next(o.detail for o in omissions if o.reason == "ambiguous")
    assert detail.count("http") == 5
    assert detail.endswith("more")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Yaşar Güler visited the Somali capital.", "Mogadishu"),
        ("Poland and Latvia held talks in the Polish capital.", "Warsaw"),
    ],
)
def test_a_capital_is_the_city_of_its_state(text: str, place: str) -> None:
    assert kinds(text)[place] == "City"


def test_an_unnamed_counterpart_is_the_state_that_it_acts_for() -> None:
    claims = reading("Sébastien Lecornu met his German counterpart in Metz.").claims
    assert [f.entity.label for f in claims[0].fillers("participant")] == ["Sébastien Lecornu", "Germany"]
