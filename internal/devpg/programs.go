package devpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first major version that is fit for us.
const oldest = 15

// programs are the server programs of one installation.
type programs struct {
	dir     string
	version int // major
}

func (p programs) path(name string) string {
	return filepath.Join(p.dir, name)
}

// installed returns the programs that are fit for us, newest first, at least
// one.
func installed(ctx context.Context, c Config) ([]programs, error) {
	// Most packages put the server programs where PATH does not look.
	places := []string{
		"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
		"/usr/pgsql-*/bin",          // the RPMs of postgresql.org
		"/opt/homebrew/opt/postgresql*/bin",
		"/usr/local/opt/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	}
	all := find(ctx, places)
	if c.Install && len(fit(all)) == 0 {
		if err := install(ctx, c); err != nil {
			return nil, err
		}
		all = find(ctx, places)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if len(fit(all)) == 0 {
		return nil, missing(all)
	}
	return fit(all), nil
}

// fit leaves out the versions that are too old.
func fit(all []programs) []programs {
	return slices.DeleteFunc(slices.Clone(all), func(p programs) bool { return p.version < oldest })
}

// find returns the installations in directories of these patterns and in PATH,
// newest first and in that order. An installation that lacks the server, as
// some have only clients, is none.
func find(ctx context.Context, places []string) []programs {
	var dirs []string
	for _, pattern := range places {
		found, _ := filepath.Glob(pattern) // fails for a malformed pattern only
		dirs = append(dirs, found...)
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	if postgres, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(postgres))
	}

	var all []programs
	for _, dir := range dirs {
		p := programs{dir: dir}
		out, err := exec.CommandContext(ctx, p.path("postgres"), "--version").Output()
		if _, missing := exec.LookPath(p.path("initdb")); err == nil && missing == nil {
			p.version = major(string(out))
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b programs) int { return b.version - a.version })
	return all
}

// major reads the major version from a text like "postgres (PostgreSQL) 15.18".
// Without a number in it, it is 0.
func major(text string) int {
	n, _ := strconv.Atoi(regexp.MustCompile(`\d+`).FindString(text))
	return n
}

// choose returns the newest programs, or those of the version that made the
// data, if that is not 0.
func choose(usable []programs, made int, data string) (programs, error) {
	if made == 0 {
		return usable[0], nil
	}
	var versions []string
	for _, p := range usable {
		if p.version == made {
			return p, nil
		}
		versions = append(versions, strconv.Itoa(p.version))
	}
	return programs{}, fmt.Errorf("%s was made by PostgreSQL %d, but installed is %s: install version %d, or delete that directory to start afresh without its data",
		data, made, strings.Join(versions, ", "), made)
}

// missing is the error of a machine without programs that are fit for us.
func missing(found []programs) error {
	var old string
	if len(found) > 0 {
		old = fmt.Sprintf(" (version %d in %s is too old)", found[0].version, found[0].dir)
	}
	return fmt.Errorf(`PostgreSQL %d or newer is not installed%s. Install it:
  Debian, Ubuntu  sudo apt-get install -y --no-install-recommends postgresql
  Fedora          sudo dnf install -y postgresql-server postgresql-contrib
  macOS           brew install postgresql@17
or set DATABASE_URL to a server that runs already`, oldest, old)
}

// install installs the newest version among the system's packages.
func install(ctx context.Context, c Config) error {
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return missing(nil)
	}
	// The packages would make a cluster of the system and start it. Their
	// configuration says no for this installation; where there is one already,
	// it is not ours to change.
	const conf = "/etc/postgresql-common/createcluster.conf"
	if _, err := os.Stat(conf); errors.Is(err, fs.ErrNotExist) {
		err := errors.Join(os.MkdirAll(filepath.Dir(conf), 0o755), os.WriteFile(conf, []byte("create_main_cluster = false\n"), 0o644))
		if err != nil {
			return fmt.Errorf("configure the installation: %w", err)
		}
		defer func() {
			usual, err := os.ReadFile("/usr/share/postgresql-common/createcluster.conf")
			if err == nil {
				err = os.WriteFile(conf, usual, 0o644)
			} else { // nothing was installed
				err = os.Remove(conf)
			}
			if err != nil {
				c.say("%s still keeps packages from making a cluster: %v", conf, err)
			}
		}()
	}

	c.say("installing PostgreSQL with apt-get")
	// A list of packages that cannot be updated may do.
	updated := apt(ctx, "update")
	out, err := exec.CommandContext(ctx, "apt-cache", "search", "--names-only", "^postgresql-[0-9]+$").Output()
	if err != nil {
		return fmt.Errorf("search the packages: %w", err)
	}
	var newest int
	for line := range strings.Lines(string(out)) {
		newest = max(newest, major(line))
	}
	if newest < oldest {
		return errors.Join(fmt.Errorf("no package of this system is fit: %w", missing(nil)), updated)
	}
	return apt(ctx, "install", "-y", "--no-install-recommends", "postgresql-"+strconv.Itoa(newest))
}

// apt runs apt-get without questions and with configuration left as it is.
func apt(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, "apt-get", append([]string{"-o", "DPkg::Lock::Timeout=300"}, args...)...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "UCF_FORCE_CONFFOLD=1")
	// Killed, it would leave packages half installed.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, lastLines(string(out)))
	}
	return nil
}
