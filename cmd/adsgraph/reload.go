package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"adsgraph/internal/httpd"
	"adsgraph/internal/settings"
)

// followReloads reads the settings again at each SIGHUP until ctx ends, and sends
// what build makes of them. If anything in them is wrong, all that is in force
// stays.
func (c *config) followReloads(ctx context.Context, build func(*config) (httpd.Config, error)) <-chan httpd.Config {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	built := make(chan httpd.Config)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
			}
			next, ok := c.reload(ctx, build)
			if !ok {
				continue
			}
			select {
			case <-ctx.Done():
				return
			case built <- next:
			}
		}
	}()
	return built
}

// reload reads the settings again. It returns false if nothing is to be changed,
// and the log says why.
func (c *config) reload(ctx context.Context, build func(*config) (httpd.Config, error)) (httpd.Config, bool) {
	next, err := c.again()
	if err != nil {
		slog.ErrorContext(ctx, "the settings cannot be reloaded; those in force stay", "err", err)
		return httpd.Config{}, false
	}
	made, err := build(next)
	if err != nil {
		slog.ErrorContext(ctx, "the settings cannot be reloaded; those in force stay", "err", err)
		return httpd.Config{}, false
	}
	changed, waiting := c.set.Adopt(next.set)
	if len(waiting) > 0 {
		slog.WarnContext(ctx, "changed settings wait for a restart", "settings", describe(waiting))
	}
	if len(changed) == 0 {
		slog.InfoContext(ctx, "the settings were reloaded; nothing has changed that can", "file", c.set.Path())
		return httpd.Config{}, false
	}
	slog.InfoContext(ctx, "the settings were reloaded", "file", c.set.Path(), "changed", describe(changed))
	return made, true
}

// describe puts changes into one line.
func describe(changes []settings.Change) string {
	parts := make([]string, len(changes))
	for i, change := range changes {
		parts[i] = change.Name + " from " + change.Old + " to " + change.New
	}
	return strings.Join(parts, "; ")
}
