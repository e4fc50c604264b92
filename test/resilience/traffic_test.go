package resilience

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/graph"
	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// traffic is clients, each of which renames a campaign of its own again and again,
// with a key that it repeats until there is an answer, and reads it.
type traffic struct {
	url, token string
	client     *http.Client
	quiet      func() // ends the writes, and waits for their answers
	all        sync.WaitGroup
	answers    counts
	slowest    time.Duration
	mu         sync.Mutex
	// acknowledged is how many edits of each client were.
	acknowledged [campaigns]int
	seen         []*follower
}

// startTraffic starts clients that send rate requests per second together, and some
// that follow the campaigns.
func startTraffic(t *testing.T, url, token string, rate, followers int) *traffic {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	writing, stop := context.WithCancel(ctx)
	var writers sync.WaitGroup
	f := &traffic{url: url, token: token, client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 2 * campaigns}}}
	pause := time.Second * campaigns * 2 / time.Duration(rate)
	for i := range campaigns {
		writers.Go(func() { f.edit(writing, t, i, pause) })
	}
	f.quiet = func() {
		stop()
		writers.Wait()
	}
	for range followers {
		w := &follower{names: map[string]string{}}
		f.seen = append(f.seen, w)
		f.all.Go(func() { w.follow(ctx, f) })
	}
	t.Cleanup(func() {
		cancel()
		f.quiet()
		f.all.Wait()
	})
	return f
}

var code = regexp.MustCompile(`"code":"([A-Z_]+)"`)

// ask sends one request. It returns the body, and how it failed: the code of the
// first error, or "transport"; empty if all went well.
//
// mark is what the client keeps of a write, to see it from then on.
func (f *traffic) ask(ctx context.Context, body map[string]any, mark *string) (text, failure string) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return "", err.Error()
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, f.url, strings.NewReader(string(encoded)))
	if err != nil {
		return "", err.Error()
	}
	r.Header.Set("Authorization", "Bearer "+f.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(graph.ReadAfterHeader, *mark)
	start := time.Now()
	defer func() {
		f.mu.Lock()
		f.slowest = max(f.slowest, time.Since(start))
		f.mu.Unlock()
	}()
	res, err := f.client.Do(r)
	if err != nil {
		return err.Error(), "transport"
	}
	defer func() { _ = res.Body.Close() }()
	if m := res.Header.Get(graph.ReadAfterHeader); m != "" {
		*mark = m
	}
	all, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error(), "transport"
	}
	if m := code.FindSubmatch(all); m != nil {
		return string(all), string(m[1])
	}
	if res.StatusCode != http.StatusOK {
		return string(all), res.Status
	}
	return string(all), ""
}

// edit is one client.
func (f *traffic) edit(ctx context.Context, t *testing.T, i int, pause time.Duration) {
	t.Helper()
	ticks := time.NewTicker(pause)
	defer ticks.Stop()
	id, mark := ref(ads.LevelCampaign, int64(i+1)), ""
	for n := 1; ; {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		name := fmt.Sprintf("edit %d of %d", n, i)
		text, failure := f.ask(context.WithoutCancel(ctx), map[string]any{
			"query": `mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { campaigns { name } userErrors { code message } } }`,
			"variables": map[string]any{"in": map[string]any{
				"advertiserId": ref(ads.LevelAdvertiser, 1), "idempotencyKey": fmt.Sprintf("rename-%d-%d", i, n),
				"campaigns": []map[string]any{{"id": id, "version": n, "name": name}},
			}},
		}, &mark)
		f.answers.add("write " + failure)
		switch {
		case failure != "":
			f.wrong(t, failure, text)
			if t.Failed() {
				return
			}
			continue // the same again
		case !strings.Contains(text, `"name":"`+name+`"`):
			t.Errorf("client %d: %.300s", i, text)
			return
		}
		f.mu.Lock()
		f.acknowledged[i] = n
		f.mu.Unlock()
		n++
		text, failure = f.ask(context.WithoutCancel(ctx), map[string]any{
			"query":     `query ($id: ID!) { node(id: $id) { ... on Campaign { name } } }`,
			"variables": map[string]any{"id": id},
		}, &mark)
		f.answers.add("read " + failure)
		if failure != "" {
			f.wrong(t, failure, text)
		} else if !strings.Contains(text, `"name":"`+name+`"`) {
			t.Errorf("client %d read %.300s, want %s", i, text, name)
		}
	}
}

// wrong reports an error of a kind that no client should see.
func (f *traffic) wrong(t *testing.T, failure, text string) {
	t.Helper()
	switch failure {
	case "UNAVAILABLE", "TIMEOUT", "transport", "502 Bad Gateway":
	default:
		t.Errorf("%s: %.300s", failure, text)
	}
}

