package settings

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Set is all settings of a command.
type Set struct {
	all  []*Setting
	path string // of the file; empty for none
}

// New returns a set of settings, whose names differ.
func New(all ...*Setting) *Set { return &Set{all: all} }

// All returns the settings in the order in which they were declared.
func (s *Set) All() []*Setting { return s.all }

// Path returns the name of the file that was read, "" for none.
func (s *Set) Path() string { return s.path }

// fileEnv names the file where no flag does.
const fileEnv = "ADSGRAPH_CONFIG"

// Register adds the flag of each setting, and --config.
func (s *Set) Register(flags *flag.FlagSet) {
	flags.StringVar(&s.path, "config", "", "`file` of settings, in YAML; flags and the environment come before it ("+fileEnv+")")
	for _, one := range s.all {
		usage := one.Usage
		if one.Env != "" {
			usage += " (" + one.Env + ")"
		}
		flags.Var(flagValue{one}, one.Name, usage)
	}
}

// Problem is one thing that is wrong.
type Problem struct {
	// Name is the setting's; Source says where it was said, or is empty.
	Name, Source string
	// Message says what is wrong, and what is allowed.
	Message string
}

// WrongError is everything that is wrong, as an error.
type WrongError []Problem

// Error tells all of it, a line each.
func (p WrongError) Error() string {
	var text strings.Builder
	if len(p) == 1 {
		text.WriteString("one thing is wrong with the settings")
	} else {
		fmt.Fprintf(&text, "%d things are wrong with the settings", len(p))
	}
	for _, one := range p {
		text.WriteString("\n  " + one.Name)
		if one.Source != "" {
			text.WriteString(" (" + one.Source + ")")
		}
		text.WriteString(": " + one.Message)
	}
	return text.String()
}

// Read takes the settings from the flags, which were parsed, the environment and
// the file, and stores them; then together looks at what only makes sense
// together. If anything is wrong it returns a WrongError, and what is wrong was not
// stored.
func (s *Set) Read(getenv func(string) string, together func() []Problem) error {
	if s.path == "" {
		s.path = getenv(fileEnv)
	}
	file, problems, err := readFile(s.path)
	if err != nil {
		return err
	}
	known := make([]string, len(s.all))
	stores := make([]func(), 0, len(s.all))
	for i, one := range s.all {
		known[i] = one.Name
		if file[one.Name].isWrong {
			continue
		}
		problem := one.take(getenv, file[one.Name])
		if problem != "" {
			problems = append(problems, Problem{one.Name, one.source, problem})
			continue
		}
		store, err := one.parse(one.texts)
		if err != nil {
			problems = append(problems, Problem{one.Name, one.source, one.wrong(err)})
			continue
		}
		stores = append(stores, store)
	}
	for name, entry := range file {
		if !slices.Contains(known, name) {
			problems = append(problems, Problem{name, entry.source, "there is no such setting; adsgraph config lists them"})
		}
	}
	for _, store := range stores {
		store()
	}
	for _, p := range together() {
		if slices.ContainsFunc(problems, func(known Problem) bool { return known.Name == p.Name }) {
			continue
		}
		if one := s.find(p.Name); one != nil && !one.isDefault {
			p.Source = one.source
		}
		problems = append(problems, p)
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return strings.Compare(a.Name, b.Name) })
	if len(problems) > 0 {
		return WrongError(problems)
	}
	return nil
}

// take finds out what is said of a setting, and where. It returns what is wrong
// with how it is said.
func (s *Setting) take(getenv func(string) string, entry entry) (problem string) {
	environment := ""
	if s.Env != "" {
		environment = getenv(s.Env)
	}
	switch {
	case s.flagged != nil:
		s.texts, s.source = s.flagged, "--"+s.Name
	case environment != "":
		s.source = s.Env
		if s.fromEnv != nil {
			environment = s.fromEnv(environment)
		}
		s.texts = []string{environment}
		if s.isList {
			s.texts = nil
			for item := range strings.SplitSeq(environment, s.separator) {
				if item = strings.TrimSpace(item); item != "" {
					s.texts = append(s.texts, item)
				}
			}
		}
	case entry.source != "":
		s.texts, s.source = entry.texts, entry.source
		switch {
		case entry.isNull:
			return "it has no value; it is " + s.Allowed
		case entry.isList != s.isList && s.isList:
			return "it is a list, such as [one, two]; each item is " + s.Allowed
		case entry.isList != s.isList:
			return "it has one value and is no list; it is " + s.Allowed
		}
	default:
		s.texts, s.source, s.isDefault = s.fallback, "default", true
	}
	return ""
}

// wrong says what is wrong with the texts, without those of a secret.
func (s *Setting) wrong(err error) string {
	what := ""
	if !s.isSecret {
		what = s.yaml(s.texts) + ": "
	}
	is := "it is "
	if s.isList {
		is = "each item is "
	}
	return what + err.Error() + "; " + is + s.Allowed
}

func (s *Set) find(name string) *Setting {
	i := slices.IndexFunc(s.all, func(one *Setting) bool { return one.Name == name })
	if i < 0 {
		return nil
	}
	return s.all[i]
}

// Source says where a setting comes from: a flag, a variable, a line of the file,
// or "default".
func (s *Set) Source(name string) string {
	if one := s.find(name); one != nil {
		return one.source
	}
	return ""
}

// Write writes the settings in force as a file that can be read again, each with
// where it comes from. What would show a secret is a comment.
func (s *Set) Write(w io.Writer) error {
	var text strings.Builder
	for _, one := range s.all {
		line, note := one.Name+": "+one.yaml(one.texts), one.source
		for _, t := range one.texts {
			if one.shown(t) != t {
				line, note = "# "+line, note+"; masked, so it is a comment"
				break
			}
		}
		text.WriteString(line + " # " + note + "\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// Change is a setting that is to be another than the one in force.
type Change struct {
	Name string
	// Old and New are as the file has them, secrets masked.
	Old, New string
}

// Adopt takes from next, which was read without a problem, what takes effect
// without a restart. It returns what has changed of that, and what else is
// different and waits for a restart.
func (s *Set) Adopt(next *Set) (changed, waiting []Change) {
	for _, one := range s.all {
		other := next.find(one.Name)
		if slices.Equal(one.texts, other.texts) {
			one.source, one.isDefault = other.source, other.isDefault
			continue
		}
		c := Change{one.Name, one.yaml(one.texts), one.yaml(other.texts)}
		if !one.reloads {
			waiting = append(waiting, c)
			continue
		}
		changed = append(changed, c)
		one.texts, one.source, one.isDefault = other.texts, other.source, other.isDefault
	}
	return changed, waiting
}
