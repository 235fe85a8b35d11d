"""What the program sees of its surroundings when something is wrong: facts for the doctor, and reports of crashes."""
