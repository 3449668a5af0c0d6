"""Networks give the same on every processor, with instructions for products of bytes or without."""

from pathlib import Path

import pytest

from provenance.common.networks import EXACT, open_network
from provenance.extraction.tagger.tagger import NETWORK, PRONOUNS
from provenance.extraction.tagger.tagger import WEIGHTS as TAGGER
from provenance.graph.reader import UPPER
from provenance.graph.reader import WEIGHTS as READER
from tests.helpers.places import ROOT


@pytest.mark.parametrize("path", [TAGGER / NETWORK, TAGGER / PRONOUNS, READER / UPPER])
def test_every_network_multiplies_exactly(path: Path) -> None:
    options = open_network(path).get_session_options()
    assert options.get_session_config_entry(EXACT[0]) == EXACT[1]
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


def test_there_is_no_other_door_to_networks() -> None:
    files = sorted((ROOT / "provenance").rglob("*.py"))
    opening = [p.name for p in files if "InferenceSession(" in p.read_text(encoding="utf-8")]
    assert opening == ["networks.py"]
