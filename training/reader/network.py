"""The reader's network in PyTorch; `provenance.graph.reader` runs what is exported of it.

Word vectors come from the tagger's third layer. Three more layers of a transformer read on from
there; mentions are then read against each other, and scored alone and in pairs (cf. Lee et al.,
EMNLP 2017, for scores of spans and pairs of them).
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from provenance.graph.reader.features import (
    FIRST,
    FOUND,
    HEAD,
    HEAD_LAST,
    KIND,
    LAST,
    OWNER,
    ROLE,
    SENTENCE,
    TOLD,
    TYPE,
    Arrays,
)
from provenance.graph.reader.network import BETWEEN, windows_of
from training.pronouns.network import Layer as BertLayer

Mean = Callable[[Tensor, Tensor], Tensor]
"""From first and last words to the mean of their vectors."""
SIZE: Final = 384
HIDDEN, INNER, NAMES = 192, 96, 64
_FLOOR: Final = -12.0


class Layer(nn.Module):
    """A transformer's layer over mentions, biased by how each two of them are related."""

    def __init__(self, size: int = HIDDEN, heads: int = 4) -> None:
        """Make a layer of *size* with *heads*."""
        super().__init__()
        self.heads = heads
        self.mix = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm, self.norm2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.wide, self.narrow = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)
        self.relation = nn.Embedding(7, heads)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, relations: Tensor) -> Tensor:
        """Return [M, size] read against one another by *relations* [M, M]."""
        count, size = x.shape
        q, k, v = self.mix(self.norm(x)).view(count, 3, self.heads, size // self.heads).unbind(1)
        scores = torch.einsum("ihd,jhd->hij", q, k) / (size // self.heads) ** 0.5
        weights = (scores + self.relation(relations).permute(2, 0, 1)).softmax(-1)
        x = x + self.drop(self.out(torch.einsum("hij,jhd->ihd", weights, v).reshape(count, size)))
        inner = nn.functional.gelu(self.wide(self.norm2(x)), approximate="tanh")
        return x + self.drop(self.narrow(self.drop(inner)))


class Upper(nn.Module):
    """The layers that go on from the tagger's inner vectors."""

    def __init__(self) -> None:
        """Make three layers; `begin_from_tagger` gives them the tagger's own weights."""
        super().__init__()
        self.layers = nn.ModuleList(BertLayer(0.1) for _ in range(3))

    def forward(self, inner: Tensor, mask: Tensor) -> Tensor:
        """Return vectors [B, L, size] of *inner* [B, L, size], where *mask* [B, L] is 1."""
        barred = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            inner = layer(inner, barred)
        return inner

    def read(self, texts: Sequence[np.ndarray]) -> list[Tensor]:
        """Return the vectors of the words of each of *texts*."""
        parts = [(n, *w) for n, text in enumerate(texts) for w in windows_of(len(text))]
        longest = max(part[2] - part[1] for part in parts)
        x, mask = torch.zeros(len(parts), longest, SIZE), torch.zeros(len(parts), longest)
        for row, (n, begin, end, _, _) in enumerate(parts):
            x[row, : end - begin] = torch.from_numpy(texts[n][begin:end].astype(np.float32))
            mask[row, : end - begin] = 1
        read = self(x, mask)
        out: list[list[Tensor]] = [[] for _ in texts]
        for row, (n, begin, _, low, high) in enumerate(parts):
            out[n].append(read[row, low - begin : high - begin])
        return [torch.cat(pieces) for pieces in out]


class Network(nn.Module):
    """Scores of mentions, pairs of mentions, and sources."""

    def __init__(self, drop: float = 0.2) -> None:
        """Make a network that knows nothing yet."""
        super().__init__()
        self.upper = Upper()
        h = HIDDEN
        self.kinds = nn.ModuleList(
            nn.Embedding(n, d) for n, d in ((9, 16), (3, 8), (5, 8), (9, 16))
        )
        self.drop = nn.Dropout(drop)
        self.mention = nn.Linear(3 * SIZE + 48 + 5 + FOUND + 4 + 1, h)
        self.layers = nn.ModuleList(Layer() for _ in range(2))
        self.alone = nn.ModuleList([nn.LayerNorm(h), nn.Linear(h, h), nn.Linear(h, 1)])
        self.one, self.other = nn.Linear(h, h), nn.Linear(h, h)
        self.between, self.word = nn.Linear(SIZE, h), nn.Linear(SIZE, INNER)
        self.word_one, self.word_other = nn.Linear(h, INNER), nn.Linear(h, INNER)
        self.words = nn.Linear(INNER, h)
        self.distance, self.told = nn.Embedding(20, h), nn.Linear(TOLD, h)
        self.pair = nn.ModuleList([nn.Linear(h, h), nn.Linear(h, 4)])
        self.told_flow, self.told_article = (
            nn.Linear(TOLD, 4, bias=False),
            nn.Linear(TOLD, 1, bias=False),
        )
        self.typed = nn.ModuleList([nn.LayerNorm(h), nn.Linear(h, h // 2), nn.Linear(h // 2, 9)])
        self.type_named = nn.Parameter(torch.tensor(2.0))
        self.name = nn.Linear(h, NAMES)
        self.same = nn.ModuleList([nn.Linear(2 * NAMES + 11, 64), nn.Linear(64, 1)])
        nn.init.zeros_(self.told_flow.weight)
        nn.init.zeros_(self.told_article.weight)
        nn.init.constant_(self.alone[2].bias, -1.0)
        with torch.no_grad():
            self.pair[1].bias.copy_(torch.tensor([-2.0, -4.0, -4.0, -4.0]))

    def forward(self, words: Tensor, a: Arrays, hide: bool = False) -> dict[str, Tensor]:
        """Return the scores of *a* in a text whose words have the vectors *words*.

        Returns:
            "mention" [M], "pair" [P, 4], "type" [S, 9], "same" [Q], all log-odds or logits.
        """
        m, own = torch.from_numpy(a.mentions), torch.from_numpy(a.mentions[:, OWNER])
        found = torch.from_numpy(a.found) * (not hide)
        sums = torch.cat([torch.zeros(1, SIZE), words.cumsum(0)])

        def mean(low: Tensor, high: Tensor) -> Tensor:
            return (sums[high + 1] - sums[low]) / (high - low + 1).unsqueeze(1)

        types = torch.from_numpy(a.types)
        x = torch.cat(
            [
                mean(m[:, HEAD], m[:, HEAD_LAST]),
                mean(m[:, FIRST], m[:, LAST]),
                words[(m[:, LAST] + 1).clamp(max=len(words) - 1)],
                self.kinds[0](m[:, TYPE]),
                self.kinds[1](m[:, KIND]),
                self.kinds[2](m[:, ROLE]),
                self.kinds[3](types[own]),
                m[:, 9:14].float(),
                found,
                torch.from_numpy(a.traits)[own],
                (m[:, :1].float() / 400).clamp(max=3),
            ],
            1,
        )
        x = self.mention(self.drop(x))
        away = (m[:, SENTENCE][:, None] - m[:, SENTENCE][None, :]).clamp(-2, 2) + 2
        alike = own[:, None] == own[None, :]
        relations = torch.where(alike, torch.where(away == 2, 6, 5), away)
        for layer in self.layers:
            x = layer(x, relations)
        gathered = torch.zeros(len(types), HIDDEN).scatter_reduce(
            0, own[:, None].expand(-1, HIDDEN), x, "mean", include_self=False
        )
        return {
            "mention": self._head(self.alone, x).squeeze(1),
            "pair": self._pairs(words, a, x, mean, hide),
            "type": self._head(self.typed, gathered) + self.type_named * _one_hot(types),
            "same": self._same(gathered, a),
        }

    def _head(self, parts: nn.ModuleList, x: Tensor) -> Tensor:
        norm, first, last = parts
        return last(self.drop(nn.functional.gelu(first(norm(x)), approximate="tanh")))

    def _pairs(self, words: Tensor, a: Arrays, x: Tensor, mean: Mean, hide: bool) -> Tensor:
        if not len(a.pairs):
            return torch.zeros(0, 4)
        m = torch.from_numpy(a.mentions)
        i, j = torch.from_numpy(a.pairs).unbind(1)
        low = torch.minimum(m[i, HEAD_LAST], m[j, HEAD_LAST])
        high = torch.maximum(torch.maximum(m[i, HEAD], m[j, HEAD]), low)
        gap = m[j, HEAD] - m[i, HEAD]
        bucket = torch.sign(gap) * torch.log2(gap.abs().float() + 1).round() + 8
        apart = (m[i, SENTENCE] != m[j, SENTENCE]).long()
        begin = (low - 4).clamp(min=0)
        places = begin[:, None] + torch.arange(BETWEEN)
        inside = places < (high + 5)[:, None]
        looked = self.word(words)[places.clamp(max=len(words) - 1)]
        looked = looked + self.word_one(x)[i][:, None] + self.word_other(x)[j][:, None]
        looked = torch.relu(looked).masked_fill(~inside[:, :, None], 0.0).amax(1)
        z = self.words(looked) + self.one(x)[i] + self.other(x)[j] + self.between(mean(low, high))
        z = z + self.distance(bucket.clamp(0, 16).long()) + self.distance(17 + apart)
        if not hide:
            z = z + self.told(torch.from_numpy(told_of_pairs(a)))
        z = nn.functional.gelu(
            self.pair[0](self.drop(nn.functional.gelu(z, approximate="tanh"))), approximate="tanh"
        )
        return self.pair[1](z)

    def _same(self, gathered: Tensor, a: Arrays) -> Tensor:
        if not len(a.alike):
            return torch.zeros(0)
        one, other = self.name(gathered)[torch.from_numpy(a.alike)].unbind(1)
        rows = torch.cat([one * other, (one - other).abs(), torch.from_numpy(a.likeness)], 1)
        hidden = self.drop(nn.functional.gelu(self.same[0](rows), approximate="tanh"))
        return self.same[1](hidden).squeeze(1)

    def gather(
        self,
        a: Arrays,
        scores: dict[str, Tensor],
        groups: np.ndarray,
        size: int,
        hide: bool = False,
    ) -> tuple[Tensor, Tensor]:
        """Return scores of groups: to the article [size], of each two [size, size, 4]."""
        group = torch.from_numpy(groups)
        own = group[torch.from_numpy(a.mentions[:, OWNER])]
        alone = any_of(scores["mention"], own, size)
        pairs = torch.full((size * size, 4), _FLOOR)
        if len(a.pairs):
            i, j = torch.from_numpy(a.pairs).unbind(1)
            pairs = any_of(scores["pair"], own[i] * size + own[j], size * size)
        pairs = pairs.view(size, size, 4)
        if not hide:
            told, article = told_of_groups(a, groups, size)
            alone = alone + self.told_article(torch.from_numpy(article)).squeeze(1)
            pairs = pairs + self.told_flow(torch.from_numpy(told))
        return alone, pairs


def told_of_pairs(a: Arrays) -> np.ndarray:
    """Return [P, TOLD], what the extractor says of the sources of each pair."""
    nothing = np.zeros(TOLD, np.float32)
    owners = a.mentions[:, OWNER]
    rows = [a.told.get((int(owners[i]), int(owners[j])), nothing) for i, j in a.pairs]
    return np.array(rows, np.float32).reshape(-1, TOLD)


def told_of_groups(a: Arrays, groups: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what the extractor says of each two groups, and of each and the article."""
    told, article = np.zeros((size, size, TOLD), np.float32), np.zeros((size, TOLD), np.float32)
    for (one, other), row in a.told.items():
        place = article[groups[one]] if other < 0 else told[groups[one], groups[other]]
        np.maximum(place, row, out=place)
    return told, article


def any_of(scores: Tensor, index: Tensor, size: int) -> Tensor:
    """Return the log-odds, nearly, that any of *scores* with the same *index* holds."""
    wide = index.view(-1, *[1] * (scores.dim() - 1)).expand_as(scores)
    top = torch.full((size, *scores.shape[1:]), _FLOOR).scatter_reduce(0, wide, scores, "amax")
    sums = torch.zeros_like(top).scatter_add(0, wide, torch.exp(scores - top.gather(0, wide)))
    return torch.where(sums > 0, top + torch.log(sums.clamp(min=1e-9)), top)


def _one_hot(types: Tensor) -> Tensor:
    return nn.functional.one_hot(types, 9).float()
