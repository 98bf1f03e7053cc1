"""Bring a plan into a database."""

from .run import load
