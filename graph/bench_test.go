package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"runtime/debug"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"adsgraph/bench/hand"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/load"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// whale is the demo's advertiser with 2,000 campaigns.
const whale = 2

// contender answers one screen. Its requests take turns; they ask for the same,
// but are different to Adsgraph, which runs equal queries that are asked at once
// only once.
type contender struct {
	name    string
	handler http.Handler
	bodies  [][]byte
}

// clients is how many requests BenchmarkAgainstHand has under way, and turns how
// many different ones there are.
const clients, turns = 8, 256

// screen is a screen with everybody who answers it.
type screen struct {
	name       string
	contenders []contender
}

// benchScreens returns the screens to compare, over the medium demo, or over
// the database that ADSGRAPH_BENCH_DATABASE names, which was filled just now.
func benchScreens(b *testing.B) []screen {
	b.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	b.Cleanup(func(old int) func() { return func() { debug.SetGCPercent(old) } }(debug.SetGCPercent(400))) // as the program does
	if dsn := os.Getenv("ADSGRAPH_BENCH_DATABASE"); dsn != "" {
		return screensOf(b, dsn, time.Now)
	}
	return screensOf(b, pgtest.Demo(b, "medium"), pgtest.Clock)
}

// TestHandWritten keeps what the benchmarks compare with equal to our answers.
func TestHandWritten(t *testing.T) {
	t.Parallel()
	for _, s := range screensOf(t, pgtest.OwnDemo(t, "small"), pgtest.Clock) {
		checkEqual(t, s)
	}
}

// screensOf returns the screens over a database of the demo.
func screensOf(b testing.TB, dsn string, clock func() time.Time) []screen {
	b.Helper()
	db := pgtest.DB(b, dsn)
	db.MustExec(hand.Functions)
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	s := store.New(pgtest.DB(b, dsn), clock)
	srv, err := NewServer(s, Options{})
	if err != nil {
		b.Fatal(err)
	}
	ours := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		srv.ServeHTTP(w, r.WithContext(auth.NewContext(r.Context(), auth.Viewer{UserID: agency})))
	})
	yesterday := ads.DayOf(clock(), mustZone(b, db, whale)).Add(-1)
	compared := func(name string, s hand.Screen, q hand.Question, days int) screen {
		q = q.Ending(yesterday, days)
		text, err := s.Document()
		if err != nil {
			b.Fatal(err)
		}
		question, err := json.Marshal(q)
		if err != nil {
			b.Fatal(err)
		}
		statement, err := s.Handler(db, agency, clock)
		if err != nil {
			b.Fatal(err)
		}
		list := []contender{{"adsgraph", ours, requests(b, text, s.Variables(q))}, {"hand", statement, [][]byte{question}}}
		if s == hand.Nested {
			flat, err := hand.Flat(db, agency)
			if err != nil {
				b.Fatal(err)
			}
			list = append(list, contender{"flat", flat, [][]byte{question}})
		}
		return screen{name, list}
	}
	var middle int64 // a large account that is no whale
	if err := db.Get(&middle, "SELECT advertiser_id FROM campaign WHERE advertiser_id <> $1 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", whale); err != nil {
		b.Fatal(err)
	}
	var busiest hand.Question // a campaign with many ad groups that deliver
	if err := db.QueryRow(`SELECT advertiser_id, campaign_id FROM ad_group_day WHERE advertiser_id = 1 AND day BETWEEN $1 AND $2
	  GROUP BY 1, 2 ORDER BY count(DISTINCT ad_group_id) DESC, 2 LIMIT 1`, string(yesterday.Add(-29)), string(yesterday)).Scan(&busiest.Advertiser, &busiest.Campaign); err != nil {
		b.Fatal(err)
	}
	whole := func(name string) screen {
		return screen{name + "InFull", []contender{{"adsgraph", ours, requests(b, document(b, name).Text, screenVariables(b, name, 50))}}}
	}
	return []screen{
		compared("CampaignsTableOfWhale", hand.CampaignsTable, hand.Question{Advertiser: whale}, 30),
		compared("CampaignsTable", hand.CampaignsTable, hand.Question{Advertiser: middle}, 30),
		compared("CampaignDetail", hand.CampaignDetail, busiest, 30),
		compared("Nested", hand.Nested, hand.Question{Advertiser: whale}, 30),
		compared("AdvertiserOverview", hand.Overview, hand.Question{Advertiser: middle}, 60),
		whole("AdvertiserOverview"),
		whole("AdvertiserSwitcher"),
	}
}

