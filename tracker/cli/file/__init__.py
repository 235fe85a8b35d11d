"""Commands about the programme file as a whole: making, caring for, looking back."""
