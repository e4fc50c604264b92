package export

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"adsgraph/internal/ads"
)

// sheet writes rows of one text each as CSV.
func sheet(t testing.TB, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := NewCSV(&b, Table{Labels: []string{"name"}}, false)
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	for _, s := range texts {
		if err := w.Row([]Cell{Text(s)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(nil, len(texts), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormulasAreDefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Spring":                     "Spring",
		"Spring - sale = 5 @ 3 + 2":  "Spring - sale = 5 @ 3 + 2",
		"":                           `""`,
		"a,b":                        `"a,b"`,
		`say "hi"`:                   `"say ""hi"""`,
		"=1+1":                       "'=1+1",
		"+1":                         "'+1",
		"-1":                         "'-1",
		"@SUM(A1)":                   "'@SUM(A1)",
		"\t=1":                       "\"'\t'=1\"",
		"\rx":                        "\"'\rx\"",
		"\nx":                        "\"'\nx\"",
		"＝1":                         "'＝1",
		"＋1":                         "'＋1",
		"－1":                         "'－1",
		"＠A":                         "'＠A",
		"﹣1":                         "'﹣1",
		"  =1":                       "  '=1",
		"\u200b=1":                   "\u200b'=1",
		"\ufeff=1":                   "\ufeff'=1",
		`"=1"`:                       `"""'=1"""`,
		"x;=1":                       `"x;'=1"`,
		"x\n=1":                      "\"x\n'=1\"",
		"x|-1":                       `"x|'-1"`,
		"x, -50 %":                   `"x, -50 %"`, // our separator: nothing cuts behind it
		"'=1":                        "'=1",
		`=HYPERLINK("http://x","y")`: `"'=HYPERLINK(""http://x"",""y"")"`,
	} {
		if got := sheet(t, text); got != "name\r\n"+want+"\r\nTotal\r\n" {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

// dangerous tells whether a spreadsheet may take what begins a cell for a
// formula. It shares nothing with the code that it checks.
func dangerous(cell string) bool {
	cell = strings.TrimLeftFunc(cell, func(r rune) bool {
		return r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r)
	})
	return slices.ContainsFunc([]string{"=", "+", "-", "@", "＝", "＋", "－", "＠"}, func(sign string) bool { return strings.HasPrefix(cell, sign) })
}

// FuzzCSV reads back what was written: the columns are where they were, the
// texts are the same but for apostrophes, numbers are untouched, and no cell
// begins a formula, wherever a program may cut.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"", "=1", "a\r\n=b", "\t", "\r", "x;\"=1", "-", "＝", "\u00a0+1", "a|@b", "'=", "\"", "\x00=1", "é,\"\n", "\xff=1", ";;=", "\n\n-1"} {
		f.Add(s, "x", int64(-5), -0.25)
		f.Add("x", s, int64(0), 1e-9)
	}
	f.Fuzz(func(t *testing.T, a, b string, n int64, x float64) {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?") // the database holds nothing else
		if math.IsNaN(x) || math.IsInf(x, 0) {
			x = 0
		}
		var out bytes.Buffer
		w := NewCSV(&out, Table{Labels: []string{"a", "b"}, Numbers: []string{"n", "x", "m"}}, false)
		cells := []Cell{Text(a), Text(b), Int(n), Float(x), Amount(ads.Money{Micros: ads.Micros(n), Currency: "USD"})}
		if err := errors.Join(w.Begin(), w.Row(cells), w.End(cells[2:], 1, nil)); err != nil {
			t.Fatal(err)
		}
		r := stdcsv.NewReader(strings.NewReader(out.String()))
		records, err := r.ReadAll()
		if err != nil || len(records) != 3 || len(records[1]) != 5 {
			t.Fatalf("%q: %v, %q", out.String(), err, records)
		}
		for i, want := range []string{a, b} {
			got := records[1][i]
			want = strings.ReplaceAll(want, "\r\n", "\n") // encoding/csv reads it so
			if strings.ReplaceAll(got, "'", "") != strings.ReplaceAll(want, "'", "") {
				t.Fatalf("%q came back as %q", want, got)
			}
			for _, part := range strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(";\t|\r\n", r) }) {
				if dangerous(part) {
					t.Fatalf("%q in %q begins a formula", part, out.String())
				}
			}
			if got != "" && strings.ContainsRune("=+-@\t\r", rune(got[0])) {
				t.Fatalf("%q begins a formula", got)
			}
		}
		if records[1][2] != strconv.FormatInt(n, 10) || records[2][0] != "Total" || records[2][2] != records[1][2] {
			t.Fatalf("numbers changed: %q", records)
		}
		if back, err := strconv.ParseFloat(records[1][3], 64); err != nil || back != x || strings.ContainsAny(records[1][3], "eE") {
			t.Fatalf("%v came back as %q", x, records[1][3])
		}
	})
}

// FuzzJSONL reads back what was written.
func FuzzJSONL(f *testing.F) {
	f.Add("a", int64(-5), -0.25)
	f.Add("\u2028\x00\"\\\n=", int64(math.MinInt64), 1e-9)
	f.Fuzz(func(t *testing.T, s string, n int64, x float64) {
		s = strings.ToValidUTF8(s, "?")
		if math.IsNaN(x) || math.IsInf(x, 0) {
			x = 0
		}
		var out bytes.Buffer
		w := NewJSONL(&out, Table{Labels: []string{"a"}, Numbers: []string{"n", "x"}})
		if err := errors.Join(w.Begin(), w.Row([]Cell{Text(s), Int(n), Float(x)}), w.End([]Cell{Int(n), {}}, 1, nil)); err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(out.String(), "\n")
		if len(lines) != 3 || lines[2] != "" {
			t.Fatalf("%d lines: %q", len(lines), lines)
		}
		var row struct {
			A string
			N int64
			X float64
		}
		if err := json.Unmarshal([]byte(lines[0]), &row); err != nil || row.A != s || row.N != n || row.X != x {
			t.Fatalf("%q, %d, %v came back as %+v, %v", s, n, x, row, err)
		}
	})
}

// TestFiles writes every kind of cell in both formats.
func TestFiles(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 6, 1, 2, 3, 4, 0, time.UTC)
	name := "Zoë, “x”"
	table := Table{Labels: []string{"id", "name", "isCbo", "startAt", "targeting", "budget"}, Numbers: []string{"spend", "impressions", "ctr", "reach"}}
	rows := [][]Cell{
		{
			Text("MUE"), TextOrNull(&name), Bool(true), Time(&at), Document(ads.JSON(`{"GENDER": ["female"]}`)), AmountOrNull(&ads.Money{Micros: 50_000_000, Currency: "USD"}),
			Amount(ads.Money{Micros: 12_345_678, Currency: "USD"}), Int(1200), Float(0.00001),
			{},
		},
		{
			Text("MUF"), TextOrNull[string](nil), Bool(false), Time(nil), Document(ads.JSON(`{}`)), AmountOrNull(nil),
			Amount(ads.Money{Micros: -1_000_000, Currency: "USD"}), Int(-3), Float(-2.5), Int(7),
		},
	}
	totals := []Cell{Amount(ads.Money{Micros: 11_345_678, Currency: "USD"}), Int(1197), Float(3), {}}
	write := func(w Writer) {
		if err := w.Begin(); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if err := w.Row(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.End(totals, len(rows), []byte(`{"from":"2026-06-01"}`)); err != nil {
			t.Fatal(err)
		}
	}
	var csv, lines bytes.Buffer
	write(NewCSV(&csv, table, true))
	write(NewJSONL(&lines, table))
	wantCSV := strings.ReplaceAll("\ufeff"+`id,name,isCbo,startAt,targeting,budget,spend,impressions,ctr,reach
MUE,"Zoë, “x”",true,2026-06-01T02:03:04Z,{""GENDER"": [""female""]},50.00,12.345678,1200,0.00001,
MUF,,false,,{},,-1.00,-3,-2.5,7
Total,,,,,,11.345678,1197,3,
`, "\n", "\r\n")
	wantCSV = strings.Replace(wantCSV, `{""GENDER"": [""female""]}`, `"{""GENDER"": [""female""]}"`, 1)
	if csv.String() != wantCSV {
		t.Errorf("CSV is\n%q, want\n%q", csv.String(), wantCSV)
	}
	if want := `{"id":"MUE","name":"Zoë, “x”","isCbo":true,"startAt":"2026-06-01T02:03:04Z","targeting":{"GENDER": ["female"]},"budget":"50.00","spend":"12.345678","impressions":1200,"ctr":0.00001,"reach":null}
{"id":"MUF","name":null,"isCbo":false,"startAt":null,"targeting":{},"budget":null,"spend":"-1.00","impressions":-3,"ctr":-2.5,"reach":7}
{"totals":{"spend":"11.345678","impressions":1197,"ctr":3,"reach":null},"rows":2,"context":{"from":"2026-06-01"}}
`; lines.String() != want {
		t.Errorf("JSON Lines are\n%s, want\n%s", &lines, want)
	}
}

// TestWritersReportErrors fails the file below.
func TestWritersReportErrors(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	table := Table{Labels: []string{"id"}}
	for _, w := range []Writer{NewCSV(broken{full}, table, false), NewJSONL(broken{full}, table)} {
		err := w.Begin()
		for range 100_000 {
			if err == nil {
				err = w.Row([]Cell{Text("0123456789")})
			}
		}
		if !errors.Is(err, full) {
			t.Errorf("rows: %v", err)
		}
		if err := w.End(nil, 0, nil); !errors.Is(err, full) {
			t.Errorf("end: %v", err)
		}
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

var _ io.Writer = broken{}
