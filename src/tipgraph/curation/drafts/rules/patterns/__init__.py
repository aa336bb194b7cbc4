"""Patterns for what no verb says: names, routes, figures, documents."""
