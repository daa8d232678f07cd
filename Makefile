# mqstat: `make help` lists the targets. GNU make; results go to build/ only.

CC ?= gcc
CFLAGS ?= -O2 -g
LDFLAGS ?=
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DESTDIR ?=
BUILD ?= build
V ?= 0
Q = $(if $(filter 1,$(V)),,@)

DEPS_RUN = gcc make pkg-config libcurl4-openssl-dev libuv1-dev libcsv-dev \
    libcjson-dev libxxhash-dev libinih-dev zlib1g-dev libzstd-dev libssl-dev \
    curl
DEPS_CHECK = libcmocka-dev mandoc nginx-light pmccabe cppcheck clang-tidy-14 \
    clang-format-14 valgrind openssl jq python3 universal-ctags strace \
    binutils shellcheck time nftables python3-jsonschema bash-completion zsh fish \
    clang-14 libclang-rt-14-dev tmux systemd prometheus zstd \
    libxml2-utils sqlite3 miller
DEPS_LOADERS = python3-pandas csvkit sqlite3 postgresql-15 nodejs
DEPS_BENCH = wrk apache2-utils parallel python3-aiohttp util-linux
DEPS_DEB = dpkg-dev debhelper fakeroot lintian libcmocka-dev

PACKAGES = libcurl libuv libcjson libxxhash inih zlib libzstd openssl
# Only what the compiler knows, on the machine that it compiles for.
known = $(shell printf '\043include <stdlib.h>' | $(CC) -O2 -Werror $(1) \
    -xc -c -o /dev/null - 2>/dev/null && echo $(1))
HARDEN := -U_FORTIFY_SOURCE $(foreach flag,-D_FORTIFY_SOURCE=3 \
    -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard \
    -ftrivial-auto-var-init=zero,$(call known,$(flag))) \
    -fstack-protector-strong -fPIE
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
    -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 \
    -Werror=format-security -Werror=implicit-function-declaration
# Small functions of other files become inline; tests link without it.
LTO := $(firstword $(call known,-flto=auto -ffat-lto-objects))
# Objects do not tell where they were made.
SAME_BYTES = -frandom-seed=$(@F) -Wa,--debug-prefix-map=$(CURDIR)=.
ifneq ($(SAN),)
HARDEN =
LTO =
SANITIZE = -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifeq ($(WERROR),1)
WARN += -Werror
endif
# A packager's flags come first, so that ours never remove them.
ALL_CFLAGS = $(CFLAGS) -std=c11 -D_GNU_SOURCE -Isrc $(WARN) $(HARDEN) \
    $(SANITIZE) -ffile-prefix-map=$(CURDIR)=. -MMD -MP \
    $(shell $(PKG_CONFIG) --cflags $(PACKAGES))
ALL_LDFLAGS = $(LDFLAGS) $(SANITIZE) -pie -Wl,-z,relro,-z,now,-z,noexecstack
LIBS = $(shell $(PKG_CONFIG) --libs libcurl openssl libuv libcjson libxxhash \
    inih zlib libzstd) -lcsv -lm
SIM_LIBS = $(shell $(PKG_CONFIG) --libs libuv openssl) -lm

