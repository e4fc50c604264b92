package importer

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	english, german := numbers{'.', ','}, numbers{',', '.'}
	for _, test := range []struct {
		n       numbers
		cell    string
		digits  int
		want    int64
		rounded bool
		err     error
	}{
		{english, "1,234.5", 6, 1234500000, false, nil},
		{english, "$1,234.565", 6, 1234565000, false, nil},
		{english, "0.1234565", 6, 123457, true, nil},
		{english, "0.1234564", 6, 123456, true, nil},
		{english, "0.29", 6, 290000, false, nil}, // no float is 0.29
		{english, "12.0", 0, 12, false, nil},
		{english, "12.5", 0, 13, true, nil},
		{english, ".5", 6, 500000, false, nil},
		{english, "", 6, 0, false, nil},
		{english, " -- ", 6, 0, false, nil},
		{english, "-0.00", 6, 0, false, nil},
		{english, "1,23", 0, 0, false, errNumber},
		{english, "1.2.3", 0, 0, false, errNumber},
		{english, "1e5", 0, 0, false, errExponent},
		{english, "-1", 0, 0, false, errNegative},
		{english, "12345678901234567890", 0, 0, false, errLarge},
		{english, "1234567890", 6, 0, false, errLarge},
		{german, "1.234,5", 6, 1234500000, false, nil},
		{german, "1.234", 0, 1234, false, nil},
	} {
		got, rounded, err := test.n.scaled(test.cell, test.digits)
		if got != test.want || rounded != test.rounded || !errors.Is(err, test.err) {
			t.Errorf("%q: %d %v %v, want %d %v %v", test.cell, got, rounded, err, test.want, test.rounded, test.err)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"2026-01-31": "2026-01-31", "2026-01-31 00:00:00": "2026-01-31", "2026-01-31T00:00:00Z": "2026-01-31", "20260131": "2026-01-31", "2026/01/31": "2026-01-31",
		"Jan 31, 2026": "2026-01-31", "31 January 2026": "2026-01-31", "1/31/2026": "2026-01-31", "31.1.2026": "2026-01-31", "02/02/2026": "2026-02-02",
		"2026-02-30": "", "01/02/2026": "", "yesterday": "", "": "", "2026-1": "",
	} {
		day, err := date(cell, isoOnly)
		if got := dayText(day); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%q: %s %v, want %q", cell, got, err, want)
		}
	}
	for order, want := range map[dateOrder]string{monthFirst: "2026-01-02", dayFirst: "2026-02-01"} {
		if day, err := date("01/02/2026", order); err != nil || dayText(day) != want {
			t.Errorf("%s %v, want %s", dayText(day), err, want)
		}
	}
}

// FuzzNumbers compares amounts with exact arithmetic.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"1,234.5", "0.29", "-3", "1e9", "99999999999.999999", "$ 4", "\u00a05"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, rounded, err := numbers{'.', ','}.scaled(s, 6)
		if err != nil {
			return
		}
		if got < 0 || got > maxMeasure {
			t.Fatalf("%q is %d", s, got)
		}
		plain := strings.ReplaceAll(strings.Trim(trim(s), "$€£¥₹ \u00a0+-"), ",", "")
		exact, ok := new(big.Rat).SetString(plain)
		if !ok {
			return // a mark for no value, or signs on both sides
		}
		exact.Mul(exact, big.NewRat(1_000_000, 1))
		difference := exact.Sub(exact, new(big.Rat).SetInt64(got))
		if rounded && difference.Abs(difference).Cmp(big.NewRat(1, 2)) > 0 || !rounded && difference.Sign() != 0 {
			t.Fatalf("%q is %d, rounded %v", s, got, rounded)
		}
	})
}

// FuzzDates reads what it wrote.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-01-31", "1/31/2026", "Jan 2, 2006", "20260101", "2026-01-31 x"} {
		f.Add(s, byte(0))
	}
	f.Fuzz(func(t *testing.T, s string, order byte) {
		if day, err := date(s, dateOrder(order%3)); err == nil {
			if again, err := date(dayText(day), isoOnly); err != nil || again != day {
				t.Fatalf("%q is %s", s, dayText(day))
			}
		}
		if at, err := instant(s); err == nil && (at < 0 || timeOf(at).Year() >= 3001) {
			t.Fatalf("%q is %s", s, timeOf(at).Format(time.RFC3339))
		}
	})
}

