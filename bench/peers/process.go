package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	// patience is how long a server may take to answer after it was started.
	patience = 60 * time.Second
	// grace is how long it may take to end.
	grace = 15 * time.Second
)

// process is a running server.
type process struct {
	name string
	pid  int
	log  string        // the file of what it wrote
	done chan struct{} // closed when it has ended
	err  error         // how; valid after that
	stop context.CancelFunc
}

// startProcess starts a server and waits until it listens at an address. What it
// writes goes to a file in dir.
func startProcess(ctx context.Context, dir, name, address string, env []string, command ...string) (*process, error) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the server has its own handle of it
	running, stop := context.WithCancel(ctx)
	cmd := exec.CommandContext(running, command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr, cmd.Env = log, log, append(os.Environ(), env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = grace
	if err := cmd.Start(); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &process{name: name, pid: cmd.Process.Pid, log: log.Name(), done: make(chan struct{}), stop: stop}
	go func() {
		defer close(p.done)
		p.err = cmd.Wait()
	}()
	if err := p.ready(ctx, address); err != nil {
		p.end()
		return nil, err
	}
	return p, nil
}

// ready waits until the server takes connections.
func (p *process) ready(ctx context.Context, address string) error {
	waiting, cancel := context.WithTimeoutCause(ctx, patience, errors.New("it does not listen"))
	defer cancel()
	for {
		conn, err := (&net.Dialer{}).DialContext(waiting, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-p.done:
			return fmt.Errorf("%s ended (%w): %s", p.name, p.err, p.lastLines())
		case <-waiting.Done():
			return fmt.Errorf("%s: %w: %s", p.name, context.Cause(waiting), p.lastLines())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// end stops the server and waits until it has ended. It may be called again.
func (p *process) end() {
	p.stop()
	<-p.done
}

// lastLines returns the end of what the server wrote.
func (p *process) lastLines() string {
	text, _ := os.ReadFile(p.log) // none says as much
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-15):], "\n")
}

// freeAddress returns an address of this machine where nobody listens.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
