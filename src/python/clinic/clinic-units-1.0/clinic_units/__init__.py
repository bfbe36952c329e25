"""Units of a clinic."""


def to_kg(pounds):
    return round(pounds * 0.45359237, 1)