func mustZone(b testing.TB, db *sqlx.DB, advertiser int64) *time.Location {
	b.Helper()
	var name string
	if err := db.Get(&name, "SELECT time_zone FROM advertiser WHERE id = $1", advertiser); err != nil {
		b.Fatal(err)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		b.Fatal(err)
	}
	return zone
}

// request returns the body of a request.
func request(b *testing.B, query string, variables map[string]any) []byte {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// requests returns bodies that ask for the same and are not shared.
func requests(b testing.TB, query string, variables map[string]any) [][]byte {
	b.Helper()
	list := make([][]byte, turns)
	for n := range list {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables, "extensions": map[string]any{"request": n}})
		if err != nil {
			b.Fatal(err)
		}
		list[n] = body
	}
	return list
}

// checkEqual fails unless all contenders give the same answer, cursors aside:
// everybody has his own.
func checkEqual(b testing.TB, s screen) {
	b.Helper()
	var first any
	for i, c := range s.contenders {
		rec := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", bytes.NewReader(c.bodies[0]))
		r.Header.Set("Content-Type", "application/json")
		c.handler.ServeHTTP(rec, r)
		var got any
		if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil || rec.Code != http.StatusOK {
			b.Fatalf("%s of %s: %d, %v: %.500s", s.name, c.name, rec.Code, err, rec.Body.Bytes())
		}
		hand.WithoutCursors(got)
		if i == 0 {
			first = got
		} else if !reflect.DeepEqual(first, got) {
			b.Fatalf("%s: %s answers otherwise than %s\n%s", s.name, c.name, s.contenders[0].name, cmp.Diff(first, got))
		}
	}
}

// BenchmarkScreens measures each screen alone, in the process: time,
// allocations and statements per request.
func BenchmarkScreens(b *testing.B) {
	for _, s := range benchScreens(b) {
		checkEqual(b, s)
		for _, c := range s.contenders {
			b.Run(s.name+"/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				statements := 0
				for b.Loop() {
					ctx, stats := store.WithStats(context.Background())
					r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(c.bodies[0]))
					r.Header.Set("Content-Type", "application/json")
					c.handler.ServeHTTP(httptest.NewRecorder(), r)
					statements += len(stats.Executions())
				}
				if statements > 0 {
					b.ReportMetric(float64(statements)/float64(b.N), "statements/op")
				}
			})
		}
	}
}

// BenchmarkAgainstHand compares requests per second over HTTP at a concurrency
// of 8. The contenders take turns, so that a machine that gets slower slows all
// of them; the ratio is the median over the rounds.
func BenchmarkAgainstHand(b *testing.B) {
	const rounds, round = 9, time.Second
	for _, s := range benchScreens(b) {
		if len(s.contenders) == 1 {
			continue
		}
		checkEqual(b, s)
		b.Run(s.name, func(b *testing.B) {
			rates := make([][]float64, len(s.contenders))
			servers := make([]*httptest.Server, len(s.contenders))
			for i, c := range s.contenders {
				servers[i] = httptest.NewServer(c.handler)
				defer servers[i].Close()
				ask(b, servers[i].URL, c, round/4) // warm up
			}
			for range rounds {
				for i, c := range s.contenders {
					rates[i] = append(rates[i], ask(b, servers[i].URL, c, round))
				}
			}
			for i, c := range s.contenders {
				b.ReportMetric(load.Median(rates[i]), c.name+"_req/s")
			}
			ratios := make([]float64, rounds)
			for j := 1; j < len(s.contenders); j++ {
				for i := range rounds {
					ratios[i] = rates[0][i] / rates[j][i]
				}
				b.ReportMetric(load.Median(ratios), "of_"+s.contenders[j].name)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// ask sends requests for a while and returns how many were answered per second.
func ask(b *testing.B, url string, c contender, d time.Duration) float64 {
	b.Helper()
	result, err := load.Run(b.Context(), load.Config{URL: url, Bodies: c.bodies, Concurrency: clients, Duration: d})
	if err != nil {
		b.Fatal(err)
	}
	if result.Errors > 0 {
		b.Fatalf("%s: %d of %d requests failed, first: %s", c.name, result.Errors, result.Requests, result.FirstError)
	}
	return result.PerSecond
}
