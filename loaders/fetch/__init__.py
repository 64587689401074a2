"""Live fetching: the one part of the project that talks to the network, and only when told to by `finegraph fetch`."""
