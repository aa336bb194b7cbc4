"""Words that rules look for: names of the graph, dates, figures, kinds of entries."""
