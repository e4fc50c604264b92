package sqllint

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/store"
)

// Seen is a statement that was run, with the arguments of the first time.
type Seen struct {
	Text string
	Args []any
}

// name returns what stands behind "-- name:".
func (s Seen) name() string {
	line, _, _ := strings.Cut(s.Text, "\n")
	return strings.TrimPrefix(line, "-- name: ")
}

// hasPlan tells whether PostgreSQL explains a statement, and not only runs it.
func (s Seen) hasPlan() bool {
	switch verb(s.Text) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return s.makesTable() && s.query() != ""
}

// makesTable tells whether a statement makes a table of an import.
func (s Seen) makesTable() bool {
	_, body, _ := strings.Cut(s.Text, "\n")
	return strings.HasPrefix(body, "CREATE TEMP TABLE ")
}

// query returns the SELECT that a temporary table is filled from, empty for none.
func (s Seen) query() string {
	if m := filled.FindStringSubmatch(s.Text); m != nil && !strings.HasSuffix(s.Text, "WITH NO DATA") {
		return "-- name: " + s.name() + "\n" + m[1]
	}
	return ""
}

var filled = regexp.MustCompile(`(?s)\sAS\s+(SELECT\s.*)$`)

// verb returns the first word of a statement.
func verb(text string) string {
	_, body, _ := strings.Cut(text, "\n")
	word, _, _ := strings.Cut(strings.TrimLeft(body, "( \n"), " ")
	word, _, _ = strings.Cut(word, "\n")
	return word
}

// Lint checks the statements that the tests of a package ran. Their plans are made
// on db, an empty database with the schema, and nothing is left there. It returns
// a line for each rule that is broken. If the tests were all that there are of the
// package, it also tells which of the package's statements they never ran, or which
// are declared to reach more than they do.
func Lint(ctx context.Context, db *sqlx.DB, ran []Seen, owner string, all bool) ([]string, error) {
	slices.SortFunc(ran, func(a, b Seen) int { return strings.Compare(a.Text, b.Text) })
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it only looks
	if _, err := tx.ExecContext(ctx, Settings); err != nil {
		return nil, fmt.Errorf("prepare the planner: %w", err)
	}
	tables, err := classesOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := makeTables(ctx, tx, ran); err != nil {
		return nil, err
	}
	l := linter{statements: Statements(), exceptions: exceptions(), widest: map[string]Class{}, used: map[string]bool{}}
	for _, s := range ran {
		if err := l.look(ctx, tx, s, tables); err != nil {
			return nil, err
		}
	}
	if all {
		l.coverage(owner)
	}
	return l.faults, nil
}

// makeTables makes the temporary tables of imports, which some read of others: those
// that cannot be made yet are tried again after the rest.
func makeTables(ctx context.Context, tx *sqlx.Tx, ran []Seen) error {
	left := slices.DeleteFunc(slices.Clone(ran), func(s Seen) bool { return !s.makesTable() })
	for len(left) > 0 {
		var failed []Seen
		var reason error
		for _, s := range left {
			if _, err := tx.ExecContext(ctx, "SAVEPOINT make"); err != nil {
				return fmt.Errorf("set a savepoint: %w", err)
			}
			_, err := tx.ExecContext(ctx, s.Text, s.Args...)
			if e := pq.As(err); e != nil && e.Code != "42P07" { // other than that it is there
				failed, reason = append(failed, s), fmt.Errorf("%s: %w", s.name(), err)
			}
			if err != nil {
				if _, err := tx.ExecContext(ctx, "ROLLBACK TO make"); err != nil {
					return fmt.Errorf("go back: %w", err)
				}
			}
		}
		if len(failed) == len(left) {
			return reason
		}
		left = failed
	}
	return nil
}

// linter gathers what is wrong.
type linter struct {
	statements map[string]Statement
	exceptions map[string]map[string]string
	widest     map[string]Class // of each statement, as seen
	used       map[string]bool  // exceptions, as name and rule
	faults     []string
}

func (l *linter) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

// look checks one text.
func (l *linter) look(ctx context.Context, tx *sqlx.Tx, s Seen, tables func(string) store.Class) error {
	name := s.name()
	declared, known := l.statements[name]
	if !known {
		l.fault("%s has no class: declare it in internal/sqllint/statements.go", name)
		return nil
	}
	found := finding{class: Command}
	if s.hasPlan() && !strings.Contains(s.Text, "pg_dist_") { // only clusters have these tables, where every node has them
		text, err := explained(ctx, tx, s)
		if err != nil {
			return err
		}
		if found, err = plan(text, tables); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if width(found.class) > width(declared.Class) {
		l.fault("%s is declared %s and is %s: %s\n%s", name, declared.Class, found.class, found.why, s.Text)
	}
	if seen, ok := l.widest[name]; !ok || width(found.class) > width(seen) {
		l.widest[name] = found.class
	}
	for _, b := range texts(s.Text, found) {
		if l.exceptions[name][b.rule] == "" {
			l.fault("%s breaks the rule %s: %s\n%s", name, b.rule, b.what, s.Text)
		}
		l.used[name+" "+b.rule] = true
	}
	return nil
}

// explained returns the plan of a statement, with its arguments, as JSON.
func explained(ctx context.Context, tx *sqlx.Tx, s Seen) ([]byte, error) {
	var text []byte
	if _, err := tx.ExecContext(ctx, "SAVEPOINT look"); err != nil {
		return nil, fmt.Errorf("set a savepoint: %w", err)
	}
	query := s.Text
	if s.makesTable() {
		query = s.query()
	}
	if err := tx.QueryRowContext(ctx, explain+query, s.Args...).Scan(&text); err != nil {
		return nil, fmt.Errorf("explain %s: %w\n%s\n%v", s.name(), err, s.Text, s.Args)
	}
	return text, nil
}

// coverage checks the statements that a package answers for: all were run, reached
// as far as is declared, and broke the rules that they are excused from.
func (l *linter) coverage(owner string) {
	for _, name := range slices.Sorted(maps.Keys(l.statements)) {
		declared := l.statements[name]
		if declared.owner != owner {
			continue
		}
		seen, ok := l.widest[name]
		if !ok {
			l.fault("%s was never run by the tests of %s", name, owner)
			continue
		}
		if declared.Class == Fanout && seen != Fanout {
			l.fault("%s is declared %s and is no more than %s", name, declared.Class, seen)
		}
		for rule := range l.exceptions[name] {
			if !l.used[name+" "+rule] {
				l.fault("%s is excused from the rule %s and keeps it", name, rule)
			}
		}
	}
}

// partitions lists the tables that are parts of others.
const partitions = `SELECT p.relname, c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid JOIN pg_class AS p ON p.oid = i.inhparent`

// classesOf returns how the tables of the database are spread, partitions included.
func classesOf(ctx context.Context, tx *sqlx.Tx) (func(string) store.Class, error) {
	classes := store.Tables()
	rows, err := tx.QueryContext(ctx, partitions)
	if err != nil {
		return nil, fmt.Errorf("read the partitions: %w", err)
	}
	defer func() { _ = rows.Close() }() // Err below tells
	for rows.Next() {
		var parent, part string
		if err := rows.Scan(&parent, &part); err != nil {
			return nil, fmt.Errorf("read a partition: %w", err)
		}
		classes[part] = classes[parent]
	}
	return func(name string) store.Class { return classes[name] }, rows.Err()
}
