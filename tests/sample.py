"""A made-up measure, for tests by hand-made rows."""

from dashboard.catalogue import Indicator


def indicator(**changes) -> Indicator:
    """A published rate, higher is better, to one decimal; `changes` replace its fields."""
    return Indicator(**({
        "indicator_id": "rate", "title": "Employment rate", "definition": "D.", "topic": "context", "measure": "percentage",
        "unit": "% of people", "direction": "higher_is_better", "decimals": 1, "data_class": "published",
        "base": "People aged 16 to 64", "interval_method": "as_published", "source": "survey",
        "designation": "Official statistics", "caveats": (),
    } | changes))


def returned(**changes) -> Indicator:
    """A rate from returns, to no decimal; `changes` replace its fields."""
    return indicator(**({"title": "Rate", "topic": "progression", "unit": "%", "decimals": 0, "data_class": "returns",
                         "base": "People", "interval_method": "wilson_rounded", "designation": "Made up"} | changes))


def rate_row(count, base, **more) -> dict:
    """The row of a rate with a wide interval; without a base, one that holds nothing."""
    return {"numerator": count, "denominator": base, "value": None if base is None else 100 * count / base,
            "lower_ci": 1.0, "upper_ci": 99.0, "obs_status": None, "category": "1"} | more
