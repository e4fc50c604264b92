package graph

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestSwitches switches a field, a document and all writes off, and on again.
func TestSwitches(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	s, db := pgtest.OpenDSN(t, dsn), pgtest.DB(t, dsn)
	switches := NewSwitches(s)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		switches.Run(ctx)
	}()
	defer func() {
		cancel()
		<-ended
	}()
	p := newProcess(t, dsn, s, Options{Switches: switches})
	screen := document(t, "MobileHome")
	label := func(key string) string {
		return `mutation { createLabels(input: {advertiserId: "` + advertiserID(acme) + `", idempotencyKey: "` + key + `", labels: [{value: "` + key + `", type: CUSTOM}]}) { labels { value } userErrors { code } } }`
	}
	asked := newWorld(t, s, Options{Switches: switches})
	refused := func(query string, variables map[string]any) bool {
		rec, _ := asked.costly(t, query, variables)
		off := strings.Contains(rec.Body.String(), string(fault.SwitchedOff))
		if off && (rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") != "30" || strings.Contains(rec.Body.String(), `"data"`)) {
			t.Errorf("%d %v %s", rec.Code, rec.Header(), rec.Body)
		}
		return off
	}
	change := func(target string, off bool) {
		t.Helper()
		var err error
		if off {
			err = store.SwitchOff(t.Context(), db, store.Switch{Target: target, Reason: "Reports are being repaired.", At: pgtest.Present})
		} else {
			_, err = store.SwitchOn(t.Context(), db, target)
		}
		if err != nil {
			t.Fatal(err)
		}
		soon(t, "the switch is seen", func() bool {
			seen := switches.off.Load()
			return seen != nil && has(*seen, target) == off
		})
	}
	viewer := `{ x: viewer { name } }`
	variables := goldenVariables(t, "MobileHome")
	for range 2 {
		if refused(viewer, nil) || refused(screen.Text, variables) {
			t.Error("something is off from the start")
		}
		change("viewer", true)
		if !refused(viewer, nil) || !refused("{ ...F } fragment F on Query { viewer { name } }", nil) || refused(screen.Text, variables) {
			t.Error("the field is on, or too much is off")
		}
		change("viewer", false)
		change(screen.Hash, true)
		if !refused(screen.Text, variables) || refused(screen.Text+" ", variables) || refused(viewer, nil) {
			t.Error("the document is on, or too much is off")
		}
		change(screen.Hash, false)
	}
	change(store.SwitchWrites, true)
	if !refused(label("while-off"), nil) || refused(viewer, nil) {
		t.Error("writes are on, or reads off")
	}
	change(store.SwitchWrites, false)
	if refused(label("while-on"), nil) {
		t.Error("writes are off")
	}
	change("campaignChanged", true)
	c := p.signIn(t, agency)
	c.subscribe(t, "s", follower, advertiserID(acme))
	if got, err := c.hear(); err != nil || !strings.Contains(got, "Reports are being repaired.") || !strings.Contains(got, string(fault.SwitchedOff)) {
		t.Errorf("got %s %v", got, err)
	}
}

// TestSwitchesStay keeps what is off when the database is away.
func TestSwitchesStay(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	s := pgtest.OpenDSN(t, dsn)
	if err := store.SwitchOff(t.Context(), pgtest.DB(t, dsn), store.Switch{Target: "viewer"}); err != nil {
		t.Fatal(err)
	}
	switches := NewSwitches(s)
	if err := switches.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	away, cancel := context.WithCancel(t.Context())
	cancel()
	if err := switches.Read(away); err == nil || !has(*switches.off.Load(), "viewer") {
		t.Errorf("%v, %v", err, switches.off.Load())
	}
}

func TestCheckSwitch(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]bool{
		"WRITES": true, "campaignPlan": true, "updateCampaigns": true, "metricsAdvanced": true, strings.Repeat("0a", 32): true,
		"writes": false, "CampaignsTable": false, "": false, "0a": false, "__schema": false,
	} {
		if CheckSwitch(target) != want {
			t.Errorf("%q: %v", target, !want)
		}
	}
}
