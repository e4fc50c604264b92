package devpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

func TestStartAnswersAndStopLeavesNothing(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	var log bytes.Buffer
	began := time.Now()
	c := startWith(ctx, t, Config{Dir: dir, Log: &log, Settings: map[string]string{"timezone": "Asia/Kolkata"}})
	t.Logf("first start: %v", time.Since(began))

	for range 2 {
		if err := c.CreateDatabase(ctx, "odd 'name"); err != nil {
			t.Fatal(err)
		}
	}
	for statement, want := range map[string]string{
		"SELECT current_database()":      "odd 'name",
		"SHOW timezone":                  "Asia/Kolkata",
		"SHOW fsync":                     "off",
		"SHOW server_encoding":           "UTF8",
		"SHOW listen_addresses":          "",
		"SHOW max_connections":           "200",
		"SELECT lower('Ä')":              "ä",
		"SELECT 'a' > 'B' COLLATE \"C\"": "true",
	} {
		if got := ask(ctx, t, c, "odd 'name", statement); got != want {
			t.Errorf("%s = %q, want %q", statement, got, want)
		}
	}

	// Keys of the terminal reach its process group, which must not be ours.
	if group, err := syscall.Getpgid(c.process.Pid); err != nil || group != c.process.Pid {
		t.Errorf("process group %d, %v, want the server's own, %d", group, err, c.process.Pid)
	}

	began = time.Now()
	for range 2 {
		if err := c.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("stop: %v", time.Since(began))
	if err := syscall.Kill(c.process.Pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("signal to the stopped server: %v, want %v", err, syscall.ESRCH)
	}
	if _, err := os.Stat(c.home.socket()); !os.IsNotExist(err) {
		t.Errorf("socket after the stop: %v", err)
	}
	if got := strings.Count(log.String(), "\n"); got != 3 {
		t.Errorf("%d lines of progress, want 3:\n%s", got, log.String())
	}
}

func TestSecondStartKeepsData(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	c := startIn(ctx, t, dir)
	ask(ctx, t, c, "postgres", "CREATE TABLE kept AS SELECT 42 AS n")
	stop(t, c)

	began := time.Now()
	c = startIn(ctx, t, dir)
	t.Logf("second start: %v", time.Since(began))
	if got := ask(ctx, t, c, "postgres", "SELECT n FROM kept"); got != "42" {
		t.Errorf("kept %q, want 42", got)
	}
}

func TestTwoClustersAtOnce(t *testing.T) {
	t.Parallel()
	ctx := limit(t)
	dirs := []string{newDir(t), newDir(t)}
	clusters := make([]*Cluster, len(dirs))
	var both sync.WaitGroup
	for i, dir := range dirs {
		both.Go(func() {
			c, err := Start(ctx, Config{Dir: dir})
			if err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(func() { _ = c.Stop() })
			clusters[i] = c
		})
	}
	both.Wait()
	if t.Failed() {
		t.FailNow()
	}
	ask(ctx, t, clusters[0], "postgres", "CREATE TABLE mine ()")
	if got := ask(ctx, t, clusters[1], "postgres", "SELECT to_regclass('mine') IS NULL"); got != "true" {
		t.Error("the table of one cluster is in the other")
	}
}

func TestSecondOwnerIsRefused(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	c := startIn(ctx, t, dir)
	_, err := Start(ctx, Config{Dir: dir})
	wantError(t, err, "in use by process "+strconv.Itoa(os.Getpid()))
	if got := ask(ctx, t, c, "postgres", "SELECT 1"); got != "1" {
		t.Errorf("the first owner's server answers %q, want 1", got)
	}
}

func TestRecoversFromKilledServer(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	c := startIn(ctx, t, dir)
	// A commit that nobody waits for may be lost; that is not what is tested.
	ask(ctx, t, c, "postgres", "SET synchronous_commit = on; CREATE TABLE kept AS SELECT 42 AS n")

	// A session that computes does not notice the death of its server. It holds
	// the shared memory, which a new server must not overlook, for a while.
	computed := make(chan struct{})
	go func() {
		defer close(computed)
		_, _ = query(ctx, c.DSN("postgres"), `DO $$ DECLARE began timestamptz := clock_timestamp(); BEGIN
			WHILE clock_timestamp() < began + interval '3 seconds' LOOP END LOOP; END $$`)
	}()
	waitFor(ctx, t, "the busy session", func() bool {
		select {
		case <-computed: // before it was seen, on a very slow machine
			return true
		default:
			return ask(ctx, t, c, "postgres", "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO%'") == "1"
		}
	})
	kill(t, c.process.Pid)
	<-c.ended
	wantError(t, c.Stop(), "had ended by itself")

	c = startIn(ctx, t, dir)
	if got := ask(ctx, t, c, "postgres", "SELECT n FROM kept"); got != "42" {
		t.Errorf("kept %q, want 42", got)
	}
	<-computed
}

func TestServerEndsWithKilledOwner(t *testing.T) {
	t.Parallel()
	if !kernelSignals() {
		t.Skip("this system does not signal the children of a killed process")
	}
	ctx, dir := limit(t), newDir(t)
	owner := startOwner(ctx, t, dir, nil)
	kill(t, owner.cmd.Process.Pid)
	began := time.Now()
	waitFor(ctx, t, "the end of the server", func() bool { return !owner.home.running(ctx, owner.server) })
	t.Logf("server gone %v after its owner", time.Since(began))

	stop(t, startIn(ctx, t, dir))
}

func TestServerOutlivesTheThreadOfStart(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	started := make(chan *Cluster, 1)
	go func() {
		defer close(started)
		runtime.LockOSThread() // for good: the thread ends with the goroutine
		c, err := Start(ctx, Config{Dir: dir})
		if err != nil {
			t.Error(err)
			return
		}
		started <- c
	}()
	c := <-started
	if c == nil {
		t.FailNow()
	}
	t.Cleanup(func() { _ = c.Stop() })
	<-started
	if err := c.CreateDatabase(ctx, "later"); err != nil {
		t.Fatal(err)
	}
	if got := ask(ctx, t, c, "later", "SELECT 1"); got != "1" {
		t.Errorf("the server answers %q, want 1", got)
	}
}

func TestStartsRightAfterKilledOwner(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	owner := startOwner(ctx, t, dir, nil)
	kill(t, owner.cmd.Process.Pid)
	_ = owner.cmd.Wait() // its lock goes with it; its server may still be there
	c := startIn(ctx, t, dir)
	if got := ask(ctx, t, c, "postgres", "SELECT 1"); got != "1" {
		t.Errorf("the server answers %q, want 1", got)
	}
}

func TestStopsServerLeftBehind(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	c := startIn(ctx, t, dir)
	stop(t, c)

	// As a killed owner leaves it where the kernel does not help.
	cmd := c.home.command(context.WithoutCancel(ctx), c.programs.path("postgres"), "-D", c.home.data(), "-k", dir, "-c", "listen_addresses=")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	waitFor(ctx, t, "the other server", func() bool {
		pid, status := c.home.postmaster()
		return pid == cmd.Process.Pid && status == "ready"
	})

	var log bytes.Buffer
	c = startWith(ctx, t, Config{Dir: dir, Log: &log})
	<-ended
	if want := "left behind (process " + strconv.Itoa(cmd.Process.Pid) + ")"; !strings.Contains(log.String(), want) {
		t.Errorf("progress lacks %q:\n%s", want, log.String())
	}
	if got := ask(ctx, t, c, "postgres", "SELECT 1"); got != "1" {
		t.Errorf("the server answers %q, want 1", got)
	}
}

func TestStaleLockFileOfReusedProcessNumber(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	c := startIn(ctx, t, dir)
	lock := filepath.Join(c.home.data(), "postmaster.pid")
	text, err := os.ReadFile(lock)
	if err != nil {
		t.Fatal(err)
	}
	stop(t, c)

	// The number now belongs to another program of the same user.
	other := c.home.command(ctx, "/bin/sh", "-c", "read line")
	input, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = input.Close()
		_ = other.Wait()
	})
	_, rest, _ := strings.Cut(string(text), "\n")
	if err := os.WriteFile(lock, fmt.Appendf(nil, "%d\n%s", other.Process.Pid, rest), 0o600); err != nil {
		t.Fatal(err)
	}
	if c.home.user != nil {
		if err := os.Chown(lock, int(c.home.user.Uid), int(c.home.user.Gid)); err != nil {
			t.Fatal(err)
		}
	}

	stop(t, startIn(ctx, t, dir))
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the other program: %v", err)
	}
}

