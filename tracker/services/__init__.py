"""What a front can ask for; the command line and the screens call the same functions."""
