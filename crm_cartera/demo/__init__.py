"""The demo data: a Spanish distributor, its customers and three years of their business."""

from .install import generate
