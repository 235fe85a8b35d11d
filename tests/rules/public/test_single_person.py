"""A single person's health, family or debts are asked about in a public text; what a programme does for many is not."""

import pytest

from tracker.rules.public.single_person import about_somebody
from tracker.services.papers.suspects import _words

ASKED_ABOUT = (
    "A badge holder with tremor can sign on a screen now.",
    "One resident with dementia no longer gets two letters.",
    "A woman who was pregnant did not have to come again.",
    "The form was changed after a tenant had a stroke.",
    "He uses a wheelchair and could not reach the desk.",
    "Her anxiety kept her from calling.",
    "A man in his fifties with epilepsy tried it first.",
    "An older applicant, who is blind, finished in six minutes.",
    "This caller was depressed and rang every day.",
    "A patient of the clinic had cancer.",
    "One mother, divorced in May, has her permit again.",
    "A child in care got a library card.",
    "A customer whose husband died was sent no reminder, since she was bereaved.",
    "She was estranged from her family.",
    "A father fought for custody and needed the papers.",
    "A resident fled domestic violence and was moved in a day.",
    "One tenant with arrears of two months was called first.",
    "A young worker lost his job and kept the card.",
    "A claimant on universal credit paid by phone.",
    "A pensioner in debt asked for a plan.",
    "That person was homeless until March.",
)
LET_THROUGH = (
    "Disabled people can renew without a letter.",
    "Badge holders with tremor can sign on a screen.",
    "The mental health service shares its booking page.",
    "Residents in arrears are written to once.",
    "A badge holder renews in eleven minutes.",
    "A tenant can report a repair by telephone.",
    "Debt advice is offered in six libraries.",
    "Families with children in care are asked once.",
    "The homelessness team has one list.",
    "A user needs no account.",
    "One person checks each permit.",
    "Wheelchair access is on the map.",
    "Hospital discharge letters arrive on the same day.",
    "A customer sees when the van comes.",
    "Foster carers have a page of their own.",
    "A parent applies once for all schools.",
    "Universal credit data is shared by the department.",
    "Divorced couples are two households. A resident chooses.",
    "Evictions fell by a third. One tenant wrote to thank us.",
    "A driver pays on the phone.",
    "Pregnant women can book by text.",
)


@pytest.mark.parametrize("text", ASKED_ABOUT)
def test_the_private_matter_of_a_single_person_is_asked_about(text: str) -> None:
    hits = list(about_somebody(text, _words()))
    assert hits and all(hit.what.startswith("single person's ") and hit.part in text for hit in hits)


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_is_done_for_many_is_not_asked_about(text: str) -> None:
    assert list(about_somebody(text, _words())) == []
