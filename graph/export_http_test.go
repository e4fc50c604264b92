package graph

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/observe"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestExportRefuses sends what cannot be exported: each gets a status, a code
// and the place of the mistake, and nothing that looks like a file.
func TestExportRefuses(t *testing.T) {
	t.Parallel()
	x := newExporter(t, pgtest.OpenDSN(t, smallDatabase(t)))
	limited := http.MaxBytesHandler(x, 4<<10)
	dates := map[string]any{"dates": map[string]any{"from": "2026-06-01", "to": "2026-06-07"}}
	with := func(more map[string]any) map[string]any {
		request := map[string]any{
			"advertiser": advertiserID(acme), "level": "CAMPAIGN", "format": "CSV", "report": dates, "metrics": []string{"SPEND"},
		}
		for name, v := range more {
			if request[name] = v; v == nil {
				delete(request, name)
			}
		}
		return request
	}
	report := func(more map[string]any) map[string]any {
		r := map[string]any{"dates": dates["dates"]}
		maps.Copy(r, more)
		return with(map[string]any{"report": r})
	}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := []struct {
		name     string
		body     any
		change   func(*http.Request)
		status   int
		code     fault.Code
		argument string
		message  string // part of it
	}{
		{"Get", "", func(r *http.Request) { r.Method = http.MethodGet }, 405, fault.Invalid, "", "POST"},
		{"Form", "a=b", header("Content-Type", "application/x-www-form-urlencoded"), 415, fault.Invalid, "", "application/json"},
		{"NoType", with(nil), header("Content-Type", ""), 415, fault.Invalid, "", ""},
		{"TooLarge", with(map[string]any{"fields": []string{strings.Repeat("x", 5000)}}), nil, 413, fault.TooLarge, "", "4096 bytes"},
		{"NotJSON", "{", nil, 400, fault.Invalid, "", "JSON"},
		{"List", "[]", nil, 400, fault.Invalid, "", ""},
		{"Two", `{"level":"AD","format":"CSV"}{}`, nil, 400, fault.Invalid, "", "follows"},
		{"Empty", "{}", nil, 400, fault.Invalid, "format", "CSV"},
		{"UnknownMember", with(map[string]any{"limit": 5}), nil, 400, fault.Invalid, "limit", "limit"},
		{"WrongType", with(map[string]any{"fields": "id"}), nil, 400, fault.Invalid, "fields", "string"},
		{"Format", with(map[string]any{"format": "XLSX"}), nil, 400, fault.Invalid, "format", ""},
		{"Level", with(map[string]any{"level": "PIN"}), nil, 400, fault.Invalid, "level", ""},
		{"Granularity", with(map[string]any{"granularity": "HOUR"}), nil, 400, fault.Invalid, "granularity", ""},
		{"BOM", with(map[string]any{"bom": true, "format": "JSONL"}), nil, 400, fault.Unsupported, "bom", ""},
		{"EmptyStepsOfNone", with(map[string]any{"emptySteps": true}), nil, 400, fault.Unsupported, "emptySteps", ""},
		{"NoFields", with(map[string]any{"fields": []string{}}), nil, 400, fault.Invalid, "fields", "at least one"},
		{"Field", with(map[string]any{"fields": []string{"id", "bid"}}), nil, 400, fault.Invalid, "fields", "objective"},
		{"FieldTwice", with(map[string]any{"fields": []string{"id", "id"}}), nil, 400, fault.Invalid, "fields", "twice"},
		{"Metric", with(map[string]any{"metrics": []string{"spend"}}), nil, 400, fault.Invalid, "metrics", `"spend"`},
		{"MetricTwice", with(map[string]any{"metrics": []string{"CTR", "CTR"}}), nil, 400, fault.Invalid, "metrics", "twice"},
		{"MetricsWithoutReport", with(map[string]any{"report": nil}), nil, 400, fault.Invalid, "report", ""},
		{"StepsWithoutReport", with(map[string]any{"report": nil, "metrics": nil, "granularity": "DAY"}), nil, 400, fault.Invalid, "report", ""},
		{"StepsOfNothing", with(map[string]any{"metrics": nil, "granularity": "DAY"}), nil, 400, fault.Invalid, "metrics", "by day"},
		{"StepsOfReach", with(map[string]any{"metrics": []string{"REACH"}, "granularity": "DAY"}), nil, 400, fault.Invalid, "metrics", "by day"},
		{"StepsCompared", with(map[string]any{"granularity": "DAY", "report": map[string]any{"dates": dates["dates"], "compareTo": "PREVIOUS_PERIOD"}}), nil, 400, fault.Unsupported, "granularity", "compareTo"},
		{"AdvertiserMissing", with(map[string]any{"advertiser": nil}), nil, 400, fault.Invalid, "advertiser", ""},
		{"AdvertiserMalformed", with(map[string]any{"advertiser": "1"}), nil, 400, fault.Invalid, "advertiser", `"1"`},
		{"AdvertiserOfAnotherKind", with(map[string]any{"advertiser": campaignID(1, 11)}), nil, 404, fault.NotFound, "advertiser", ""},
		{"ForeignAdvertiser", with(map[string]any{"advertiser": advertiserID(2)}), nil, 404, fault.NotFound, "advertiser", ""},
		{"NoSuchAdvertiser", with(map[string]any{"advertiser": advertiserID(99)}), nil, 404, fault.NotFound, "advertiser", ""},
		{"FilterType", with(map[string]any{"filter": "x"}), nil, 400, fault.Invalid, "filter", "CampaignFilter"},
		{"FilterField", with(map[string]any{"filter": map[string]any{"colour": "red"}}), nil, 400, fault.Invalid, "filter", "unknown field"},
		{"FilterValue", with(map[string]any{"filter": map[string]any{"status": []string{"ACTIVE", "GONE"}}}), nil, 400, fault.Invalid, "filter", "GONE"},
		{"FilterText", with(map[string]any{"filter": map[string]any{"nameContains": ""}}), nil, 400, fault.Invalid, "nameContains", ""},
		{"FilterNumber", with(map[string]any{"filter": map[string]any{"metrics": []any{map[string]any{"metric": "CTR", "min": 2, "max": 1}}}}), nil, 400, fault.Invalid, "metrics", "at least 2 and at most 1"},
		{"FilterOfForeignCampaign", with(map[string]any{"level": "AD", "filter": map[string]any{"campaignIds": []string{campaignID(2, 21)}}}), nil, 404, fault.NotFound, "filter", ""},
		{"OrderTwice", with(map[string]any{"orderBy": map[string]any{"field": "NAME", "metric": "SPEND", "direction": "ASC"}}), nil, 400, fault.Invalid, "orderBy", ""},
		{"OrderOfAnotherLevel", with(map[string]any{"orderBy": map[string]any{"field": "BID", "direction": "ASC"}}), nil, 400, fault.Invalid, "orderBy", "BID"},
		{"OrderWithoutDirection", with(map[string]any{"orderBy": map[string]any{"field": "NAME"}}), nil, 400, fault.Invalid, "orderBy", ""},
		{"OrderByMetricWithoutReport", with(map[string]any{"report": nil, "metrics": nil, "orderBy": map[string]any{"metric": "SPEND", "direction": "ASC"}}), nil, 400, fault.Invalid, "orderBy", "report"},
		{"ReportWithoutDates", with(map[string]any{"report": map[string]any{}}), nil, 400, fault.Invalid, "report", ""},
		{"Dates", report(map[string]any{"dates": map[string]any{"from": "2026-06-07", "to": "2026-06-01"}}), nil, 400, fault.Invalid, "dates", ""},
		{"TooManyDays", report(map[string]any{"dates": map[string]any{"from": "2024-06-07", "to": "2026-06-01"}}), nil, 400, fault.TooLarge, "dates", "366"},
		{"Day", report(map[string]any{"dates": map[string]any{"from": "yesterday", "to": "2026-06-01"}}), nil, 400, fault.Invalid, "report", "yesterday"},
		{"Comparison", report(map[string]any{"compareTo": "LAST_YEAR"}), nil, 400, fault.Invalid, "report", "LAST_YEAR"},
		{"Attribution", report(map[string]any{"attribution": map[string]any{"clickWindowDays": 5}}), nil, 400, fault.Invalid, "attribution", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := sendExport(t, limited, agency, tt.body, tt.change)
			text := bodyOf(t, res)
			var out struct {
				Errors []struct {
					Message    string
					Extensions struct {
						Code     fault.Code
						Argument string
					}
				}
			}
			if err := json.Unmarshal([]byte(text), &out); err != nil || len(out.Errors) != 1 {
				t.Fatalf("%d %s", res.StatusCode, text)
			}
			e := out.Errors[0]
			if res.StatusCode != tt.status || e.Extensions.Code != tt.code || e.Extensions.Argument != tt.argument || !strings.Contains(e.Message, tt.message) || len(e.Message) < 5 {
				t.Errorf("%d %s, want %d %s in %q", res.StatusCode, text, tt.status, tt.code, tt.argument)
			}
			if res.Header.Get("Content-Disposition") != "" || res.Header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("it looks like a file: %v", res.Header)
			}
			if tt.status == 405 && res.Header.Get("Allow") != "POST" {
				t.Error("405 without Allow")
			}
		})
	}
	if res := sendExport(t, x, 0, with(nil), nil); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a viewer: %d %s", res.StatusCode, bodyOf(t, res))
	}
	if res := sendExport(t, x, 2, with(nil), nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("another tenant's viewer: %d %s", res.StatusCode, bodyOf(t, res))
	}
	if res := sendExport(t, x, agency, with(nil), nil); res.StatusCode != http.StatusOK {
		t.Errorf("nothing wrong: %d %s", res.StatusCode, bodyOf(t, res))
	}
}

