package pgtest

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Pooler starts PgBouncer in transaction mode in front of a server, of which it is
// given the address of any database. It returns how addresses of its databases are
// to be changed to go through it, and what stops it.
//
// So many connections of the server serve all clients of a database: few, so that
// whatever must not outlast a transaction shows.
func Pooler(t testing.TB, address string, connections int) (through func(dsn string) string, stop func()) {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer" // where Debian has it, and PATH may not look
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("PgBouncer is not installed, and so nothing is tried through it: make postgres installs it, as root with apt-get")
	}
	server, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "adsgraph-pooler-")
	if err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(`[databases]
* = host=%[1]s port=5432 user=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = %[2]s
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = %[3]d
max_client_conn = 2000
max_db_connections = %[3]d
ignore_startup_parameters = extra_float_digits
server_idle_timeout = 2
logfile = %[4]s
log_connections = 0
log_disconnections = 0
`, server.Query().Get("host"), dir, connections, filepath.Join(dir, "pgbouncer.log"))
	file := filepath.Join(dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil { //nolint:gosec // PgBouncer's user reads it
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-q", file) //nolint:noctx // it lives as long as the tests
	if os.Geteuid() == 0 {                   // it refuses to be root
		to, err := user.Lookup("postgres")
		if err != nil {
			t.Fatal(err)
		}
		uid, _ := strconv.Atoi(to.Uid)
		gid, _ := strconv.Atoi(to.Gid)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	socket := filepath.Join(dir, ".s.PGSQL.6432")
	end := time.After(20 * time.Second)
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "unix", socket)
		if err == nil {
			_ = conn.Close()
			break
		}
		select {
		case <-end:
			said, _ := os.ReadFile(filepath.Join(dir, "pgbouncer.log")) //nolint:gosec // it is ours
			stop()
			t.Fatalf("PgBouncer does not answer: %v\n%s", err, said)
		case <-ticks.C:
		}
	}
	return func(dsn string) string {
		u, err := url.Parse(dsn)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set("host", dir)
		q.Set("port", "6432")
		u.RawQuery = q.Encode()
		return u.String()
	}, stop
}
