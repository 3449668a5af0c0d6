"""Quotations without a verb of saying are theirs who move or look before them."""

import pytest

from provenance.articles import parse_article
from provenance.pipeline import build_record
from tests.articles.test_voices import told

TOP = "Village waits for answers after flood\n\nBy Marta Ilves\n\nThe weir gave way on Monday.\n\n"
BEATS = {
    "Nora Quill leaned over the map. “The sluice was shut by noon.” The warden shrugged.": {
        "sluice": "Nora Quill"
    },
    "Peter Haas looked at the inspector for a long time. “You never came to see the pipes.” The "
    "inspector said nothing.": {"pipes": "Peter Haas"},
    "“You never came to see the pipes.” Peter Haas looked at the inspector.": {
        "pipes": "Peter Haas"
    },
    "Edda Moss pointed at the cracks in the ceiling. “They were there in March.” Her landlord, Jon "
    "Pike, shook his head. “They were not there.”": {"in March": "Edda Moss", "not": "Jon Pike"},
    "Paul Haas slammed the door of the van. “Nobody told us anything!” A policeman stepped back.": {
        "Nobody": "Paul Haas"
    },
    "Nora Quill, who runs the bakery, wiped her hands. “I heard the bang at six.” A customer "
    "nodded.": {"bang": "Nora Quill"},
    "A nurse, Pia Lang, took off her mask. “We had two beds left.” A doctor sighed.": {
        "two beds": "Pia Lang"
    },
    "It rained all morning. “We shut it at ten.” Tomas Brandt shook his head.": {
        "at ten": "Tomas Brandt"
    },
    "The foreman laughed. “We have told them for years.” Ingrid Sol, the owner, turned away.": {
        "for years": "foreman"
    },
}
OTHERS = {
    "The firm raised its prices in May. “They are a burden.” Tomas Brandt shook his head.": {
        "burden": "Tomas Brandt"
    },
    "Nora Quill turned to the warden. “The sluice was shut by noon,” Jon Pike said.": {
        "sluice": "Jon Pike"
    },
    "Nora Quill turned down the offer. “It was too low,” said Jon Pike. “We need more.”": {
        "too low": "Jon Pike",
        "need more": "Jon Pike",
    },
    "Nora Quill nodded. “It was shut!” said Jon Pike.": {"shut": "Jon Pike"},
}


@pytest.mark.parametrize("words", [*BEATS, *OTHERS])
def test_who_moves_before_a_quotation_speaks(words: str) -> None:
    found = told(build_record(parse_article(f"{TOP}{words}\n".encode(), "story.txt")))
    for said, who in (BEATS | OTHERS)[words].items():
        assert {w for w, all_ in found.items() if any(said in one for one in all_)} == {who}, found


def test_what_is_pointed_at_is_not_said() -> None:
    words = "Edda Moss pointed at a mark on the wall. “The water stood there at four.”"
    found = told(build_record(parse_article(f"{TOP}{words}\n".encode(), "story.txt")))
    assert found == {"Edda Moss": {"“The water stood there at four.”"}}
