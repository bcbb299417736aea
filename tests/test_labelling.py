"""Labels read off scores: legal ones, one a token."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import labelling


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=5), st.integers(0, 2**32 - 1))
def test_no_inside_without_its_beginning(lengths, seed):
    marginals = np.random.default_rng(seed).dirichlet(np.full(len(labelling.LABELS), 0.3), sum(lengths))
    path = labelling._best_path(marginals.astype(np.float32), np.array(lengths))
    assert len(path) == sum(lengths)
    for stretch in np.split(path, np.cumsum(lengths)[:-1]):
        before = "O"
        for name in (labelling.LABELS[k] for k in stretch):
            assert name[0] != "I" or before[1:] == name[1:]
            before = name
