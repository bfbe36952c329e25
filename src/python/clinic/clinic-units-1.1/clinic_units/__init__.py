"""Units of a clinic."""


def to_kg(pounds):
    return round(pounds * 0.45359237, 1)


def to_celsius(fahrenheit):
    return round((fahrenheit - 32) * 5 / 9, 1)
