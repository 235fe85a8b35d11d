"""Signals as plain data, in the form of docs/json.md."""

from typing import Any

from tracker.rules.impact.words import sentence
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals


def pilot_data(found: PilotSignals) -> dict[str, Any]:
    """Return the signals of a pilot with every rule behind them."""
    return {
        "as_of": found.day,
        **found.evidence.data(),
        "rushed": found.rushed.data(),
        "scaling": found.scaling.data(),
        "comparisons": [
            {"metric": one.metric.ref, "verdict": one.verdict, "sentence": sentence(one)} for one in found.comparisons
        ],
    }


def programme_data(found: ProgrammeSignals) -> dict[str, Any]:
    """Return every signal of the programme."""
    return {
        "as_of": found.day,
        "pilots": [pilot_data(one) for one in found.pilots],
        "exposure": found.exposure.signal.data(),
        "interoperability": found.interop.signal.data(),
        "quality": found.quality.data(),
        "ranking": found.ranking.signal.data(),
    }