// failed returns how many requests were not answered as they should.
func (f *traffic) failed() (n int) {
	f.answers.Lock()
	defer f.answers.Unlock()
	for name, count := range f.answers.by {
		if name != "read " && name != "write " {
			n += count
		}
	}
	return n
}

// done returns how many edits were acknowledged.
func (f *traffic) done() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, edits := range f.acknowledged {
		n += edits
	}
	return n
}

// flows waits until writes go well, and returns how long that took.
func (f *traffic) flows(t *testing.T, limit time.Duration) time.Duration {
	t.Helper()
	before := f.done()
	return until(t, limit, "writes go on", func() bool { return f.done() > before+campaigns })
}

// check ends the traffic. Each acknowledged edit is there, once, and whoever follows
// knows the latest.
func (f *traffic) check(t *testing.T, db *sqlx.DB) {
	t.Helper()
	f.quiet()
	edits := f.done()
	if edits == 0 {
		t.Error("nothing was written")
	}
	var names []struct {
		ID      int64
		Name    string
		Version int
	}
	if err := db.Select(&names, `SELECT id, name, version FROM campaign ORDER BY id`); err != nil {
		t.Fatal(err)
	}
	for i, c := range names {
		want := f.acknowledged[i]
		// The last one may have happened without an answer.
		if c.Version != want+1 && c.Version != want+2 {
			t.Errorf("client %d: version %d after %d acknowledged edits", i, c.Version, want)
		}
		var twice int
		if err := db.Get(&twice, `SELECT count(*) - count(DISTINCT new_value) FROM change WHERE entity_id = $1`, c.ID); err != nil || twice != 0 {
			t.Errorf("client %d: %d edits happened twice, %v", i, twice, err)
		}
		var history int
		if err := db.Get(&history, `SELECT count(*) FROM change WHERE entity_id = $1`, c.ID); err != nil || history != c.Version-1 {
			t.Errorf("client %d: %d changes in the history of version %d, %v", i, history, c.Version, err)
		}
	}
	for _, w := range f.seen {
		until(t, 20*time.Second, "a follower knows the latest", func() bool {
			for _, c := range names {
				if w.name(ref(ads.LevelCampaign, c.ID)) != c.Name {
					return false
				}
			}
			return true
		})
	}
	f.answers.Lock()
	defer f.answers.Unlock()
	t.Logf("%d edits; answers %v; the slowest took %s", edits, f.answers.by, f.slowest.Round(time.Millisecond))
}

// follower knows the names of campaigns by what it reads, and by what it is told.
type follower struct {
	sync.Mutex
	names   map[string]string
	streams int
}

func (w *follower) name(id string) string {
	w.Lock()
	defer w.Unlock()
	return w.names[id]
}

type named struct {
	ID, Name string
}

func (w *follower) learn(c named) {
	w.Lock()
	defer w.Unlock()
	w.names[c.ID] = c.Name
}

// follow subscribes over and over: to events first, and then it reads.
func (w *follower) follow(ctx context.Context, f *traffic) {
	for ctx.Err() == nil {
		w.stream(ctx, f)
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (w *follower) stream(ctx context.Context, f *traffic) {
	body := fmt.Sprintf(`{"query":"subscription { campaignChanged(advertiserId: \"%s\") { missed campaign { id name } } }"}`, ref(ads.LevelAdvertiser, 1))
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, f.url, strings.NewReader(body))
	if err != nil {
		return
	}
	r.Header.Set("Authorization", "Bearer "+f.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	res, err := (&http.Client{Transport: f.client.Transport}).Do(r)
	if err != nil {
		return
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK || !w.read(ctx, f) {
		return
	}
	w.Lock()
	w.streams++
	w.Unlock()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "" {
			continue
		}
		var event struct {
			Data struct {
				CampaignChanged *struct {
					Missed   bool
					Campaign *named
				}
			}
		}
		if err := json.Unmarshal([]byte(data), &event); err != nil {
			return
		}
		switch e := event.Data.CampaignChanged; {
		case e == nil: // an error: what it was about is not known
			return
		case e.Missed:
			if !w.read(ctx, f) {
				return
			}
		case e.Campaign != nil:
			w.learn(*e.Campaign)
		}
	}
}

// read reads all campaigns.
func (w *follower) read(ctx context.Context, f *traffic) bool {
	text, failure := f.ask(ctx, map[string]any{"query": fmt.Sprintf(`{ advertiser(id: "%s") { campaigns(first: 50) { edges { node { id name } } } } }`, ref(ads.LevelAdvertiser, 1))}, new(store.Latest))
	if failure != "" {
		return false
	}
	var answer struct {
		Data struct {
			Advertiser struct {
				Campaigns struct{ Edges []struct{ Node named } }
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		return false
	}
	for _, e := range answer.Data.Advertiser.Campaigns.Edges {
		w.learn(e.Node)
	}
	return true
}
