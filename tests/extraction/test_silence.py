"""Who declines to speak, and who acts in what another tells, is no source for it."""

import pytest

from provenance.model import ARTICLE, SourceGraph
from provenance.pipeline import build

REST = (
    "\n\n"
    "The town lies on the east bank of the river. Trams cross it every ten minutes, and on "
    "market days the quays are full of carts and crates. The old customs house was turned "
    "into a library twelve years ago. Its reading room looks on the water. In winter the "
    "ferries stop at dusk, and the lamps along the wall are lit from a small hut at the end "
    "of the pier. Most of the shops open late and close early. Visitors come for the fair in "
    "May and for the races in September. Two new hotels are planned beside the station, with "
    "room for three hundred guests. The tram depot was moved to the hills in spring, and the "
    "yard that it left behind is used for storing boats. "
    "Children learn to row there before they can swim. The wind comes from the lake in the "
    "morning and from the hills at night, and old people set their clocks by it. Nobody has "
    "counted the steps of the tower, though every guide gives a number.\n"
)
"""What makes an article long enough for the network."""


def hops(text: str) -> set[tuple[str, str]]:
    """Return the ends of each flow of *text*, by name."""
    return ends(build(text).record)


def ends(graph: SourceGraph) -> set[tuple[str, str]]:
    names = {ARTICLE: "article"} | {s.id: s.name for s in graph.sources}
    return {(names[f.source], names[f.target]) for f in graph.flows}


ACTING = (
    (
        "Mira Sand said that she was in the car when Oskar Holm told Peter Arden to bury the file.",
        "Holm",
    ),
    (
        "The clerk, Ida Brenner, said that Paul Grau had ordered the guards to lock the doors.",
        "Grau",
    ),
    ("Nora Finch says that her manager, Karl Dorn, told her to delete the e-mails.", "Dorn"),
    ("“I was there when Lars Venn asked the doctor to hide the results,” Jo Wick said.", "Venn"),
    ("Tomas Reed said that Grace Lind told Alan Marsh that the cells were a hazard.", "Lind"),
    ("Una Pell recalled that the coach, Ben Oster, had urged the runners to say nothing.", "Oster"),
)


@pytest.mark.parametrize(("text", "who"), ACTING)
@pytest.mark.parametrize("rest", ["\n", REST], ids=["short", "long"])
def test_whoever_acts_in_what_another_tells_is_no_source(text: str, who: str, rest: str) -> None:
    found = hops(text + rest)
    assert any(target == "article" for _, target in found)
    assert not [one for ends_ in found for one in ends_ if who in one]


def test_whoever_told_the_speaker_himself_is_his_source() -> None:
    text = "Tomas Reed said that the doctor, Oskar Venn, told him that it was a vitamin."
    assert ("Oskar Venn", "Tomas Reed") in hops(text + "\n")


DECLINING = (
    "Ms Okafor declined to comment on the memo.",
    "Ms Okafor did not respond to three requests for comment.",
    "Ms Okafor would not say whether she had written it.",
    "Ms Okafor neither confirmed nor denied that it was hers.",
    "Ms Okafor, reached by telephone, refused to discuss the memo.",
    "Ms Okafor could not be reached on Friday.",
    "Ms Okafor had no comment.",
)


@pytest.mark.parametrize("text", DECLINING)
def test_whoever_declines_to_speak_is_no_source(text: str) -> None:
    written = (
        "A memo by the engineer, Ruth Okafor, says that two cables of the bridge are corroded,"
        " according to a copy that the Gazette obtained."
    )
    graph = build(f"{written} {text}{REST}").record
    assert ("Ruth Okafor", "article") not in ends(graph)
    assert not [d for d in graph.disputes if "okafor" in d.source]


SPEAKING = (
    (
        "Her lawyer, Carl Brenner, neither confirmed nor denied it.",
        "“She is bound to silence,” he said.",
    ),
    ("Her brother, Carl Brenner, would not discuss the memo.", "“Ask the lawyers,” he said."),
    (
        "Her deputy, Carl Brenner, declined to answer questions.",
        "He said that the matter was closed.",
    ),
)


@pytest.mark.parametrize(("declining", "said"), SPEAKING)
def test_whoever_declined_goes_on_to_speak(declining: str, said: str) -> None:
    text = f"Mayor Daniel Holm said that he had never seen the memo. {declining} {said}\n"
    graph = build(text).record
    (claim,) = (c for c in graph.claims if c.content[0].start >= text.index(said))
    assert claim.sources == ("carl-brenner",)
