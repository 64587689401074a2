"""The deliberations of the CNIL, from the open data of DILA."""
