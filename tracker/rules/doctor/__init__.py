"""What is wrong with the surroundings of the program: judged from facts, without looking at anything."""