func TestHalfMadeClusterIsMadeAnew(t *testing.T) {
	t.Parallel()
	ctx, dir := limit(t), newDir(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	// The lock says that the directory is one of ours.
	if err := os.WriteFile(filepath.Join(dir, "cluster.lock"), []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := startIn(ctx, t, dir)
	if got := ask(ctx, t, c, "postgres", "SELECT 1"); got != "1" {
		t.Errorf("the server answers %q, want 1", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "data.new")); !os.IsNotExist(err) {
		t.Errorf("half-made cluster: %v", err)
	}
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		files    map[string]string
		settings map[string]string
		want     []string
	}{
		{"DataOfAnotherVersion", map[string]string{"cluster.lock": "", "data/PG_VERSION": "9.6\n"}, nil, []string{"data was made by PostgreSQL 9,", "install version 9", "delete that directory"}},
		{"SomethingElseInItsPlace", map[string]string{"cluster.lock": "", "data/base": ""}, nil, []string{"taken by something else"}},
		{"FilesOfSomebody", map[string]string{"thesis.txt": ""}, nil, []string{"no cluster of an earlier start"}},
		{"UnknownSetting", nil, map[string]string{"no_such_setting": "1"}, []string{"server.log ends with", "unrecognized configuration parameter", "no_such_setting"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, dir := limit(t), newDir(t)
			for name, text := range tt.files {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Start(ctx, Config{Dir: dir, Settings: tt.settings})
			wantError(t, err, tt.want...)
			for name := range tt.files {
				if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
					t.Errorf("after the refusal: %v", err)
				}
			}
		})
	}
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	ctx, cancel := context.WithCancelCause(limit(t))
	stopped := errors.New("stopped by the test")
	_, err := Start(ctx, Config{Dir: dir, Log: writerFunc(func(line string) {
		if strings.HasPrefix(line, "making") {
			cancel(stopped)
		}
	})})
	wantError(t, err, stopped.Error())
	stop(t, startIn(limit(t), t, dir)) // neither the lock nor half a cluster is in the way
}

func TestSocketOfLongPath(t *testing.T) {
	t.Parallel()
	ctx := limit(t)
	dir := filepath.Join(newDir(t), strings.Repeat("long", 30))
	var socketDir string
	for range 2 { // the address stays
		c := startIn(ctx, t, dir)
		t.Cleanup(func() { _ = os.RemoveAll(c.home.socketDir) })
		if got := ask(ctx, t, c, "postgres", "SELECT 1"); got != "1" {
			t.Errorf("the server answers %q, want 1", got)
		}
		if socketDir != "" && c.home.socketDir != socketDir {
			t.Errorf("socket in %s, before in %s", c.home.socketDir, socketDir)
		}
		socketDir = c.home.socketDir
		stop(t, c)
	}
}

func TestRootUsesAnotherPlaceThanAPrivateOne(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root starts servers as another user")
	}
	ctx := limit(t)
	private := t.TempDir()
	if err := os.Chmod(private, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(private, "pg")
	for i := range 2 {
		var log bytes.Buffer
		c := startWith(ctx, t, Config{Dir: dir, Log: &log})
		t.Cleanup(func() { _ = os.RemoveAll(c.home.dir) })
		if !strings.Contains(log.String(), "the cluster is in "+c.home.dir) {
			t.Errorf("progress does not say where the cluster is:\n%s", log.String())
		}
		if made := strings.Contains(log.String(), "making"); made != (i == 0) {
			t.Errorf("start %d makes a cluster: %v", i, made)
		}
		stop(t, c)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the unused directory: %v", err)
	}
}

func TestRunsAsNormalUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("all tests run as a normal user")
	}
	ctx, dir := limit(t), newDir(t)
	// Nobody must be able to read this program and to write below the directory.
	nobody, err := lookup("nobody")
	if err != nil {
		t.Skip(err)
	}
	if err := os.Chown(dir, int(nobody.Uid), int(nobody.Gid)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		owner := startOwner(ctx, t, filepath.Join(dir, "pg"), nobody)
		if owner.user != superuser {
			t.Errorf("database user %q, want %q", owner.user, superuser)
		}
		if err := owner.input.Close(); err != nil {
			t.Fatal(err)
		}
		if err := owner.cmd.Wait(); err != nil {
			t.Errorf("stop as a normal user: %v", err)
		}
	}
	// Root goes on as the owner of the data.
	c := startIn(ctx, t, filepath.Join(dir, "pg"))
	if c.home.user.Uid != nobody.Uid {
		t.Errorf("server runs as user %d, want %d", c.home.user.Uid, nobody.Uid)
	}
}
