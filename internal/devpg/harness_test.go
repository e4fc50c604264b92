package devpg

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

// ownerDir in the environment makes this program an owner of a cluster: it
// starts one there, writes a line to its output and stops it when its input
// ends.
const ownerDir = "DEVPG_TEST_OWNER_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(ownerDir); dir != "" {
		if err := own(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	// The main thread is the only one that does not end with a goroutine that
	// was locked to it. Kept busy here, it is in no test's way.
	runtime.LockOSThread()
	os.Exit(m.Run())
}

func own(dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), generous)
	defer cancel()
	c, err := Start(ctx, Config{Dir: dir, Log: os.Stderr})
	if err != nil {
		return err
	}
	user, err := query(ctx, c.DSN("postgres"), "SELECT current_user")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(os.Stdout, "%d %s\n", c.process.Pid, user); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return c.Stop()
}

// generous is enough for any step on a machine that is busy.
const generous = 3 * time.Minute

// owner is this program in another process, with a cluster.
type owner struct {
	cmd    *exec.Cmd
	input  io.WriteCloser
	home   *home
	server int // process
	user   string
}

// startOwner starts this program with a cluster, as us or as another user.
func startOwner(ctx context.Context, t *testing.T, dir string, as *syscall.Credential) *owner {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if as != nil { // who may not reach the program where it is
		text, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		program = filepath.Join(newDir(t), "owner")
		if err := os.WriteFile(program, text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	o := &owner{cmd: exec.CommandContext(ctx, program), home: &home{dir: dir, socketDir: dir}}
	o.cmd.Dir = filepath.Dir(dir)
	o.cmd.Env = append(os.Environ(), ownerDir+"="+dir)
	o.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	var problems bytes.Buffer
	o.cmd.Stderr = &problems
	if o.input, err = o.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := o.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = o.input.Close()
		_ = o.cmd.Wait()
		if o.server != 0 && o.home.running(context.Background(), o.server) {
			_ = syscall.Kill(o.server, syscall.SIGINT)
		}
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		_ = o.cmd.Wait()
		t.Fatalf("the owner says %q: %v\n%s", line, err, problems.String())
	}
	if _, err := fmt.Sscan(line, &o.server, &o.user); err != nil {
		t.Fatalf("the owner says %q: %v", line, err)
	}
	return o
}

// kernelSignals reports whether a server ends with a killed owner.
func kernelSignals() bool {
	_, err := os.Stat("/proc/self/cwd")
	return err == nil
}

// newDir is a directory that other users can reach.
func newDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func limit(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), generous)
	t.Cleanup(cancel)
	return ctx
}

func startIn(ctx context.Context, t *testing.T, dir string) *Cluster {
	t.Helper()
	return startWith(ctx, t, Config{Dir: dir})
}

func startWith(ctx context.Context, t *testing.T, config Config) *Cluster {
	t.Helper()
	c, err := Start(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Stop() }) // a test that cares has stopped it
	return c
}

func stop(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func waitFor(ctx context.Context, t *testing.T, what string, done func() bool) {
	t.Helper()
	for !done() {
		if err := pause(ctx); err != nil {
			t.Fatalf("wait for %s: %v", what, err)
		}
	}
}

// ask runs a statement and returns its first value, if any, as text.
func ask(ctx context.Context, t *testing.T, c *Cluster, database, statement string) string {
	t.Helper()
	got, err := query(ctx, c.DSN(database), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return got
}

func query(ctx context.Context, dsn, statement string) (string, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return "", err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var got string
	if rows.Next() {
		if err := rows.Scan(&got); err != nil {
			return "", err
		}
	}
	return got, rows.Err()
}

func wantError(t *testing.T, err error, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("error lacks %q: %v", text, err)
		}
	}
}

type writerFunc func(string)

func (f writerFunc) Write(p []byte) (int, error) {
	f(string(p))
	return len(p), nil
}
