"""Domain, storage, rules, reports and command line of the Transformation Tracker."""
