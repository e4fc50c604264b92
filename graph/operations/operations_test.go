package operations

import (
	"strings"
	"testing"
)

func TestAll(t *testing.T) {
	t.Parallel()
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range all {
		if o.Name != name || len(o.Hash) != 64 || o.Statements < 1 || !strings.Contains(o.Text, name) {
			t.Errorf("%s: %+v", name, o)
		}
	}
	if len(all) < 4 {
		t.Errorf("only %d documents", len(all))
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, mentions string }{
		"NoBudget":     {"query A { viewer { name } }", "@screen"},
		"NoNumber":     {"query A @screen { viewer { name } }", "statements"},
		"Zero":         {"query A @screen(statements: 0) { viewer { name } }", "from 1"},
		"Variable":     {"query A($n: Int!) @screen(statements: $n) { viewer { name } }", "from 1"},
		"OtherName":    {"query B @screen(statements: 1) { viewer { name } }", "named A"},
		"TwoOperation": {"query A @screen(statements: 1) { viewer { name } } query B { viewer { name } }", "one operation"},
		"Syntax":       {"query A @screen(statements: 1) { viewer { name }", "Expected"},
	} {
		if _, err := parse("A", tt.text); err == nil || !strings.Contains(err.Error(), tt.mentions) {
			t.Errorf("%s: %v, want %q", name, err, tt.mentions)
		}
	}
}
