"""Evaluators and points."""
