"""From many starts to all modes: where starts lie, which ends are one mode, labels, spikes."""
