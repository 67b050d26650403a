from importlib.util import find_spec

import numpy as np
import pytest

from dangwu.rules.rates import dues_of_many
from dangwu.workbench.bench.dues_rate import bands_of_rule, bases_of_year, measure
from dangwu.workbench.bench.measuring import NotMeasurableError


def test_the_bands_are_those_of_the_regulation() -> None:
    assert [(band.up_to, float(band.rate)) for band in bands_of_rule()] == [
        (3000, 0.005),
        (5000, 0.01),
        (10_000, 0.015),
        (None, 0.02),
    ]


def test_bases_are_the_same_every_time_and_differ_by_month() -> None:
    first, second = bases_of_year(100, 2)
    assert (first == bases_of_year(100, 1)[0]).all()
    assert (first != second).any()


@pytest.mark.skipif(find_spec("openfisca_core") is not None, reason="只有 ./run bench 才安装")
def test_without_openfisca_it_says_how_to_get_it() -> None:
    with pytest.raises(NotMeasurableError, match=r"请用 \./run bench 运行"):
        measure(lambda _: None)


@pytest.mark.skipif(find_spec("openfisca_core") is None, reason="只有 ./run bench 才安装")
def test_openfisca_comes_to_the_same_fen() -> None:
    from dangwu.workbench.bench.openfisca_dues import OpenFiscaDues  # noqa: PLC0415, installed for benches only

    edges = np.array([0, 300_000, 300_001, 500_000, 500_100, 1_000_000, 1_000_001], np.int64)
    (found,) = OpenFiscaDues(bands_of_rule(), [edges]).dues()
    assert found.tolist() == dues_of_many(bands_of_rule(), edges).tolist()