// TestExportPaths checks that errors name the place in the request, as GraphQL
// names the place in its variables.
func TestExportPaths(t *testing.T) {
	t.Parallel()
	x := newExporter(t, pgtest.OpenDSN(t, smallDatabase(t)))
	for want, filter := range map[string]any{
		`["filter","status",1]`:           map[string]any{"status": []string{"ACTIVE", "GONE"}},
		`["filter","metrics",0,"metric"]`: map[string]any{"metrics": []any{map[string]any{"metric": "LUCK"}}},
		`["filter","colour"]`:             map[string]any{"colour": "red"},
	} {
		res := sendExport(t, x, agency, map[string]any{"advertiser": advertiserID(acme), "level": "CAMPAIGN", "format": "CSV", "filter": filter}, nil)
		if text := bodyOf(t, res); !strings.Contains(text, `"path":`+want) {
			t.Errorf("%s does not name %s", text, want)
		}
	}
}

// TestExportFailsBeforeItBegins lets the statement fail: that is an answer of
// its own, not a file.
func TestExportFailsBeforeItBegins(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenHooked(t, pgtest.Demo(t, "small"), func(ctx context.Context, query string) error {
		if !strings.HasPrefix(query, "-- name: CampaignExport") {
			return nil
		}
		if _, ok := ctx.Deadline(); ok {
			<-ctx.Done()
			return ctx.Err()
		}
		return errors.New("secret of the database")
	})
	x := newExporter(t, s)
	request := map[string]any{"advertiser": advertiserID(1), "level": "CAMPAIGN", "format": "CSV"}
	res := sendExport(t, x, agency, request, nil)
	if text := bodyOf(t, res); res.StatusCode != http.StatusInternalServerError || !strings.Contains(text, "INTERNAL") || strings.Contains(text, "secret") {
		t.Errorf("a failing statement: %d %s", res.StatusCode, text)
	}
	res = sendExport(t, x, agency, request, func(r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 50*time.Millisecond)
		t.Cleanup(cancel)
		*r = *r.WithContext(ctx)
	})
	if text := bodyOf(t, res); res.StatusCode != http.StatusGatewayTimeout || !strings.Contains(text, "TIMEOUT") {
		t.Errorf("out of time: %d %s", res.StatusCode, text)
	}
}

