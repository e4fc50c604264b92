package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// chunk is bytes on their way, and when they are to arrive.
type chunk struct {
	bytes []byte
	due   time.Time
}

// inFlight is how many chunks may be on their way in one direction; beyond, the
// sender waits, as it does for a full window.
const inFlight = 1024

// moveAway serves the database of a URL, which names a socket's directory, at
// another socket whose round trips take so much longer, and returns the URL of
// that. It serves until ctx ends.
func moveAway(ctx context.Context, database string, roundTrip time.Duration) (string, error) {
	u, err := url.Parse(database)
	if err != nil {
		return "", fmt.Errorf("read the database address: %w", err)
	}
	q := u.Query()
	if q.Get("host") == "" || q.Get("port") == "" {
		return "", errors.New("--away needs a database whose URL names its socket as host and port, as the private PostgreSQL's does")
	}
	socket := ".s.PGSQL." + q.Get("port")
	near := filepath.Join(q.Get("host"), socket)
	far, err := os.MkdirTemp("", "adsgraph-away-") // a socket's path must be short
	if err != nil {
		return "", err
	}
	context.AfterFunc(ctx, func() { _ = os.RemoveAll(far) })
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", filepath.Join(far, socket))
	if err != nil {
		return "", err
	}
	context.AfterFunc(ctx, func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // ctx ended
			}
			server, err := (&net.Dialer{}).DialContext(ctx, "unix", near)
			if err != nil {
				_ = client.Close()
				continue
			}
			go carry(server, client, roundTrip/2)
			go carry(client, server, roundTrip/2)
		}
	}()
	q.Set("host", far)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// carry copies from one connection to another until either ends, and lets each
// byte arrive so much later. Bytes do not wait for each other, as on a long wire.
func carry(to, from net.Conn, delay time.Duration) {
	way := make(chan chunk, inFlight)
	go func() {
		defer func() { _ = to.Close() }()
		for c := range way {
			time.Sleep(time.Until(c.due))
			if _, err := to.Write(c.bytes); err != nil {
				_ = from.Close() // ends the reading
				for range way {  // what is left has no way to go
				}
				return
			}
		}
	}()
	defer close(way)
	for {
		b := make([]byte, 32<<10)
		n, err := from.Read(b)
		if n > 0 {
			way <- chunk{b[:n], time.Now().Add(delay)}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				_ = from.Close()
			}
			return
		}
	}
}
