package load

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Usage is what a process, or several, used between two instants.
type Usage struct {
	// CPU is the time on processors, all threads together, in steps of 10 ms.
	CPU time.Duration
	// Memory is the most that was resident, in bytes: of a single process since it
	// began; of a database the sum of what its processes have to themselves, and
	// the largest part of the shared memory that one of them has touched, as
	// seen every 100 ms.
	Memory int64
}

// PerThousand returns the CPU time in milliseconds per 1,000 requests, 0 without
// requests.
func (u Usage) PerThousand(requests int) float64 {
	if requests == 0 {
		return 0
	}
	return u.CPU.Seconds() * 1000 / float64(requests) * 1000
}

// Watch is the start of a measurement.
type Watch struct {
	pid      int
	children bool
	begun    time.Duration
	stop     chan struct{}
	sampling sync.WaitGroup
	memory   int64 // the most so far, of a process with children
}

// sampleInterval is how often the memory of a process with children is looked at.
const sampleInterval = 100 * time.Millisecond

// WatchProcess begins to measure one process.
func WatchProcess(pid int) (*Watch, error) { return watch(pid, false) }

// WatchDatabase begins to measure a PostgreSQL server: the postmaster, whose id is
// pid, and all its processes, those that end meanwhile too.
func WatchDatabase(pid int) (*Watch, error) { return watch(pid, true) }

func watch(pid int, children bool) (*Watch, error) {
	if runtime.GOOS != "linux" {
		return nil, errors.New("what a process uses can be seen on Linux only")
	}
	w := &Watch{pid: pid, children: children, stop: make(chan struct{})}
	var err error
	if w.begun, w.memory, err = w.look(); err != nil {
		return nil, err
	}
	if children {
		w.sampling.Go(w.sample)
	}
	return w, nil
}

// sample looks at the memory until the watch ends.
func (w *Watch) sample() {
	ticker := time.NewTicker(sampleInterval)
	defer ticker.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-ticker.C:
			if _, memory, err := w.look(); err == nil { // End says what is wrong
				w.memory = max(w.memory, memory)
			}
		}
	}
}

// End returns what was used since the watch began. It must be called once.
func (w *Watch) End() (Usage, error) {
	close(w.stop)
	w.sampling.Wait()
	cpu, memory, err := w.look()
	if err != nil {
		return Usage{}, err
	}
	return Usage{CPU: cpu - w.begun, Memory: max(w.memory, memory)}, nil
}

// look returns the CPU time until now, and the memory.
func (w *Watch) look() (cpu time.Duration, memory int64, err error) {
	own, err := readStat(w.pid)
	if err != nil {
		return 0, 0, fmt.Errorf("process %d: %w", w.pid, err)
	}
	if !w.children {
		status, err := readStatus(w.pid)
		if err != nil {
			return 0, 0, fmt.Errorf("process %d: %w", w.pid, err)
		}
		return own.cpu, status["VmHWM"], nil
	}
	cpu = own.cpu + own.ended
	directories, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, 0, err
	}
	var shared int64
	for _, directory := range directories {
		pid, _ := strconv.Atoi(filepath.Base(directory)) // digits only
		child, err := readStat(pid)
		if err != nil || child.parent != w.pid && pid != w.pid {
			continue // it has ended, or is somebody else's
		}
		if pid != w.pid {
			cpu += child.cpu + child.ended
		}
		if status, err := readStatus(pid); err == nil {
			memory += status["RssAnon"]
			shared = max(shared, status["RssShmem"])
		}
	}
	return cpu, memory + shared, nil
}

// stat is a part of /proc/PID/stat.
type stat struct {
	parent     int
	cpu, ended time.Duration // its own, and of children that have ended
}

// tick is the unit of CPU times in /proc, the same on all Linux that Go runs on.
const tick = 10 * time.Millisecond

func readStat(pid int) (stat, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	// The name of the program, in parentheses, may hold anything.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 15 {
		return stat{}, fmt.Errorf("its stat is not understood: %q", text)
	}
	number := func(i int) int64 { // i as proc(5) counts, from 1
		n, _ := strconv.ParseInt(fields[i-3], 10, 64) // the kernel writes numbers
		return n
	}
	return stat{int(number(4)), tick * time.Duration(number(14)+number(15)), tick * time.Duration(number(16)+number(17))}, nil
}

// readStatus returns the sizes of /proc/PID/status, in bytes.
func readStatus(pid int) (map[string]int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		if kB, ok := strings.CutSuffix(strings.TrimSpace(value), " kB"); ok {
			n, _ := strconv.ParseInt(kB, 10, 64) // the kernel writes numbers
			sizes[name] = n << 10
		}
	}
	return sizes, nil
}