// longExport is a request whose file, of some 40 MB, fits into no buffer on the
// way: a row per ad of the crowd and day of a year.
func longExport() map[string]any {
	return map[string]any{
		"advertiser": advertiserID(acme), "level": "AD", "format": "JSONL", "granularity": "DAY", "emptySteps": true, "metrics": []string{"SPEND", "IMPRESSIONS", "CTR", "CPC"},
		"fields": []string{"id", "name", "status", "delivery", "deliveryReasons", "campaignId", "campaignName", "adGroupId", "adGroupName", "pinTitle", "advertiserName", "timeZone"},
		"report": map[string]any{"dates": map[string]any{"from": "2025-06-17", "to": "2026-06-16"}},
	}
}

// exportServer serves exports over HTTP, one at a time, for the agency, and
// returns its log.
func exportServer(t *testing.T, s *store.Store, change func(*http.Server)) *httptest.Server {
	t.Helper()
	x, err := NewExporter(s, 1)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := observe.WithRequestID(auth.NewContext(r.Context(), auth.Viewer{UserID: agency}), r.Header.Get("X-Request-Id"))
		x.ServeHTTP(w, r.WithContext(ctx))
	}))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	if change != nil {
		change(srv.Config)
	}
	srv.Start()
	t.Cleanup(srv.Close)
	return srv
}

// postExport sends a request over HTTP.
func postExport(ctx context.Context, t *testing.T, srv *httptest.Server, request any) reply {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL+"/export", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-Id", "request-of-"+t.Name())
	res, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return reply{res}
}

