"""Working days, seasons and payment days."""

from datetime import date, timedelta

#: What a month sells compared with the average; August stands still except in tourism.
SEASON = (0.85, 0.95, 1.1, 1.05, 1.15, 1.1, 1.0, 0.55, 1.0, 1.15, 1.1, 1.0)
TOURISM = (0.6, 0.7, 1.0, 1.2, 1.35, 1.4, 1.3, 1.1, 0.9, 0.8, 0.7, 0.95)
TOURIST_SECTORS = ("hotel", "restaurante", "catering", "camping", "bar", "naval")
PAYMENT_DAYS = (10, 25)


def season(sector: str, day: date) -> float:
    """Return the factor of a sector's sales in the month of ``day``."""
    return (TOURISM if sector in TOURIST_SECTORS else SEASON)[day.month - 1]


def working_day(day: date) -> date:
    """Return ``day``, or the Friday before if it is a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def working_day_from(day: date) -> date:
    """Return ``day``, or the Monday after if it is a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def back(today: date, days: float) -> date:
    """Return the working day so many days ago."""
    return working_day(today - timedelta(days=round(days)))


def payment_day(day: date) -> date:
    """Return the first payment day on or after ``day``: the 10th or 25th, as is usual in Spain."""
    for number in PAYMENT_DAYS:
        if day.day <= number:
            return day.replace(day=number)
    following = day.replace(day=28) + timedelta(days=4)
    return following.replace(day=PAYMENT_DAYS[0])
