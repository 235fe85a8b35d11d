"""Pages that shell and screens both show, each built once as blocks of the report model; reports/lines draws them."""
