"""GDPRhub, noyb's register of decisions and rulings."""
