package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// TestExportCommand writes files from the command line: the same as over HTTP,
// and whole or not there.
func TestExportCommand(t *testing.T) {
	t.Parallel()
	dsn, dir := pgtest.Demo(t, "small"), t.TempDir()
	export := func(args ...string) (stdout, stderr string, err error) {
		var out, errs bytes.Buffer
		err = run(t.Context(), append([]string{"export", "--database", dsn}, args...), noEnv, &out, &errs)
		return out.String(), errs.String(), err
	}
	file := filepath.Join(dir, "ads.csv")
	args := []string{
		"--advertiser", "1", "--level", "ad", "--from", "2026-05-01", "--to", "2026-06-10", "--metrics", "SPEND,roas", "--fields", "id,name,campaignName",
		"--order-by", "metric:spend:desc", "--compare", "PREVIOUS_PERIOD", "--attribution", `{"clickWindowDays":7,"engagementWindowDays":7}`, "--filter", `{"status":["ACTIVE","PAUSED"]}`,
	}
	stdout, stderr, err := export(append(args, "--output", file)...)
	if err != nil || stdout != "" || !strings.HasSuffix(stderr, " rows\n") {
		t.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(written), "id,name,campaignName,spend,roas,previousSpend,previousRoas\r\n") || !strings.Contains(string(written), "\r\nTotal,,,") {
		t.Errorf("the file is %.300s", written)
	}
	if stdout, _, err := export(args...); err != nil || stdout != string(written) {
		t.Errorf("the standard output got something else: %v %.300s", err, stdout)
	}
	issuer := openIssuer(t)
	know(t, dsn, issuer, "agency") // the database is shared, the issuer is not
	address := startServe(t, dsn, issuer)
	res := post(t, address, "/export", sign(t, issuer, "agency"), map[string]any{
		"advertiser": ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}.String(), "level": "AD", "format": "CSV", "fields": []string{"id", "name", "campaignName"},
		"metrics": []string{"SPEND", "ROAS"}, "orderBy": map[string]any{"metric": "SPEND", "direction": "DESC"}, "filter": map[string]any{"status": []string{"ACTIVE", "PAUSED"}},
		"report": map[string]any{
			"dates": map[string]any{"from": "2026-05-01", "to": "2026-06-10"}, "compareTo": "PREVIOUS_PERIOD",
			"attribution": map[string]any{"clickWindowDays": 7, "engagementWindowDays": 7},
		},
	})
	if body, err := io.ReadAll(res.Body); err != nil || !bytes.Equal(body, written) {
		t.Errorf("over HTTP it is something else: %v %d %.300s", err, res.StatusCode, body)
	}
	if res := post(t, address, "/export", "wrong-token", map[string]any{}); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d", res.StatusCode)
	}

	for _, tt := range []struct{ want, args string }{
		{"--advertiser", "--level ad"},
		{"no advertiser 99", "--advertiser 99"},
		{"not an id", "--advertiser nobody"},
		{"or you may not see it", "--advertiser 1 --user 999999"},
		{"LUCK", "--advertiser 1 --preset YESTERDAY --metrics LUCK"},
		{"report", "--advertiser 1 --metrics SPEND"},
		{"filter.status[0]: GONE", `--advertiser 1 --filter {"status":["GONE"]}`},
		{"--filter is not JSON", "--advertiser 1 --filter status"},
		{"--order-by", "--advertiser 1 --order-by spend"},
		{"level", "--advertiser 1 --level pin"},
		{`"out.csv"`, "--advertiser 1 out.csv"},
		{"no such file", "--advertiser 1 --output " + filepath.Join(dir, "nowhere", "x.csv")},
	} {
		_, _, err := export(strings.Fields(tt.args)...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want something of %s", tt.args, err, tt.want)
		}
	}
	if _, _, err := export("--advertiser", "1", "--output", file, "--metrics", "LUCK"); err == nil {
		t.Error("a mistake wrote a file")
	}
	if names := filesIn(t, dir); names != "ads.csv" {
		t.Errorf("left in the directory: %s", names)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, written) {
		t.Errorf("a mistake changed the file that was there: %v", err)
	}
	if _, stderr, err := export("-h"); err == nil || !strings.Contains(stderr, "adsgraph export --advertiser 1") {
		t.Errorf("help: %v %s", err, stderr)
	}
}

// reply is a response that is closed with the test.
type reply struct{ *http.Response }

// post sends a request as JSON to a path.
func post(t *testing.T, address, path, token string, request any) reply {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return reply{res}
}

