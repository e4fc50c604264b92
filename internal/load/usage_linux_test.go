package load

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestWatch sees the CPU that this process uses, and that of a child that has ended.
func TestWatch(t *testing.T) {
	own, err := WatchProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := WatchDatabase(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	// A shell counts until it has used a tenth of a second at least, and is waited for.
	if err := exec.CommandContext(t.Context(), "/bin/sh", "-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done").Run(); err != nil {
		t.Fatal(err)
	}
	for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
		continue // at work
	}
	of, err := own.End()
	if err != nil {
		t.Fatal(err)
	}
	all, err := whole.End()
	if err != nil {
		t.Fatal(err)
	}
	if of.CPU < tick || of.Memory < 1<<20 {
		t.Errorf("this process used %+v", of)
	}
	if all.CPU < of.CPU+5*tick || all.Memory < 1<<20 {
		t.Errorf("with its child it used %+v, without %+v", all, of)
	}
}

// TestWatchChild sees a child that runs, with a name that is hard to read.
func TestWatchChild(t *testing.T) {
	child := exec.CommandContext(t.Context(), "/bin/sh", "-c", `printf ') S 1 (' > /proc/self/comm; echo ready; read line`)
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close()
		_ = child.Wait()
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatal(line, err)
	}
	if got, err := readStat(child.Process.Pid); err != nil || got.parent != os.Getpid() {
		t.Errorf("got %+v, %v, want parent %d", got, err, os.Getpid())
	}
}

func TestWatchNobody(t *testing.T) {
	const nobody = 1 << 30 // above all ids
	if _, err := WatchProcess(nobody); err == nil || !strings.Contains(err.Error(), "process 1073741824") {
		t.Error(err)
	}
}
