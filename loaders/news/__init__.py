"""News pages: who is said to have done what to whom, with the words that say so."""