// filesIn lists a directory.
func filesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// TestWriteWhole breaks off writing, with and without a file that is there.
func TestWriteWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "x.csv")
	brokenOff := errors.New("broken off")
	half := func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		if names := filesIn(t, dir); !strings.Contains(names, ".partial") {
			t.Errorf("while it is written: %s", names)
		}
		return brokenOff
	}
	whole := func(w io.Writer) error {
		_, err := io.WriteString(w, "whole")
		return err
	}
	if err := writeWhole(name, nil, half); !errors.Is(err, brokenOff) || filesIn(t, dir) != "" {
		t.Errorf("%v leaves %q", err, filesIn(t, dir))
	}
	if err := writeWhole(name, nil, whole); err != nil || filesIn(t, dir) != "x.csv" {
		t.Errorf("%v leaves %q", err, filesIn(t, dir))
	}
	if err := writeWhole(name, nil, half); !errors.Is(err, brokenOff) || filesIn(t, dir) != "x.csv" {
		t.Errorf("%v leaves %q", err, filesIn(t, dir))
	}
	if b, err := os.ReadFile(name); err != nil || string(b) != "whole" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if err := writeWhole(dir, nil, whole); err == nil {
		t.Error("a directory was written to")
	}
	if err := writeWhole(os.DevNull, nil, whole); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s was replaced: %v", os.DevNull, err)
	}
}

// million gives an advertiser a million rows of facts: 20,000 ads on 50 days.
const million = `
INSERT INTO app_user (id, email, name) VALUES (1, 'owner@example.com', 'Olga Owner');
INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Acme', 'US', 'USD', 'America/New_York');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 1, 'OWNER');
INSERT INTO pin (advertiser_id, id, title, creative_type) VALUES (1, 1, 'Boots', 'REGULAR');
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) VALUES (1, 1, 'Campaign', 'AWARENESS', false);
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) VALUES (1, 1, 1, 'Group', 'CBO_ADGROUP', 'IMPRESSION');
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status)
  SELECT 1, n, 1, 1, 1, 'Ad number ' || n || ' of very many', 'REGULAR', 'APPROVED' FROM generate_series(1, 20000) AS n;
INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros, impressions_paid, clicks_paid, checkouts, checkout_value_micros)
  SELECT 1, 1, 1, n, day::date, 1000000 + n, 1000 + n % 7, n % 11, n % 3, n % 3 * 5000000
  FROM generate_series('2026-04-01'::timestamp, '2026-05-20', '1 day') AS day, generate_series(1, 20000) AS n;`

// TestMillionRows exports a million rows from a server of its own process: they
// all come, and its memory grows by less than 64 MB.
func TestMillionRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take most of a minute: not with -short")
	}
	if runtime.GOOS != "linux" {
		t.Skip("the memory of another process is read from /proc, which only Linux has")
	}
	dsn := pgtest.Database(t)
	begin := time.Now()
	pgtest.DB(t, dsn).MustExec(million)
	t.Logf("filled in %v", time.Since(begin))
	issuer := openIssuer(t)
	know(t, dsn, issuer, "olga")
	token := sign(t, issuer, "olga")
	server, address := spawn(t, build(t), serveArgs(dsn, issuer)...)
	request := func(format, last string) map[string]any {
		return map[string]any{
			"advertiser": ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}.String(), "level": "AD", "format": format, "granularity": "DAY",
			"fields": []string{"id", "name", "status", "campaignName", "adGroupName"}, "metrics": []string{"SPEND", "IMPRESSIONS", "CTR", "CPC", "CHECKOUTS", "ROAS"},
			"orderBy": map[string]any{"metric": "SPEND", "direction": "DESC"},
			"report":  map[string]any{"dates": map[string]any{"from": "2026-04-01", "to": last}},
		}
	}
	if res := post(t, address, "/export", token, request("CSV", "2026-04-01")); res.StatusCode != http.StatusOK { // code and buffers are there now
		t.Fatal(res.StatusCode)
	} else if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"CSV", "JSONL"} {
		before := memory(t, server.Process.Pid, "VmRSS")
		if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", server.Process.Pid), []byte("5"), 0o600); err != nil {
			t.Skipf("this system does not let a process reset the peak of another's memory, so it cannot be measured: %v", err)
		}
		begin := time.Now()
		res := post(t, address, "/export", token, request(format, "2026-05-20"))
		lines, bytes := 0, 0
		body := bufio.NewReaderSize(res.Body, 1<<20)
		var tail string
		for {
			line, err := body.ReadSlice('\n')
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			lines, bytes = lines+1, bytes+len(line)
			tail = string(line)
		}
		took, peak := time.Since(begin), memory(t, server.Process.Pid, "VmHWM")
		t.Logf("%s: %d lines, %d MB in %.1f s: %.0f rows/s; memory %d kB, at most %d kB more", format, lines, bytes>>20, took.Seconds(), 1e6/took.Seconds(), before, peak-before)
		if want := map[string]int{"CSV": 1_000_002, "JSONL": 1_000_001}[format]; lines != want || res.Trailer.Get("Adsgraph-Rows") != "1000000" || !strings.Contains(strings.ToLower(tail), "total") {
			t.Errorf("%s: %d lines, the last one %.200s", format, lines, tail)
		}
		if peak-before >= 64<<10 {
			t.Errorf("%s: memory grew by %d kB", format, peak-before)
		}
	}
}

// memory returns what /proc says of a process's memory, in kB.
func memory(t *testing.T, pid int, what string) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if name, value, ok := strings.Cut(line, ":"); ok && name == what {
			n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatalf("no %s in %s", what, status)
	return 0
}
