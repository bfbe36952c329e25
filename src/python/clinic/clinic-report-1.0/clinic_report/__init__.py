"""One line for each patient."""

from clinic_units import to_celsius, to_kg


def line(name, pounds, fahrenheit):
    return f"{name}: {to_kg(pounds)} kg, {to_celsius(fahrenheit)} C"
