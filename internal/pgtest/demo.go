package pgtest

import (
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var demos struct { //nolint:gochecknoglobals // one per test program
	sync.Mutex
	ready map[string]string
}

// Demo returns the address of a database with demo data of a size, as of
// Present. It is filled once per test program, by the real command; tests that
// share it must not write.
func Demo(t testing.TB, size string) string {
	t.Helper()
	start(t)
	demos.Lock()
	defer demos.Unlock()
	if address, ok := demos.ready[size]; ok {
		return address
	}
	name := named("demo_" + size)
	Create(t, name, Template())
	address := Address(t, name)
	program := filepath.Join(t.TempDir(), "adsgraph")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "adsgraph/cmd/adsgraph").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	seed := exec.CommandContext(t.Context(), program, "seed", "--size", size, "--as-of", Present.Format(time.RFC3339), "--database", address)
	if out, err := seed.CombinedOutput(); err != nil {
		t.Fatalf("seed: %v\n%s", err, out)
	}
	if demos.ready == nil {
		demos.ready = map[string]string{}
	}
	demos.ready[size] = address
	return address
}
