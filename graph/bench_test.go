package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"runtime/debug"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// whale is the demo's advertiser with 2,000 campaigns.
const whale = 2

// contender answers one screen.
type contender struct {
	name    string
	handler http.Handler
	body    []byte
}

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
	dsn, clock := os.Getenv("ADSGRAPH_BENCH_DATABASE"), time.Now
	if dsn == "" {
		dsn, clock = pgtest.Demo(b, "medium"), pgtest.Clock
	}
	db := pgtest.DB(b, dsn)
	db.MustExec(handFunctions)
	s := store.New(pgtest.DB(b, dsn), clock)
	srv, err := NewServer(s, Options{})
	if err != nil {
		b.Fatal(err)
	}
	ours := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		srv.ServeHTTP(w, r.WithContext(auth.NewContext(r.Context(), auth.Viewer{UserID: agency})))
	})
	today := ads.DayOf(clock(), mustZone(b, db, whale))
	last30, err := metrics.Dates{Preset: metrics.Last30Days}.Resolve(today)
	if err != nil {
		b.Fatal(err)
	}
	w := last30.Window(metrics.PreviousPeriod)
	dates := []any{string(w.From), string(w.To), string(w.Previous.From), string(w.Previous.To)}
	variables := func(name string, change func(v map[string]any)) map[string]any {
		v := screenVariables(b, name, 50)
		change(v)
		return v
	}
	var middle int64 // a large account that is no whale
	if err := db.Get(&middle, "SELECT advertiser_id FROM campaign WHERE advertiser_id > 2 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"); err != nil {
		b.Fatal(err)
	}
	table := func(a int64) []contender {
		return []contender{
			{"adsgraph", ours, request(b, benchDocument(b, "CampaignsTable"), variables("CampaignsTable", func(v map[string]any) { v["id"] = advertiserID(a) }))},
			{"hand", oneStatement(b, db, handCampaignsTable, append(append([]any{a, agency}, dates...), 50, clock())...), nil},
		}
	}
	var busiest struct{ Advertiser, Campaign int64 } // a campaign with many ad groups that deliver
	if err := db.QueryRow(`SELECT advertiser_id, campaign_id FROM ad_group_day WHERE advertiser_id = 1 AND day BETWEEN $1 AND $2
	  GROUP BY 1, 2 ORDER BY count(DISTINCT ad_group_id) DESC, 2 LIMIT 1`, string(w.From), string(w.To)).Scan(&busiest.Advertiser, &busiest.Campaign); err != nil {
		b.Fatal(err)
	}
	only := func(name string) []contender {
		return []contender{{"adsgraph", ours, request(b, document(b, name).Text, screenVariables(b, name, 50))}}
	}
	return []screen{
		{"CampaignsTableOfWhale", table(whale)},
		{"CampaignsTable", table(middle)},
		{"CampaignDetail", []contender{
			{"adsgraph", ours, request(b, benchDocument(b, "CampaignDetail"), variables("CampaignDetail", func(v map[string]any) {
				v["id"], v["adGroups"] = campaignID(busiest.Advertiser, busiest.Campaign), 10
			}))},
			{"hand", oneStatement(b, db, handCampaignDetail(), append(append([]any{busiest.Advertiser, agency, busiest.Campaign}, dates...), clock(), 10, 3)...), nil},
		}},
		{"Nested", []contender{
			{"adsgraph", ours, request(b, nestedDocument, map[string]any{"id": advertiserID(whale)})},
			{"hand", oneStatement(b, db, handNested, whale, agency), nil},
			{"flat", flatNested(b, db, whale, agency), nil},
		}},
		{"AdvertiserOverview", only("AdvertiserOverview")},
		{"AdvertiserSwitcher", only("AdvertiserSwitcher")},
	}
}

// benchDocument returns a document that the hand-written statements answer too:
// the core of a screen, which itself has grown since.
func benchDocument(b *testing.B, name string) string {
	b.Helper()
	text, err := os.ReadFile("testdata/bench/" + name + ".graphql")
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

func mustZone(b *testing.B, db *sqlx.DB, advertiser int64) *time.Location {
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

func request(b *testing.B, query string, variables map[string]any) []byte {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// oneStatement answers with the JSON that a prepared statement makes.
func oneStatement(b *testing.B, db *sqlx.DB, text string, args ...any) http.Handler {
	b.Helper()
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	stmt, err := db.Preparex(text)
	if err != nil {
		b.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		var body []byte
		if err := stmt.QueryRowContext(r.Context(), args...).Scan(&body); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
}

var cursors = regexp.MustCompile(`"(cursor|startCursor|endCursor)" ?: ?"[^"]*"`)

// checkEqual fails unless all contenders give the same answer, cursors aside:
// everybody has his own.
func checkEqual(b *testing.B, s screen) {
	b.Helper()
	var first any
	for i, c := range s.contenders {
		rec := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", bytes.NewReader(c.body))
		r.Header.Set("Content-Type", "application/json")
		c.handler.ServeHTTP(rec, r)
		var got any
		text := cursors.ReplaceAll(rec.Body.Bytes(), []byte(`"$1":""`))
		if err := json.Unmarshal(text, &got); err != nil || rec.Code != http.StatusOK {
			b.Fatalf("%s of %s: %d, %v: %.500s", s.name, c.name, rec.Code, err, rec.Body.Bytes())
		}
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
					r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(c.body))
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
	const clients, rounds, round = 8, 9, time.Second
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
				load(b, servers[i].URL, c.body, clients, round/4) // warm up
			}
			for range rounds {
				for i, c := range s.contenders {
					rates[i] = append(rates[i], load(b, servers[i].URL, c.body, clients, round))
				}
			}
			for i, c := range s.contenders {
				b.ReportMetric(median(rates[i]), c.name+"_req/s")
			}
			ratios := make([]float64, rounds)
			for j := 1; j < len(s.contenders); j++ {
				for i := range rounds {
					ratios[i] = rates[0][i] / rates[j][i]
				}
				b.ReportMetric(median(ratios), "of_"+s.contenders[j].name)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

func median(list []float64) float64 {
	sorted := append([]float64(nil), list...)
	sort.Float64s(sorted)
	return sorted[len(sorted)/2]
}

// load sends a request again and again from several clients and returns how
// many were answered per second.
func load(b *testing.B, url string, body []byte, clients int, d time.Duration) float64 {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	defer client.CloseIdleConnections()
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		total int
		wrong error
	)
	start := time.Now()
	for i := range clients {
		// What is asked twice at once is answered once. Here every client is to
		// cost what a stranger would.
		mine := bytes.Replace(body, []byte("{"), fmt.Appendf(nil, `{"extensions":{"client":%d},`, i), 1)
		all.Go(func() {
			n := 0
			for time.Since(start) < d {
				res, err := client.Post(url, "application/json", bytes.NewReader(mine))
				if err == nil && res.StatusCode != http.StatusOK {
					err = fmt.Errorf("status %d", res.StatusCode)
				}
				if err != nil {
					mu.Lock()
					wrong = err
					mu.Unlock()
					return
				}
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
				n++
			}
			mu.Lock()
			total += n
			mu.Unlock()
		})
	}
	all.Wait()
	if wrong != nil {
		b.Fatal(wrong)
	}
	return float64(total) / time.Since(start).Seconds()
}