// FuzzIDs keeps ids as they are, or refuses them.
func FuzzIDs(f *testing.F) {
	for _, s := range []string{"687205395433", "1.23457E+17", "687205395433.0", "bea81c1795a612d8fc3a232b156467bc", "a\x00b", "Tea, all"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := externalID(s)
		if err != nil || id == "" {
			return
		}
		if len(id) > 255 || !utf8.ValidString(id) || strings.ContainsRune(id, 0) || !strings.HasPrefix(trim(s), id) {
			t.Fatalf("%q became %q", s, id)
		}
	})
}

// readAs writes a file with all columns of a table and some lines, and reads it as an
// import does. It returns how many records were read, -1 if the file is none of the
// table's.
func readAs(t *testing.T, table *Table, lines string) (records int) {
	t.Helper()
	header := slices.Clone(table.Recognize)
	for _, name := range slices.Sorted(maps.Keys(table.Columns)) {
		c := table.Columns[name]
		header = append(header, c.Sum...)
		header = append(header, c.Any[:min(1, len(c.Any))]...)
	}
	for i, heading := range header {
		header[i] = strings.ReplaceAll(heading, "*", "USD")
	}
	delimiter := ','
	if table.Delimiter != "" {
		delimiter = []rune(strings.ReplaceAll(table.Delimiter, "tab", "\t"))[0]
	}
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = delimiter
	if err := w.Write(header); err != nil {
		return -1
	}
	w.Flush()
	text.WriteString(lines)
	name := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(name, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	l, _, err := match(name, table, true, &Options{})
	if err != nil || l == nil || table.Holds == "nothing" {
		return -1
	}
	s, err := open(name, l.delimiter)
	if err != nil {
		return -1
	}
	defer func() { _ = s.close() }()
	in := &session{options: &Options{}, summary: &Summary{}, tooEarly: 0, tooLate: 1 << 30}
	for {
		record, line, err := s.next()
		switch {
		case errors.Is(err, errQuotes):
			continue
		case err != nil:
			return records
		case line <= l.header || len(record) < l.width || l.ignores(record):
			continue
		}
		records++
		if table.Holds == "objects" {
			_, _ = l.values(record)
		} else if reject := in.numbers(l, record); reject.Reason == "" {
			for _, n := range in.row.measures {
				if n < 0 {
					t.Fatalf("%q is %d", record, n)
				}
			}
		}
	}
}

// TestMappingsAreRead reads a line with every table of every mapping, so that
// FuzzMapping begins with some that it gets to the end of.
func TestMappingsAreRead(t *testing.T) {
	t.Parallel()
	all, err := Mappings()
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range all {
		for i := range m.Tables {
			table := &m.Tables[i]
			line := strings.Repeat("1"+cmp.Or(strings.ReplaceAll(table.Delimiter, "tab", "\t"), ","), 200)
			if n := readAs(t, table, line+"\n"); n != 1 && table.Holds != "nothing" {
				t.Errorf("%s %s: %d records", name, table.Name, n)
			}
		}
	}
}

// FuzzMapping reads mapping files, and lines with each of their tables. Give
// -fuzzminimizetime 10x: to make such long inputs smaller would take all the time.
func FuzzMapping(f *testing.F) {
	files, _ := filepath.Glob("mappings/*.yaml")
	for _, name := range append(files, "testdata/own.json") {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, strings.Repeat("2026-06-01,1;", 100)+"\n"+strings.Repeat("1,", 100)+"\n\"x\n")
	}
	f.Fuzz(func(t *testing.T, text []byte, lines string) {
		m, err := ParseMapping(text)
		if err != nil {
			return
		}
		for i := range m.Tables {
			readAs(t, &m.Tables[i], lines)
		}
	})
}

// FuzzRecords reads files to their end, whatever they are.
func FuzzRecords(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a\n\"1", "\xef\xbb\xbfa,b\r\n\"x\ny\",2", "\x1f\x8b\x08", "\xff\xfea\x00\n\x00", "a\n\"b\"c\nd\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := open(name, ',')
		if err != nil {
			return
		}
		defer func() { _ = s.close() }()
		for n := 0; ; n++ {
			_, _, err := s.next()
			if err != nil && err != errQuotes { //nolint:errorlint // it is that one
				return
			}
			if n > len(text)+10 {
				t.Fatal("there are more records than bytes")
			}
		}
	})
}
