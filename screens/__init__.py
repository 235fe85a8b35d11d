"""The Textual screens of the Transformation Tracker."""