// running returns how many exports PostgreSQL works at.
func running(t *testing.T, db *sqlx.DB) (n int) {
	t.Helper()
	if err := db.Get(&n, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '-- name: AdExport%'`); err != nil {
		t.Fatal(err)
	}
	return n
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("it never was that %s", what)
		}
	}
}

// TestExportBreaksOff ends the database's part while rows are under way: the
// client sees an error and no totals, however it reads.
func TestExportBreaksOff(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, crowd)
	db := pgtest.DB(t, dsn)
	srv := exportServer(t, pgtest.OpenDSN(t, dsn), nil)
	for _, format := range []string{"CSV", "JSONL"} {
		request := longExport()
		request["format"] = format
		res := postExport(t.Context(), t, srv, request)
		body := bufio.NewReader(res.Body)
		if _, err := body.ReadString('\n'); err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res.StatusCode, err)
		}
		if n := running(t, db); n != 1 {
			t.Fatalf("%d statements run: the file is too short to be broken off", n)
		}
		db.MustExec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '-- name: AdExport%'`)
		rest, err := io.ReadAll(body)
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: the client read %d bytes and then got %v", format, len(rest), err)
		}
		if bytes.Contains(rest, []byte("Total")) || bytes.Contains(rest, []byte("totals")) || res.Trailer.Get("Adsgraph-Rows") != "" {
			t.Errorf("%s: what was broken off has totals", format)
		}
	}
}

// TestExportOfAClientThatLeaves ends a client in the middle: its SQL is
// cancelled at once, and its place is free.
func TestExportOfAClientThatLeaves(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, crowd)
	db := pgtest.DB(t, dsn)
	srv := exportServer(t, pgtest.OpenDSN(t, dsn), nil)
	ctx, leave := context.WithCancel(t.Context())
	first := postExport(ctx, t, srv, longExport())
	if _, err := first.Body.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	second := postExport(t.Context(), t, srv, longExport())
	if text := bodyOf(t, second); second.StatusCode != http.StatusTooManyRequests || second.Header.Get("Retry-After") == "" || !strings.Contains(text, "TOO_MANY") {
		t.Errorf("a second export meanwhile: %d %v %.200s", second.StatusCode, second.Header, text)
	}
	if n := running(t, db); n != 1 {
		t.Fatalf("%d statements run: the file is too short", n)
	}
	leave()
	start := time.Now()
	eventually(t, "no statement runs", func() bool { return running(t, db) == 0 })
	t.Logf("cancelled after %v", time.Since(start))
	eventually(t, "the place is free", func() bool {
		res := postExport(t.Context(), t, srv, map[string]any{"advertiser": advertiserID(acme), "level": "CAMPAIGN", "format": "CSV"})
		_, err := io.Copy(io.Discard, res.Body)
		return res.StatusCode == http.StatusOK && err == nil
	})
}

// TestExportOutlivesTheServersDeadlines makes the database slower than the
// server's time to read and write: the file comes all the same, whole.
func TestExportOutlivesTheServersDeadlines(t *testing.T) {
	t.Parallel()
	const deadline = 50 * time.Millisecond
	s := pgtest.OpenHooked(t, smallDatabase(t), func(ctx context.Context, query string) error {
		if strings.HasPrefix(query, "-- name: AdExport") {
			select {
			case <-time.After(6 * deadline):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	srv := exportServer(t, s, func(c *http.Server) { c.ReadTimeout, c.WriteTimeout = deadline, deadline })
	request := longExport()
	request["format"] = "CSV"
	res := postExport(t.Context(), t, srv, request)
	file := bodyOf(t, res)
	if !strings.Contains(file, "\r\nTotal,") || res.Trailer.Get("Adsgraph-Rows") != "2920" {
		t.Errorf("%d rows: %.300s", strings.Count(file, "\n"), file)
	}
}

// TestExportNames checks the names that clients save under.
func TestExportNames(t *testing.T) {
	t.Parallel()
	days := metrics.Window{Range: metrics.Range{From: "2026-06-01", To: "2026-06-07"}}
	for name, want := range map[string]string{
		"Acme Outdoor":            "Acme Outdoor_ads_2026-06-01_2026-06-07.csv",
		"東京堂":                     "東京堂_ads_2026-06-01_2026-06-07.csv",
		"../../etc/passwd":        "_.._etc_passwd_ads_2026-06-01_2026-06-07.csv",
		"a\"; filename=\"b.exe\n": "a__ filename=_b.exe__ads_2026-06-01_2026-06-07.csv",
		"-rf ~":                   "rf ~_ads_2026-06-01_2026-06-07.csv",
		"\u202egnp.exe":           "_gnp.exe_ads_2026-06-01_2026-06-07.csv",
		"100% & +1":               "100_ & +1_ads_2026-06-01_2026-06-07.csv",
	} {
		e := &Export{format: formatCSV, read: store.Export{Of: store.ListKey{Advertiser: &ads.Advertiser{Name: name}, Window: days, List: &store.List{Level: ads.LevelAd}}}}
		kind, params, err := mime.ParseMediaType(disposition(e.FileName())) // it prefers filename*
		if err != nil || kind != "attachment" || params["filename"] != want {
			t.Errorf("%q: %q %v, want %q", name, params, err, want)
		}
		if plain, _, _ := strings.Cut(disposition(e.FileName()), "; filename*="); strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r > '~' }) || strings.Count(plain, `"`) != 2 {
			t.Errorf("%q: %q", name, plain)
		}
	}
}
