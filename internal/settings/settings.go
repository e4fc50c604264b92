// Package settings reads what an operator says: by flags, the environment and a
// file, in this order, and then the defaults. Each setting is declared once, with
// what it may be. All that is wrong is told at once, with where it was said.
package settings

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one thing that an operator may choose. One of the functions below
// makes it.
type Setting struct {
	// Name is that of the flag, and the key in the file.
	Name string
	// Env is the variable of the environment.
	Env string
	// Usage says what it is, with the kind of its value in back quotes, as package
	// flag has it.
	Usage string
	// Allowed says what it may be, as the end of a sentence with "it is".
	Allowed string

	isList, isSwitch, isSecret, reloads bool

	separator string // of a list in the environment
	fallback  []string
	fromEnv   func(string) string
	// parse reads the texts, and returns what stores them.
	parse func(texts []string) (store func(), err error)
	mask  func(string) string

	flagged   []string // as flags say it
	texts     []string // in force
	source    string
	isDefault bool
}

// Reloadable says that another value takes effect without a restart.
func (s *Setting) Reloadable() *Setting {
	s.reloads = true
	return s
}

// Reloads tells whether another value takes effect without a restart.
func (s *Setting) Reloads() bool { return s.reloads }

// Secret says that a value may be shown only as mask returns it, and in no error.
func (s *Setting) Secret(mask func(string) string) *Setting {
	s.isSecret, s.mask = true, mask
	return s
}

// EnvAs says that the environment has other words for it, which to translates.
func (s *Setting) EnvAs(to func(string) string) *Setting {
	s.fromEnv = to
	return s
}

// Default returns the default as the file has it.
func (s *Setting) Default() string { return s.yaml(s.fallback) }

// errEmpty is for a setting that has to have a value.
var errEmpty = errors.New("it is empty")

// one makes a setting of one text, which may be empty if that is its default.
func one(name, env, fallback, usage, allowed string, parse func(string) (func(), error)) *Setting {
	return &Setting{
		Name: name, Env: env, Usage: usage, Allowed: allowed, fallback: []string{fallback},
		parse: func(texts []string) (func(), error) {
			if len(texts) != 1 {
				return nil, errors.New("it has one value")
			}
			if texts[0] == "" && fallback != "" {
				return nil, errEmpty
			}
			return parse(texts[0])
		},
	}
}

// Text is a setting of any text that check accepts; nil accepts all. An empty one
// is not checked.
func Text(to *string, name, env, fallback, usage, allowed string, check func(string) error) *Setting {
	return one(name, env, fallback, usage, allowed, func(text string) (func(), error) {
		if check != nil && text != "" {
			if err := check(text); err != nil {
				return nil, err
			}
		}
		return func() { *to = text }, nil
	})
}

// Choice is a setting of one of some words, or of none if fallback is empty.
func Choice(to *string, name, env, fallback, usage string, words ...string) *Setting {
	allowed := "one of " + strings.Join(words, ", ")
	return one(name, env, fallback, usage, allowed, func(text string) (func(), error) {
		if text != "" && !slices.Contains(words, text) {
			return nil, errors.New("there is no such choice")
		}
		return func() { *to = text }, nil
	})
}

// Duration is a setting of a time from least to most.
func Duration(to *time.Duration, name, env string, fallback, least, most time.Duration, usage string) *Setting {
	allowed := fmt.Sprintf("a duration from %s to %s, such as %s", short(least), short(most), short(max(fallback, time.Second)))
	return one(name, env, short(fallback), usage, allowed, func(text string) (func(), error) {
		d, err := time.ParseDuration(text)
		if err != nil {
			return nil, errors.New("it is no duration")
		}
		if d < least || d > most {
			return nil, errors.New("it is out of bounds")
		}
		return func() { *to = d }, nil
	})
}

// short writes a duration without the zeros behind it: 15m and not 15m0s.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Int is a setting of a whole number from least to most.
func Int(to *int, name, env string, fallback, least, most int, usage string) *Setting {
	allowed := fmt.Sprintf("a whole number from %d to %d", least, most)
	return one(name, env, strconv.Itoa(fallback), usage, allowed, func(text string) (func(), error) {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, errors.New("it is no whole number")
		}
		if n < least || n > most {
			return nil, errors.New("it is out of bounds")
		}
		return func() { *to = n }, nil
	})
}

// Switch is a setting that is on or off.
func Switch(to *bool, name, env string, fallback bool, usage string) *Setting {
	s := one(name, env, strconv.FormatBool(fallback), usage, "true or false", func(text string) (func(), error) {
		if text != "true" && text != "false" {
			return nil, errors.New("it is neither")
		}
		return func() { *to = text == "true" }, nil
	})
	s.isSwitch = true
	return s
}

// List is a setting of any number of texts that check accepts. The flag may be
// repeated; separator stands between them in the environment.
func List(to *[]string, name, env, separator, usage, allowed string, check func(string) error) *Setting {
	return &Setting{
		Name: name, Env: env, Usage: usage, Allowed: allowed, isList: true, separator: separator,
		parse: func(texts []string) (func(), error) {
			for _, text := range texts {
				if text == "" {
					return nil, errors.New("an item is empty")
				}
				if check != nil {
					if err := check(text); err != nil {
						return nil, err
					}
				}
			}
			return func() { *to = slices.Clone(texts) }, nil
		},
	}
}

// shown returns a text of the setting as it may be shown.
func (s *Setting) shown(text string) string {
	if s.isSecret {
		return s.mask(text)
	}
	return text
}

// yaml writes texts as the file has them. Texts in double quotes with Go's escapes
// are YAML.
func (s *Setting) yaml(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = strconv.Quote(s.shown(text))
		if s.isSwitch {
			quoted[i] = text
		}
		if _, err := strconv.Atoi(text); err == nil && !s.isList {
			quoted[i] = text
		}
		if _, err := time.ParseDuration(text); err == nil && !s.isList {
			quoted[i] = text
		}
	}
	if s.isList {
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return quoted[0]
}

// flagValue is the flag of a setting. It only takes the text: what is wrong with
// it is told with what else is.
type flagValue struct{ s *Setting }

var _ flag.Value = flagValue{}

// String returns the default, for the help, and never what was said.
func (v flagValue) String() string {
	if v.s == nil || v.s.isList {
		return ""
	}
	return v.s.fallback[0]
}

// Set takes what a flag says. The last one counts, of lists all.
func (v flagValue) Set(text string) error {
	if !v.s.isList {
		v.s.flagged = nil
	}
	if v.s.isSwitch {
		if b, err := strconv.ParseBool(text); err == nil {
			text = strconv.FormatBool(b)
		}
	}
	v.s.flagged = append(v.s.flagged, text)
	return nil
}

// IsBoolFlag tells whether the flag stands for true without a value.
func (v flagValue) IsBoolFlag() bool { return v.s.isSwitch }
