// Package devpg finds PostgreSQL's server programs and runs a private cluster
// with them, for development and for tests. The cluster listens on a unix
// socket only, gives up durability for speed, never runs as root and ends with
// the process that started it.
package devpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Config says where a cluster lives and how it runs.
type Config struct {
	// Dir holds all of the cluster: data, lock, server.log and mostly the socket.
	// It is created if missing and becomes the server's own, so it must be empty
	// or from an earlier start.
	Dir string
	// Log receives a line for people per step. It may be nil.
	Log io.Writer
	// Settings are server settings that add to the defaults or replace them.
	Settings map[string]string
	// Install lets missing programs be installed with the package manager, where
	// that is possible (as root, with apt-get).
	Install bool
	// Follow is a cluster that a new one is to be a standby of. Both need the
	// settings of wal_level and max_wal_senders that replication takes.
	Follow *Cluster
}

// say tells people what is done now.
func (c Config) say(format string, args ...any) {
	if c.Log != nil {
		_, _ = fmt.Fprintf(c.Log, format+"\n", args...) // nobody can be told otherwise
	}
}

// Cluster is a running server.
type Cluster struct {
	home     *home
	programs programs
	process  *os.Process   // the postmaster
	ended    chan struct{} // closed when it has ended
	err      error         // how it ended; valid after that
	stop     func() error
}

const (
	superuser = "postgres"
	port      = "5432" // only a part of the socket's name
)

// patience is how long to wait for what should take an instant, but may not on
// a busy machine.
const patience = 30 * time.Second

// Start makes the cluster if there is none, starts it and waits until it
// accepts connections. A server that an earlier run left behind is stopped
// first. It fails while another process runs the cluster, and never deletes
// data. The context bounds the start, not the life of the server.
func Start(ctx context.Context, c Config) (*Cluster, error) {
	usable, err := installed(ctx, c)
	if err != nil {
		return nil, err
	}
	h, err := openHome(ctx, c)
	if err != nil {
		return nil, err
	}
	cluster, err := start(ctx, c, h, usable)
	if err != nil {
		h.close()
		return nil, err
	}
	return cluster, nil
}

func start(ctx context.Context, c Config, h *home, usable []programs) (*Cluster, error) {
	made, err := h.version()
	if err != nil {
		return nil, err
	}
	p, err := choose(usable, made, h.data())
	if err != nil {
		return nil, err
	}
	if made == 0 {
		c.say("making a cluster of PostgreSQL %d in %s", p.version, h.dir)
		if c.Follow != nil {
			err = h.copy(ctx, p, c.Follow)
		} else {
			err = h.initialise(ctx, p)
		}
		if err != nil {
			return nil, err
		}
	}
	stale, err := h.stopLeftover(ctx, c)
	if err != nil {
		return nil, err
	}

	c.say("starting PostgreSQL %d in %s", p.version, h.dir)
	began := time.Now()
	cluster, err := launch(ctx, c, h, p, stale)
	// The sessions of a server that was killed notice it a little later, and no
	// new one starts beside them.
	for err != nil && strings.Contains(err.Error(), "is still in use") && time.Since(began) < patience && pause(ctx) == nil {
		cluster, err = launch(ctx, c, h, p, stale)
	}
	if err != nil {
		return nil, err
	}
	c.say("PostgreSQL is ready after %d ms", time.Since(began).Milliseconds())
	return cluster, nil
}

// launch starts the server and waits until it accepts connections. The process
// stale, if not 0, may be in the server's lock file and is known to be none of
// this cluster.
func launch(ctx context.Context, config Config, h *home, p programs, stale int) (*Cluster, error) {
	args := []string{"-D", h.data()}
	all := settings(config.Settings)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		args = append(args, "-c", name+"="+all[name])
	}
	args = append(args, "-k", h.socketDir, "-p", port) // last, so that no setting moves the socket
	// The server outlives the start and so its context.
	cmd := h.command(context.WithoutCancel(ctx), p.path("postgres"), args...)
	dieWithParent(cmd.SysProcAttr, syscall.SIGINT)
	if stale != 0 {
		// The server refuses to start while the process in its lock file lives,
		// though that may long be another program. This variable, which pg_ctl
		// uses for its own parent, names one that does not count. The server
		// still checks that nobody uses the cluster's shared memory.
		cmd.Env = append(cmd.Env, "PG_GRANDPARENT_PID="+strconv.Itoa(stale))
	}

	_ = os.Rename(h.log(), h.log()+".old") // the first time there is none
	log, err := os.OpenFile(h.log(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the server log: %w", err)
	}
	defer func() { _ = log.Close() }() // the server has its own handle of it
	cmd.Stdout, cmd.Stderr = log, log

	c := &Cluster{home: h, programs: p, ended: make(chan struct{})}
	c.stop = sync.OnceValue(func() error {
		defer h.close()
		return c.shutDown()
	})
	if err := c.run(cmd); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	if err := c.ready(ctx); err != nil {
		_ = c.shutDown() // what kept it from being ready says more
		return nil, c.explain("wait for the server", err)
	}
	return c, nil
}