MODULES = $(filter-out src/main.c,$(sort $(wildcard src/*.c)))
SIM_MODULES = $(filter-out src/sim/main.c,$(sort $(wildcard src/sim/*.c)))
UNITS = $(sort $(wildcard tests/unit/test_*.c))
OBJECTS = $(MODULES:src/%.c=$(BUILD)/obj/%.o)
SIM_OBJECTS = $(SIM_MODULES:src/%.c=$(BUILD)/obj/%.o)
LIB = $(BUILD)/libmqstat.a
SIM_LIB = $(BUILD)/libmqstat-sim.a
COMPLETIONS = $(addprefix $(BUILD)/completion/,bash zsh fish)
UNIT_BINS = $(UNITS:tests/unit/%.c=$(BUILD)/unit/%)
FAULTS = $(BUILD)/faults.so
FUZZES = $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BINS = $(FUZZES:tests/fuzz/%.c=$(BUILD)/%)

all: $(BUILD)/mqstat $(BUILD)/mqstat-sim ## build mqstat and mqstat-sim
all: $(COMPLETIONS)

$(BUILD)/mqstat: $(BUILD)/obj/main.o $(LIB)
	$(info LINK $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LTO:%=% $(SAME_BYTES)) $(ALL_LDFLAGS) \
	    -o $@ $^ $(LIBS)

$(BUILD)/mqstat-sim: $(BUILD)/obj/sim/main.o $(SIM_LIB) $(LIB)
	$(info LINK $@)
	$(Q)$(CC) -fno-lto $(ALL_LDFLAGS) -o $@ $^ $(SIM_LIBS)

$(BUILD)/completion/%: src/completion.sh $(BUILD)/mqstat
	$(Q)mkdir -p $(@D) && src/completion.sh $(BUILD)/mqstat $* > $@

$(LIB): $(OBJECTS)
	$(Q)rm -f $@ && $(AR) rcsD $@ $^

$(SIM_LIB): $(SIM_OBJECTS)
	$(Q)rm -f $@ && $(AR) rcsD $@ $^

$(BUILD)/obj/%.o: src/%.c $(BUILD)/flags
	$(info CC $<)
	$(Q)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) \
	    $(LTO:%=% -ffat-lto-objects $(SAME_BYTES)) -c -o $@ $<

$(BUILD)/obj/account_report.o: src/report.html src/report.css
$(BUILD)/obj/account_metrics.o: src/metrics.prom

$(BUILD)/unit/%: tests/unit/%.c $(SIM_LIB) $(LIB) $(BUILD)/flags
	$(info UNIT $@)
	$(Q)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -fno-lto $(ALL_LDFLAGS) -o $@ $< \
	    $(SIM_LIB) $(LIB) $(LIBS) $(SIM_LIBS) -lcmocka

# A sanitizer has allocation functions of its own.
$(FAULTS): tests/faults/preload.c $(BUILD)/flags
	$(Q)$(CC) $(CFLAGS) -std=c11 -D_GNU_SOURCE $(WARN) -fno-builtin -fPIC \
	    $(if $(SAN),-DNO_ALLOCATIONS) -shared -o $@ $<

$(BUILD)/bench/%: tests/bench/%.c $(LIB) $(BUILD)/flags
	$(Q)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) \
	    -Wl,--no-as-needed -o $@ $< $(LIB) $(LIBS)

# Made by `make fuzz` in a build of its own: every module counts its edges.
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(LIB) $(BUILD)/flags
	$(info FUZZ $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer \
	    -Wl,--wrap=write,--wrap=file_read -o $@ $< $(LIB) $(LIBS)

# Changes when the flags do, so that everything is built again.
$(BUILD)/flags: FORCE
	$(Q)mkdir -p $(@D); echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | \
	    cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@

# Once the packages are there, a make of its own finds their flags.
MAKEFLAGS += --no-print-directory

deps: ## install what building and auditing need (Debian; asks for root)
	@tests/deps.sh $(DEPS_RUN)

deps-check: ## install what `make check` needs besides
	@tests/deps.sh $(DEPS_RUN) $(DEPS_CHECK)

demo: deps ## build, start the simulator, audit a sample fleet, show it
	@$(MAKE) all
	@samples/demo.sh $(BUILD)

check: deps-check ## all tests
	@tests/check.sh

units: $(UNIT_BINS) $(FAULTS)

check-unit: $(UNIT_BINS) ## unit tests of this build
	@tests/unit.sh $(UNIT_BINS)

check-cli: all $(FAULTS) ## tests of the built program
	@tests/run.sh $(BUILD)

check-style: all ## the house's form, layers and numbers
	@tests/style/check.sh $(BUILD)

# Without hardening and debugging, which only take time here.
MUTATE = CC='$(CC)' MUTATE_CFLAGS='-O1 -std=c11 -D_GNU_SOURCE -I$(CURDIR)/src'
mutate: all units ## small mistakes in the policies: do the tests notice?
	@$(MUTATE) MUTATE_LIBS='$(LIBS) $(SIM_LIBS) -lcmocka' \
	    python3 tests/mutate/mutate.py $(BUILD) $(MODULE)

FUZZ = BUILD=$(BUILD)/fuzz CC=clang-14 SAN=fuzzer-no-link,address,undefined
fuzz-bins:
	@$(MAKE) $(FUZZ) \
	    $(FUZZES:tests/fuzz/%.c=$(BUILD)/fuzz/%)

fuzz-check: deps-check ## fuzz targets, 20 s each
fuzz: deps-check ## the same for hours: FUZZ_SECONDS, 3600 each
fuzz: export FUZZ_SECONDS ?= 3600
fuzz fuzz-check:
	@$(MAKE) fuzz-bins
	@tests/fuzz/run.sh $(BUILD)/fuzz

torture: deps-check ## kill, signal, fault and chaos loops (about 40 min)
	@$(MAKE) all units
	@tests/torture/run.sh $(BUILD) long $(SEED)

loaders: deps ## do pandas, csvkit, PostgreSQL and DuckDB load results (1 min)
	@tests/deps.sh $(DEPS_LOADERS)
	@$(MAKE) all
	@tests/loaders/run.sh $(BUILD)

bench-rate: deps ## the rate against every style of quota (about 15 min)
bench-instr: deps-check ## instructions and system calls a query (1 min)
bench: deps-check ## beside curl -Z, wrk, ab and aiohttp (about 30 min)
	@tests/deps.sh $(DEPS_BENCH)
	@$(MAKE) $(BUILD)/bench/pacing $(BUILD)/bench/floor
	@$(MAKE) bench-peers
bench-rate bench-instr bench-peers:
	@$(MAKE) all
	@mkdir -p $(BUILD)/bench
	@python3 tests/bench/$(@:bench-%=%).py $(BUILD) | \
	    tee $(BUILD)/bench/$(@:bench-%=%).txt

install: all ## install into $(DESTDIR)$(PREFIX)
	install -D -t $(DESTDIR)$(BINDIR) $(BUILD)/mqstat $(BUILD)/mqstat-sim
	install -D -m 644 -t $(DESTDIR)$(MANDIR)/man1 man/mqstat.1 man/mqstat-sim.1
	install -D -m 644 -t $(DESTDIR)$(MANDIR)/man7 man/mqstat-rate.7
	install -D -m 644 $(BUILD)/completion/bash $(DESTDIR)$(BASHDIR)/mqstat
	install -D -m 644 $(BUILD)/completion/zsh $(DESTDIR)$(ZSHDIR)/_mqstat
	install -D -m 644 $(BUILD)/completion/fish $(DESTDIR)$(FISHDIR)/mqstat.fish

uninstall: ## remove what install made
	rm -f $(addprefix $(DESTDIR),$(BINDIR)/mqstat $(BINDIR)/mqstat-sim \
	    $(MANDIR)/man1/mqstat.1 $(MANDIR)/man1/mqstat-sim.1 \
	    $(MANDIR)/man7/mqstat-rate.7 $(BASHDIR)/mqstat $(ZSHDIR)/_mqstat \
	    $(FISHDIR)/mqstat.fish)

VERSION = $(shell sed -n 's/.*MQSTAT_VERSION "\(.*\)"/\1/p' src/version.h)
DIST = mqstat-$(VERSION)

dist: ## the source as build/mqstat-VERSION.tar.gz, always the same bytes
	@mkdir -p build
	@if [ -e .git ]; then git ls-files -z; else find . -type f \
	    ! -path './build/*' -printf '%P\0'; fi | LC_ALL=C sort -z | \
	    tar -c --null -T - --transform 's,^,$(DIST)/,' --mode=u=rwX,go=rX \
	    --owner=0 --group=0 --numeric-owner --mtime="$$(sed -n \
	    's/^ -- .*>  //p' debian/changelog | head -n 1)" >build/$(DIST).tar
	@gzip -9nf build/$(DIST).tar && ls build/$(DIST).tar.gz

deb: dist ## a Debian package in build/deb
	@tests/deps.sh $(DEPS_RUN) $(DEPS_DEB)
	@rm -rf build/deb && mkdir build/deb && \
	    tar -C build/deb -xf build/$(DIST).tar.gz
	@cd build/deb/$(DIST) && env -u MAKEFLAGS -u MAKELEVEL \
	    dpkg-buildpackage -us -uc -b
	@ls build/deb/*.deb

deb-check: ## package and try it on a new Debian (asks for root; 4 min)
	@tests/deb.sh

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

FORCE:
.PHONY: all deps deps-check demo check units check-unit check-cli check-style \
    mutate fuzz fuzz-bins fuzz-check torture loaders bench bench-rate bench-instr \
    bench-peers install uninstall dist deb deb-check clean help FORCE
.DELETE_ON_ERROR:

-include $(OBJECTS:.o=.d) $(SIM_OBJECTS:.o=.d) $(BUILD)/obj/main.d \
    $(BUILD)/obj/sim/main.d $(UNIT_BINS:=.d) $(FUZZ_BINS:=.d)
