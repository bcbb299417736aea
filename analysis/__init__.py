"""Who gets to speak in the coverage of a protest, in what tone, on whose side, about which grievances."""