// run starts the server and watches it until it ends.
func (c *Cluster) run(cmd *exec.Cmd) error {
	started := make(chan error)
	go func() {
		// The server is to die with us, but the kernel takes the thread that
		// started it for us. So the thread waits here as long as the server lives.
		defer lockThread()()
		err := cmd.Start()
		c.process = cmd.Process
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.ended)
		}
	}()
	return <-started
}

// ready waits until the server says in its lock file that it takes connections.
func (c *Cluster) ready(ctx context.Context) error {
	for {
		if pid, status := c.home.postmaster(); pid == c.process.Pid && status == "ready" {
			return nil
		}
		select {
		case <-c.ended:
			return fmt.Errorf("it ended: %w", c.err)
		default:
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// DSN is the address of a database of the cluster, as a URL for lib/pq and psql.
func (c *Cluster) DSN(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(superuser),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {c.home.socketDir}, "port": {port}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// PID is the id of the server's first process, the parent of its others.
func (c *Cluster) PID() int { return c.process.Pid }

// CreateDatabase makes a database unless there is one of that name. It is for
// callers that have no driver.
func (c *Cluster) CreateDatabase(ctx context.Context, name string) error {
	out, err := c.home.run(ctx, c.programs.path("createdb"),
		"--host", c.home.socketDir, "--port", port, "--username", superuser, "--maintenance-db", "postgres", "--", name)
	if err != nil && !strings.Contains(out, "already exists") {
		return fmt.Errorf("create database %q: %w\n%s", name, err, lastLines(out))
	}
	return nil
}

// Stop cuts all sessions, shuts the server down, waits until it has ended and
// gives the directory free. Later calls return what the first one did, which is
// an error if the server had ended by itself.
func (c *Cluster) Stop() error {
	return c.stop()
}

// shutDown ends the server, the hard way if it does not listen.
func (c *Cluster) shutDown() error {
	select {
	case <-c.ended:
		return c.explain("the server had ended by itself", c.err)
	default:
	}
	// In the words of pg_ctl: fast, immediate, kill.
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		if err := c.process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("signal the server: %w", err)
		}
		select {
		case <-c.ended:
			if c.err != nil {
				return c.explain("stop the server", c.err)
			}
			return nil
		case <-time.After(patience):
		}
	}
	return fmt.Errorf("stop the server: process %d does not end", c.process.Pid)
}

// explain adds to an error what the server wrote last.
func (c *Cluster) explain(doing string, err error) error {
	text, _ := os.ReadFile(c.home.log()) // none says as much
	return fmt.Errorf("%s: %w; %s ends with\n%s", doing, err, c.home.log(), lastLines(string(text)))
}

// settings are the defaults with the caller's on top.
func settings(own map[string]string) map[string]string {
	all := map[string]string{
		// Nothing here is worth a disk flush: after a crash of the machine the
		// cluster is made anew.
		"fsync":              "off",
		"synchronous_commit": "off",
		"full_page_writes":   "off",
		"wal_level":          "minimal",
		"max_wal_senders":    "0",
		"max_wal_size":       "2GB",
		"checkpoint_timeout": "30min",

		"listen_addresses": "",
		"max_connections":  "200",
		"shared_buffers":   "256MB",
		"random_page_cost": "1.1",
		"jit":              "off",
		"autovacuum":       "on",
		"timezone":         "UTC",
		"log_timezone":     "UTC",
	}
	maps.Copy(all, own)
	return all
}

// lastLines cuts the output of a program to what fits an error.
func lastLines(text string) string {
	const most = 15
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}

// pause waits a moment between two looks at the server.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(10 * time.Millisecond):
		return nil
	}
}
