package main

import (
	"context"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"adsgraph/bench/hand"
	"adsgraph/internal/store"
)

// owner is the demo's user who may see every advertiser.
const owner = 1

// connections is the size of every contender's pool, which is Adsgraph's.
const connections = 16

// serveHand answers the screens by hand-written statements until ctx ends: this
// program again, as a process of its own.
func serveHand(ctx context.Context, address, database string) error {
	debug.SetGCPercent(400) // as Adsgraph has it
	db, err := store.OpenDB(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	mux := http.NewServeMux()
	for _, s := range hand.Screens() {
		handler, err := s.Handler(db, owner, time.Now)
		if err != nil {
			return err
		}
		mux.Handle("POST /"+string(s), handler)
	}
	flat, err := hand.Flat(db, owner)
	if err != nil {
		return err
	}
	mux.Handle("POST /flat", flat)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	_ = server.Serve(listener) // it ends when it is closed
	return nil
}
