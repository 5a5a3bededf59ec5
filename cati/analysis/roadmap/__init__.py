"""The cheapest steps to a total or a rank."""
