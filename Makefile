# make run: the console on a demo site; make test: every test; make bench: measurements against the sqlite3 shell, Hugo and nginx.
# All install what is missing first.
BUILD := .build/release/sen
DEMO := $(CURDIR)/.demo

.PHONY: run test servers setup build demo lint docs bench fuzz sanitize soak

run: demo
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD) --site $(DEMO); else Scripts/show $(BUILD) $(DEMO); fi

test:
	@Scripts/setup packages-tests
	@echo "==> building and running every test"
	@swift build --build-tests
	@swift test --skip-build

# The tests with nginx and Varnish. Debian starts both as services when they are installed, so that nobody gets them
# without asking for them.
servers:
	@echo "==> nginx and Varnish are installed, and Debian starts them as services"
	@Scripts/setup packages-tests packages-servers
	@swift build --build-tests
	@swift test --skip-build --filter 'NginxTests|VarnishTests'

setup:
	@Scripts/setup

build: setup
	@echo "==> release build (the first takes some minutes)"
	@swift build -c release --product sen

demo: build
	@[ -f $(DEMO)/site.db ] || { echo "==> making a demo site in .demo"; rm -rf $(DEMO) $(DEMO).new; \
	  $(BUILD) init $(DEMO).new \
	  && cat Examples/Demo/demo.ndjson Examples/Demo/more/*.ndjson | $(BUILD) --site $(DEMO).new import ndjson - \
	  && $(BUILD) --site $(DEMO).new run Examples/Demo/demo.sen > $(DEMO).new/made.txt 2>&1 \
	  && rm $(DEMO).new/made.txt && mv $(DEMO).new $(DEMO) || { cat $(DEMO).new/made.txt; exit 1; }; }

lint:
	@echo "==> swift format lint"
	@swift format lint --strict -r Package.swift Sources Plugins Tests

# Docs/Commands.md is generated; a test holds it against the program.
docs: build
	@$(BUILD) schema commands > Docs/Commands.md

# Some minutes on a quiet machine; see Benchmarks/README.md.
bench: build
	@Scripts/bench $(BUILD)
	@Scripts/bench-web $(BUILD)

# Every reader of foreign files, with what libFuzzer thinks of: make fuzz SECONDS=600 READERS='csv tar'.
SECONDS := 20
READERS :=
fuzz: setup
	@Scripts/fuzz $(SECONDS) $(READERS)

# Every test under the address sanitizer and the thread sanitizer, a build of its own each.
sanitize: setup
	@Scripts/sanitize

# A server and twelve processes on one site, and hundreds of processes killed in the middle: make soak SOAK=300 KILLS=500.
SOAK := 120
KILLS := 200
soak: build
	@swift build --build-tests
	@Scripts/soak $(BUILD) $(SOAK) $(KILLS)
