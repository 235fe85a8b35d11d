# The commands of daily work; each line is what one would type without make. CONTRIBUTING.md says when.

.PHONY: install test thorough coverage lint types laws documents figures demo check lock bounds

install:    ## into the environment that is active, with all that is needed to work on it
	pip install -e '.[dev]'

test:       ## all but the rest of the thorough tests, a process for each processor; or name files: pytest FILE
	pytest

thorough:   ## the tests that “make test” leaves out: drawn by chance, for every register, in processes of their own
	pytest --thorough=rest

coverage:   ## the whole suite with the floor of pyproject.toml; lists what no test runs
	pytest --thorough=all --cov --cov-report=term-missing

lint:       ## put right what can be, and say the rest
	ruff check --fix .
	ruff format .

types:      ## mypy --strict
	mypy

laws:       ## who may import whom
	lint-imports

documents:  ## write what is made from the code: data dictionary and the form of a paper's JSON
	python tests/documents.py
	python tests/report_schema.py

figures:    ## sizes, names and types of the program, with the worst files
	python tests/house.py -v

demo:       ## look around in the demo programme
	tracker demo

lock:       ## requirements.lock with hashes, sbom.cdx.json, licences.md; needs the network and pip install -e '.[lock]'
	.ci/lock

bounds:     ## tests with the oldest and the newest releases that pyproject.toml allows; needs the same
	.ci/bounds tests/cli tests/storage tests/reports

check: lint types laws documents test thorough  ## all of it, before a change is handed in
