"""Cases of the FTC's legal library."""
