"""The network in torch: an encoder, a linear-chain CRF over roles, and a scorer of links.

The CRF is that of Lafferty, McCallum and Pereira (ICML 2001) with transitions held to BIO; its
chain begins anew at each paragraph, and a window that begins within one has no start score. Links
are scored as arguments of a predicate are in semantic role labelling (Strubell et al., EMNLP 2018):
each cue with each word, by their vectors and how far apart they stand.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModel
from transformers.models.bert import modeling_bert

from provenance.extraction.tagger.inputs import FEATURE_COUNT
from provenance.extraction.tagger.pairing import DISTANCES
from provenance.extraction.tagger.viterbi import FORBIDDEN, LINKS, TAG_COUNT, TAGS, may_follow

LINK_SIZE = 128


def _plain_attention(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **_: Any,
) -> tuple[Tensor, None]:
    """Attend by plain products: faster in bfloat16 at 256 pieces on a CPU than the fused kernel."""
    weights = torch.matmul(query * (query.shape[-1] ** -0.5), key.transpose(2, 3))
    if attention_mask is not None:
        weights = weights + attention_mask.to(weights.dtype)
    return torch.matmul(torch.softmax(weights, -1), value).transpose(1, 2).contiguous(), None


modeling_bert.eager_attention_forward = _plain_attention

_ALLOWED = torch.tensor(
    [[0.0 if may_follow(tag, before) else FORBIDDEN for tag in TAGS] for before in TAGS]
)
_START = torch.tensor([0.0 if may_follow(tag, "O") else FORBIDDEN for tag in TAGS])


class Tagger(nn.Module):
    """Emissions of tags for each piece, and the two halves of the link scorer."""

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="eager"
        )
        size = self.encoder.config.hidden_size
        for name, module in self.encoder.named_modules():
            if name.endswith(("self.dropout", "attn.dropout")):
                module.p = 0.0  # of attention: slow on a CPU, and of no use here
            elif name.endswith(("word_embeddings", "relative_attention_bias")):
                module.weight.requires_grad_(False)
        self.feature = nn.Embedding(FEATURE_COUNT, size)
        nn.init.zeros_(self.feature.weight)
        self.dropout = nn.Dropout(dropout)
        self.emit = nn.Linear(size, TAG_COUNT)
        self.trans = nn.Parameter(torch.zeros(TAG_COUNT, TAG_COUNT))
        self.start = nn.Parameter(torch.zeros(TAG_COUNT))
        self.of_word = nn.Linear(size, LINK_SIZE)
        self.of_cue = nn.Linear(size, LINK_SIZE, bias=False)
        self.distance = nn.Embedding(DISTANCES, LINK_SIZE)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.link = nn.Linear(LINK_SIZE, len(LINKS))

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return emissions [B, L, tags] and what words and cues give to links [B, L, size] each."""
        return self.heads(self.encode(ids, mask, features)[-1])

    def encode(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Return the vectors [B, L, size] that go into each layer, and those of the last."""
        embedded = self.encoder.embeddings.word_embeddings(ids)
        embedded = embedded + self.feature(features).to(embedded.dtype)
        return self.encoder(
            inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True
        ).hidden_states

    def heads(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return what `forward` does, of the last vectors."""
        hidden = self.dropout(hidden.float())
        return self.emit(hidden), self.of_word(hidden), self.of_cue(hidden)

    def scores(self) -> tuple[Tensor, Tensor]:
        """Return the transitions [from, to] and the scores of a paragraph's first tag."""
        return self.trans.float() + _ALLOWED, self.start.float() + _START


@torch.jit.script
def _log_partition(
    emissions: Tensor, mask: Tensor, starts: Tensor, trans: Tensor, start: Tensor
) -> Tensor:
    a = emissions[:, 0] + torch.where(
        starts[:, 0].unsqueeze(1), start.unsqueeze(0), torch.zeros_like(emissions[:, 0])
    )
    for t in range(1, emissions.size(1)):
        inner = torch.logsumexp(a.unsqueeze(2) + trans.unsqueeze(0), 1)
        anew = torch.logsumexp(a, 1).unsqueeze(1) + start.unsqueeze(0)
        b = torch.where(starts[:, t].unsqueeze(1), anew, inner) + emissions[:, t]
        a = torch.where(mask[:, t].unsqueeze(1), b, a)
    return torch.logsumexp(a, 1)


def chain_loss(
    emissions: Tensor,
    mask: Tensor,
    starts: Tensor,
    scores: tuple[Tensor, Tensor],
    nodes: Tensor,
    pairs: Tensor,
) -> Tensor:
    """Return the cross-entropy of the chain against a distribution over tag sequences, summed.

    The target is given by its marginals, which suffice for linear chains (structural distillation,
    Wang et al., ACL 2021); those of one sequence are zeros and ones, and this is its likelihood.

    Args:
        emissions: [B, W, tags].
        mask: [B, W], true where there is a word.
        starts: [B, W], true at the first word of a paragraph.
        scores: Transitions and start scores.
        nodes: [B, W, tags], marginals of each word, zero where there is none.
        pairs: [B, W, tags, tags], joint marginals of the tag before and the tag of each word, zero
            where the word begins a paragraph or the window.
    """
    trans, start = scores
    partition = _log_partition(emissions, mask, starts, trans, start).sum()
    expected = (emissions * nodes).sum() + (trans * pairs).sum()
    return partition - expected - (start * (nodes * starts.unsqueeze(2))).sum()


def link_loss(
    model: Tagger, words: Tensor, cues: Tensor, at: Tensor, distances: Tensor, goal: Tensor
) -> Tensor:
    """Return the cross-entropy of the links of cues, summed.

    Args:
        model: Whose scorer is trained.
        words: [B, W, size], what words give.
        cues: [C, size], what each cue gives.
        at: [C], the window of each cue.
        distances: [C, W], from each cue to each word.
        goal: [C, W], index into `LINKS`, -1 where there is no word.
    """
    hidden = torch.relu(words[at] + cues.unsqueeze(1) + model.distance(distances))
    return nn.functional.cross_entropy(
        model.link(hidden).flatten(0, 1), goal.flatten(), ignore_index=-1, reduction="sum"
    )
