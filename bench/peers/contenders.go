package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"adsgraph/bench/hand"
)

// contender is somebody who answers screens.
type contender struct {
	name    string
	process *process
	header  http.Header
	// url is where a screen is asked for, empty if this one does not answer it.
	url func(s screen) string
	// request is the n-th request.
	request func(s screen, q hand.Question, n int) (any, error)
	// shape makes of the data of an answer what Adsgraph answers; nil if it is that
	// already.
	shape func(s screen, q hand.Question, data any) (any, error)
}

// bodies returns requests of a screen, for its questions in turn.
func (c *contender) bodies(s screen, questions []hand.Question) ([][]byte, error) {
	list := make([][]byte, bodies)
	for n := range list {
		request, err := c.request(s, questions[n%len(questions)], n)
		if err != nil {
			return nil, err
		}
		if list[n], err = json.Marshal(request); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// field is what contenders need to start.
type field struct {
	dir      string // for logs and keys
	adsgraph string // the program
	node     string // likewise
	database string
}

// startAdsgraph starts Adsgraph as it is shipped, but for the budget of points,
// which is there to refuse such load.
func startAdsgraph(ctx context.Context, f field, name string, flags ...string) (*contender, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	keys := filepath.Join(f.dir, name)
	command := append([]string{f.adsgraph, "demo", "--database", f.database, "--dir", filepath.Join(keys, "none"), "--listen", address, "--limit", "budget=1000000000"}, flags...)
	p, err := startProcess(ctx, f.dir, name, address, nil, command...)
	if err != nil {
		return nil, err
	}
	token, err := exec.CommandContext(ctx, f.adsgraph, "token", "owner", "--dir", filepath.Join(keys, "none")).Output()
	if err != nil {
		p.end()
		return nil, fmt.Errorf("make a token: %w", err)
	}
	return &contender{
		name: name, process: p,
		header: http.Header{"Authorization": {"Bearer " + strings.TrimSpace(string(token))}},
		url:    func(screen) string { return "http://" + address + "/graphql" },
		request: func(s screen, q hand.Question, n int) (any, error) {
			document, err := s.hand.Document()
			// Adsgraph runs identical queries that are asked at once only once. The
			// number keeps it from that.
			return map[string]any{"query": document, "variables": s.hand.Variables(q), "extensions": map[string]any{"request": n}}, err
		},
	}, nil
}

// startHand starts the hand-written statements.
func startHand(ctx context.Context, f field) (*contender, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, err := startProcess(ctx, f.dir, "hand", address, nil, self, "--serve-hand", address, "--database", f.database)
	if err != nil {
		return nil, err
	}
	return &contender{
		name: "one statement", process: p,
		url:     func(s screen) string { return "http://" + address + "/" + string(s.hand) },
		request: func(_ screen, q hand.Question, _ int) (any, error) { return q, nil },
	}, nil
}

// flatOf is the nested list by three statements, answered by the process of the
// hand-written ones.
func flatOf(h *contender) *contender {
	flat := *h
	flat.name = "three statements"
	flat.url = func(s screen) string {
		if s.hand != hand.Nested {
			return ""
		}
		return strings.Replace(h.url(s), string(s.hand), "flat", 1)
	}
	return &flat
}

// startNode starts a server of a file in node: one process, as in production.
func startNode(ctx context.Context, f field, name, file string) (p *process, url string, err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, "", err
	}
	env := []string{"NODE_ENV=production", "GRAPHILE_ENV=production", "DATABASE_URL=" + f.database, fmt.Sprintf("CONNECTIONS=%d", connections), fmt.Sprintf("VIEWER=%d", owner)}
	p, err = startProcess(ctx, f.dir, name, address, env, f.node, filepath.Join(nodeDirectory, file), address)
	return p, "http://" + address + "/graphql", err
}

// startYoga starts GraphQL Yoga, which is asked what Adsgraph is asked.
func startYoga(ctx context.Context, f field) (*contender, error) {
	p, url, err := startNode(ctx, f, "Yoga", "yoga.mjs")
	if err != nil {
		return nil, err
	}
	return &contender{
		name: "GraphQL Yoga with DataLoader", process: p,
		url: func(screen) string { return url },
		request: func(s screen, q hand.Question, _ int) (any, error) {
			document, err := s.hand.Document()
			return map[string]any{"query": document, "variables": s.hand.Variables(q)}, err
		},
	}, nil
}
