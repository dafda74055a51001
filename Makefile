.PHONY: test setup
test: setup
	@echo "==> swift test"
	@swift test
setup:
	@Scripts/setup
