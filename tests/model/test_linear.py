from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from kgrec_core.data.interactions import Interactions
from kgrec_core.model.closed_form import through
from kgrec_core.model.linear import fit_linear, history_matrix, positive_matrix

RIDGE = 2.0


@pytest.fixture
def history() -> Tensor:
    """Seven users, five items; a liked one is 1, a disliked one 0.4."""
    kinds = np.random.default_rng(0).choice([0.0, 0.4, 1.0], (7, 5), p=[0.4, 0.2, 0.4])
    return torch.from_numpy(kinds.astype(np.float32))


def ridge_without_own_item(inputs: Tensor, targets: Tensor, item: int) -> Tensor:
    """argmin |y - Xb|^2 + ridge |b|^2 with b[item] = 0, by least squares on the other columns."""
    others = [each for each in range(inputs.shape[1]) if each != item]
    rows = torch.cat([inputs[:, others].double(), RIDGE**0.5 * torch.eye(len(others), dtype=torch.float64)])
    right = torch.cat([targets[:, item].double(), torch.zeros(len(others), dtype=torch.float64)])
    found = torch.zeros(inputs.shape[1])
    found[others] = torch.linalg.lstsq(rows, right.unsqueeze(1)).solution.squeeze(1).float()
    return found


def test_no_item_speaks_for_itself(history: Tensor) -> None:
    assert fit_linear(history, (history == 1).float(), RIDGE).weights.diagonal().tolist() == [0.0] * 5


@pytest.mark.parametrize("item", range(5))
def test_each_column_solves_the_least_squares_that_defines_it(history: Tensor, item: int) -> None:
    liked = (history == 1).float()
    weights = fit_linear(history, liked, RIDGE).weights
    torch.testing.assert_close(weights[:, item], ridge_without_own_item(history, liked, item), atol=1e-5, rtol=1e-4)


def test_the_residual_is_what_a_ridge_regression_leaves(history: Tensor) -> None:
    """Ridge x P = x - x X'X P: the history minus its own reconstruction."""
    linear = fit_linear(history, (history == 1).float(), RIDGE)
    gram = history.T @ history
    reconstructed = history @ torch.linalg.solve(gram + RIDGE * torch.eye(5), gram)
    torch.testing.assert_close(through(history, linear.residuals), history - reconstructed, atol=1e-5, rtol=1e-4)


def test_few_users_have_the_closed_form_that_many_would_have(history: Tensor) -> None:
    """Rows of zeros change nothing, and make seven users more than five items or three fewer."""
    few, nobody = history[:3], torch.zeros(4, 5)
    small = fit_linear(few, (few == 1).float(), RIDGE)
    large = fit_linear(torch.cat([few, nobody]), torch.cat([(few == 1).float(), nobody]), RIDGE)
    torch.testing.assert_close(small.weights, large.weights, atol=1e-6, rtol=1e-5)
    torch.testing.assert_close(small.residuals, large.residuals, atol=1e-6, rtol=1e-5)


def test_no_history_has_no_score_and_leaves_nothing(history: Tensor) -> None:
    linear = fit_linear(history, (history == 1).float(), RIDGE)
    nothing = torch.zeros(1, 5)
    assert linear.collaborative(nothing).abs().sum() == 0 and through(nothing, linear.residuals).abs().sum() == 0


def test_a_disliked_item_weighs_less_in_the_history_and_is_no_positive() -> None:
    pair = np.array([0, 0]), np.array([1, 2])
    data = Interactions(*pair, np.array([5.0, 2.0], dtype=np.float32), np.zeros(2, dtype=np.int64))
    assert history_matrix(data, 1, 3, 4.0, 0.25).tolist() == [[0.0, 1.0, 0.25]]
    assert positive_matrix(data, 1, 3, 4.0).tolist() == [[0.0, 1.0, 0.0]]
