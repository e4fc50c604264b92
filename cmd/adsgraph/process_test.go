package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// build compiles the program.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "adsgraph")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// spawn runs the program as a process of its own until the test ends.
func spawn(t *testing.T, program string, args ...string) (server *exec.Cmd, address string) {
	t.Helper()
	server = exec.CommandContext(t.Context(), program, args...)
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_, rest, _ := strings.Cut(line, "http://")
	address, _, ok := strings.Cut(rest, "/")
	if err != nil || !ok {
		t.Fatalf("%v %q", err, line)
	}
	return server, address
}

// fleet is an account with bulk of campaigns for each of several requests.
const fleet = `
INSERT INTO app_user (id, email, name) VALUES (1, 'olga@example.com', 'Olga');
INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Acme', 'US', 'USD', 'America/New_York');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 1, 'OWNER');
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo, daily_budget_micros)
  SELECT 1, n, 'Campaign ' || n, 'AWARENESS', true, 5000000 FROM generate_series(1, %d) AS n;`

// TestKilledInTheMiddle kills the server while it makes bulk edits, again and again:
// each edit is wholly there, with its history, or not at all; sent again with its
// key, each has happened exactly once.
func TestKilledInTheMiddle(t *testing.T) {
	t.Parallel()
	const each, abreast = 50, 4
	kills := pgtest.Rounds(200, 20)
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.SetMaxOpenConns(1)
	db.MustExec(fmt.Sprintf(fleet, each*abreast))
	program, issuer := build(t), openIssuer(t)
	db.MustExec("INSERT INTO identity (issuer, subject, user_id) VALUES ($1, 'olga', 1)", issuer.Name)
	token := sign(t, issuer, "olga")

	// send makes edit number n of one group of campaigns, which gives all of them one
	// name. It is false if no answer came.
	send := func(address string, group, n int) bool {
		items := make([]map[string]any, each)
		for i := range items {
			id := int64(group*each + i + 1)
			items[i] = map[string]any{"id": ads.Ref{Level: ads.LevelCampaign, Advertiser: 1, ID: id}.String(), "version": n, "name": fmt.Sprintf("Edit %d", n)}
		}
		body, err := json.Marshal(map[string]any{
			"query": `mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { campaigns { name } userErrors { code } } }`,
			"variables": map[string]any{"in": map[string]any{
				"advertiserId": ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}.String(), "campaigns": items, "idempotencyKey": fmt.Sprintf("edit-%d-%d", group, n),
			}},
		})
		if err != nil {
			t.Error(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/graphql", strings.NewReader(string(body)))
		if err != nil {
			t.Error(err)
			return false
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			return false // it was killed
		}
		defer func() { _ = res.Body.Close() }()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			return false
		}
		if !strings.Contains(string(text), `"userErrors":[]`) || !strings.Contains(string(text), fmt.Sprintf(`{"name":"Edit %d"}`, n)) {
			t.Errorf("%.500s", text)
		}
		return true
	}
	again := func(address string, n int) {
		for group := range abreast {
			if !send(address, group, n) {
				t.Errorf("edit %d of group %d could not be sent again", n, group)
			}
		}
	}
	var cut, done int
	usual := 200 * time.Millisecond // from the request to the answer
	for n := 1; n <= kills && !t.Failed(); n++ {
		server, address := spawn(t, program, serveArgs(dsn, issuer)...)
		if n > 1 {
			again(address, n-1)
		}
		var all sync.WaitGroup
		answered := make([]time.Duration, abreast)
		start := time.Now()
		for group := range abreast {
			all.Go(func() {
				if send(address, group, n) {
					answered[group] = time.Since(start)
				}
			})
		}
		// At a moment that differs each time: from before the first statement to after the
		// last commit.
		timer := time.NewTimer(rand.N(usual * 3 / 2))
		<-timer.C
		if err := server.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = server.Wait()
		all.Wait()
		for left := 1; left > 0; { // the database may still be at the last commit
			if err := db.Get(&left, `SELECT count(*) FROM pg_stat_activity, pg_sleep(0.002) WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`); err != nil {
				t.Fatal(err)
			}
		}
		for group := range abreast {
			var changed, history int
			if err := db.QueryRow(`SELECT count(*) FILTER (WHERE c.name = $1 AND c.version = $2 + 1),
			  (SELECT count(*) FROM change AS h WHERE h.advertiser_id = 1 AND h.entity_id BETWEEN $3 AND $4 AND h.new_value = to_jsonb($1::text))
			  FROM campaign AS c WHERE c.advertiser_id = 1 AND c.id BETWEEN $3 AND $4`, fmt.Sprintf("Edit %d", n), n, group*each+1, (group+1)*each).Scan(&changed, &history); err != nil {
				t.Fatal(err)
			}
			switch {
			case changed == each && history == each:
				done++
				if answered[group] > 0 {
					usual = (usual*3 + answered[group]) / 4
				}
			case changed == 0 && history == 0 && answered[group] == 0:
				cut++
				usual += usual / 16 // or else none would ever be made
			default:
				t.Errorf("edit %d of group %d: %d of %d campaigns, %d changes in the history, answered after %v", n, group, changed, each, history, answered[group])
			}
		}
	}
	_, address := spawn(t, program, serveArgs(dsn, issuer)...)
	again(address, kills)
	t.Logf("%d kills: %d edits were cut off, %d had been made", kills, cut, done)
	var changes, wrong int
	if err := db.QueryRow(`SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM campaign WHERE version <> $1 + 1)`, kills).Scan(&changes, &wrong); err != nil || changes != kills*each*abreast || wrong > 0 {
		t.Errorf("%d changes, want %d; %d campaigns have another version, %v", changes, kills*each*abreast, wrong, err)
	}
	if cut == 0 || done == 0 {
		t.Errorf("all kills came too early or too late: %d cut off, %d made", cut, done)
	}
}
