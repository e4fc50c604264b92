package httpd

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// CheckPrivate says what is wrong with an address for ServePrivately. It must name
// one interface: heaps hold what requests asked for, so they are not for everybody
// who can reach the machine.
func CheckPrivate(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		return fmt.Errorf("%s is on all interfaces; name one, such as 127.0.0.1:6060, for whoever reads profiles reads data", address)
	}
	return nil
}

// ListenPrivately opens a port for ServePrivately, at an address that CheckPrivate
// accepts.
func ListenPrivately(ctx context.Context, address string) (net.Listener, error) {
	if err := CheckPrivate(address); err != nil {
		return nil, err
	}
	return (&net.ListenConfig{}).Listen(ctx, "tcp", address)
}

// ServePrivately answers, until ctx ends, /metrics with those of the process, and
// below /debug/pprof/ with profiles of CPU, heap and goroutines, as go tool pprof
// reads them.
func ServePrivately(ctx context.Context, l net.Listener, metrics http.Handler) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, IdleTimeout: time.Minute}
	defer context.AfterFunc(ctx, func() { _ = srv.Close() })()
	if err := srv.Serve(l); ctx.Err() == nil {
		return fmt.Errorf("serve the private port: %w", err)
	}
	return nil
}
