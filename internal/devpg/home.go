package devpg

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// home is the directory of a cluster, locked for this process.
type home struct {
	dir       string
	socketDir string
	user      *syscall.Credential // whom the server runs as; nil for our own user
	lock      *os.File
}

// openHome makes the directory private to the server's user and locks it. If
// that user cannot get there, it takes another one, the same at every start.
func openHome(ctx context.Context, c Config) (*home, error) {
	if c.Dir == "" {
		return nil, errors.New("no directory is given for the cluster")
	}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, fmt.Errorf("find the directory of the cluster: %w", err)
	}
	hash := fmt.Sprintf("adsgraph-%.6x", sha256.Sum256([]byte(dir)))

	h := &home{dir: dir}
	err = h.prepare(ctx)
	if errors.Is(err, fs.ErrPermission) && os.Geteuid() == 0 {
		// Not below a directory for temporary files: systems that tidy those up
		// would pick single files out of the data.
		h.dir = filepath.Join("/var/lib", hash)
		c.say("PostgreSQL does not run as root, and its user cannot use %s: the cluster is in %s", dir, h.dir)
		err = h.prepare(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("prepare the directory of the cluster: %w", err)
	}

	// The path of a socket has 103 bytes on some systems, 107 on others.
	h.socketDir = h.dir
	if len(h.socket()) > 103 {
		h.socketDir = filepath.Join("/tmp", hash)
		if err := h.private(h.socketDir); err != nil {
			return nil, fmt.Errorf("prepare the directory of the socket: %w", err)
		}
	}
	if err := h.takeLock(); err != nil {
		return nil, err
	}
	return h, nil
}

// prepare finds the server's user and gives the directory to it.
func (h *home) prepare(ctx context.Context) error {
	entries, err := os.ReadDir(h.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(h.lockFile()); err != nil && len(entries) > 0 {
		return fmt.Errorf("%s holds files, but no cluster of an earlier start: choose an empty directory", h.dir)
	}
	// The parents have the usual mode, so that the server's user gets through.
	parent := filepath.Dir(h.dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	if os.Geteuid() == 0 {
		if h.user, err = serverUser(h.data()); err != nil {
			return err
		}
		// Only the user itself can tell whether it gets there: modes do not know
		// of access lists, mounts and the like.
		probe := h.command(ctx, "/bin/sh", "-c", ":")
		probe.Dir = parent
		if err := probe.Run(); err != nil {
			return fmt.Errorf("go to %s as user %d: %w", parent, h.user.Uid, err)
		}
	}
	return h.private(h.dir)
}

// private makes a directory that only the server's user can use.
func (h *home) private(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	// Where all may write, somebody else may have been here before.
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	owner, us := info.Sys().(*syscall.Stat_t).Uid, os.Geteuid()
	if !info.IsDir() || (us != 0 && int(owner) != us) {
		return fmt.Errorf("%s is not a directory of this user", dir)
	}
	if h.user != nil {
		if err := os.Lchown(dir, int(h.user.Uid), int(h.user.Gid)); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700)
}

// serverUser is whom a server started by root runs as: the owner of the data,
// or the user of PostgreSQL's packages, or nobody.
func serverUser(data string) (*syscall.Credential, error) {
	if info, err := os.Stat(data); err == nil {
		if owner := info.Sys().(*syscall.Stat_t); owner.Uid != 0 {
			return &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}, nil
		}
	}
	packaged, err := lookup("postgres")
	if err == nil {
		return packaged, nil
	}
	return lookup("nobody")
}

// lookup finds a user of the system by name.
func lookup(name string) (*syscall.Credential, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("find a user for the server: %w", err)
	}
	var c syscall.Credential
	if _, err := fmt.Sscan(u.Uid+" "+u.Gid, &c.Uid, &c.Gid); err != nil {
		return nil, fmt.Errorf("read the numbers of user %s: %w", name, err)
	}
	return &c, nil
}

// takeLock holds the directory until close, or until this process ends.
func (h *home) takeLock() error {
	f, err := os.OpenFile(h.lockFile(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the lock of the cluster: %w", err)
	}
	h.lock = f
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer h.close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return fmt.Errorf("lock the cluster in %s: %w", h.dir, err)
		}
		holder, _ := io.ReadAll(f) // only for the message, as what is written below
		return fmt.Errorf("the cluster in %s is in use by process %s: stop that one, or choose another directory", h.dir, holder)
	}
	_ = f.Truncate(0)
	_, _ = f.WriteString(strconv.Itoa(os.Getpid()))
	return nil
}

// close gives the directory free.
func (h *home) close() {
	_ = h.lock.Close() // nothing in it is worth keeping
}

