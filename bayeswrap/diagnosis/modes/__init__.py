"""Whether a mode represents the posterior: marginal shift, typical set, prior share, ridges."""