func (h *home) data() string     { return filepath.Join(h.dir, "data") }
func (h *home) log() string      { return filepath.Join(h.dir, "server.log") }
func (h *home) lockFile() string { return filepath.Join(h.dir, "cluster.lock") }
func (h *home) socket() string   { return filepath.Join(h.socketDir, ".s.PGSQL."+port) }

// command prepares a program as the server's user: out of reach of the keys of
// the terminal, which are meant for us, and with nothing of our environment
// that would change what it does.
func (h *home) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = h.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: h.user}
	return cmd
}

// run runs a program to its end, or to ours, and returns what it wrote.
func (h *home) run(ctx context.Context, path string, args ...string) (string, error) {
	defer lockThread()()
	cmd := h.command(ctx, path, args...)
	dieWithParent(cmd.SysProcAttr, syscall.SIGKILL)
	cmd.WaitDelay = patience // its children may hold the output open
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return string(out), err
}

// lockThread keeps the caller on its thread until unlock: a child that is to
// die with its parent dies with the thread that started it.
func lockThread() (unlock func()) {
	runtime.LockOSThread()
	return runtime.UnlockOSThread
}

// version is the major version that made the data, or 0 if there is none.
func (h *home) version() (int, error) {
	text, err := os.ReadFile(filepath.Join(h.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of the cluster: %w", err)
	}
	return major(string(text)), nil
}

// initialise makes the data, which has its name only when it is complete.
func (h *home) initialise(ctx context.Context, p programs) error {
	half := h.data() + ".new"
	var out string
	var err error
	for _, locale := range []string{"C.UTF-8", "C"} { // some systems lack the first
		if err := os.RemoveAll(half); err != nil {
			return fmt.Errorf("remove a cluster that was not completed: %w", err)
		}
		out, err = h.run(ctx, p.path("initdb"), "--pgdata", half, "--username", superuser, "--auth-local", "trust",
			"--auth-host", "reject", "--encoding", "UTF8", "--locale", locale, "--no-sync", "--no-instructions")
		if err == nil || !strings.Contains(out, "invalid locale") {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("make a cluster in %s: %w\n%s", h.dir, err, lastLines(out))
	}
	if err := os.Rename(half, h.data()); err != nil {
		return fmt.Errorf("put the new cluster in its place, which may be taken by something else: %w", err)
	}
	return nil
}

// copy makes the data of a standby.
func (h *home) copy(ctx context.Context, p programs, of *Cluster) error {
	out, err := h.run(ctx, p.path("pg_basebackup"), "--pgdata", h.data(), "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast",
		"--host", of.home.socketDir, "--port", port, "--username", superuser, "--no-password", "--no-sync")
	if err != nil {
		return fmt.Errorf("copy the cluster in %s: %w\n%s", of.home.dir, err, lastLines(out))
	}
	return nil
}

// postmaster reads the process and its status from the lock file of the server.
// Without one, the process is 0.
func (h *home) postmaster() (pid int, status string) {
	text, _ := os.ReadFile(filepath.Join(h.data(), "postmaster.pid"))
	lines := strings.Split(string(text), "\n")
	pid, _ = strconv.Atoi(lines[0])
	const statusLine = 7
	if len(lines) > statusLine {
		status = strings.TrimSpace(lines[statusLine])
	}
	return max(0, pid), status
}

// stopLeftover stops a server of this cluster whose owner is gone. It returns
// the process in the server's lock file, by then none of this cluster, or 0.
func (h *home) stopLeftover(ctx context.Context, c Config) (stale int, err error) {
	pid, _ := h.postmaster()
	if pid == 0 || !h.running(ctx, pid) {
		return pid, nil
	}
	c.say("stopping the server that an earlier run left behind (process %d)", pid)
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return 0, fmt.Errorf("stop the server of an earlier run, process %d: %w", pid, err)
	}
	for began := time.Now(); h.running(ctx, pid); {
		if time.Since(began) > patience {
			return 0, fmt.Errorf("the server of an earlier run, process %d, does not end", pid)
		}
		if err := pause(ctx); err != nil {
			return 0, fmt.Errorf("wait for the end of the server of an earlier run: %w", err)
		}
	}
	return pid, nil
}

// running reports whether the process is a server of this cluster. Numbers of
// processes are used again, so being alive is not enough.
func (h *home) running(ctx context.Context, pid int) bool {
	// A server stays in its data directory. Where the system does not tell, one
	// answers on the socket.
	if cwd, err := os.Stat(fmt.Sprintf("/proc/%d/cwd", pid)); err == nil {
		data, err := os.Stat(h.data())
		return err == nil && os.SameFile(cwd, data)
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", h.socket())
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}
