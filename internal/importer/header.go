package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"adsgraph/internal/ads"
)

// level is a kind of object, from the account down.
type level int

const (
	advertiser level = iota
	campaign
	adGroup
	ad
	pin
	levels
)

// levelOf returns the level of a mapping file's word.
func levelOf(word string) level {
	return level(slices.Index([]string{"advertiser", "campaign", "ad_group", "ad"}, word))
}

// Stored returns what the database calls the level.
func (l level) stored() ads.Level {
	return [...]ads.Level{ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin}[l]
}

// id is the field of a level's ids, title that of its names.
func (l level) id() field    { return fAdvertiserID + field(l) }
func (l level) title() field { return fAdvertiserName + field(l) }

// words is a level's name in sentences.
func (l level) words() string {
	return [...]string{"advertiser", "campaign", "ad group", "ad", "pin"}[l]
}

// column is a cell that is taken as a field.
type column struct {
	index int
	field field
}

// layout is how the records of one file are read.
type layout struct {
	path      string
	mapping   *Mapping
	table     *Table
	level     level
	columns   []column // without the measures
	words     map[field]words
	measures  []column
	width     int
	at        [fieldCount]int // the cell of a field, -1 for none
	numbers   numbers
	money     int // digits between a cell and micros
	order     dateOrder
	currency  string // of the whole file, from the mapping or a heading
	unused    []string
	header    int // its line
	delimiter rune
	size      int64
}

// headings looks for the columns of a table in a record. missing are the fields
// that are needed and not there.
func headings(t *Table, record []string) (l layout, missing []string) {
	l.table, l.width, l.words = t, len(record), map[field]words{}
	names := make([]string, len(record))
	for i, heading := range record {
		names[i] = strings.ToLower(trim(heading))
	}
	for i := range l.at {
		l.at[i] = -1
	}
	used := make([]bool, len(record))
	take := func(f field, heading string) bool {
		i := slices.Index(names, strings.ToLower(heading))
		if before, after, ok := strings.Cut(strings.ToLower(heading), "*"); ok {
			i = slices.IndexFunc(names, func(n string) bool {
				return len(n) == len(before)+3+len(after) && strings.HasPrefix(n, before) && strings.HasSuffix(n, after)
			})
			if i >= 0 {
				l.currency = strings.ToUpper(names[i][len(before) : len(before)+3])
			}
		}
		if i < 0 {
			return false
		}
		used[i] = true
		l.at[f] = i
		if f >= firstMeasure {
			l.measures = append(l.measures, column{i, f})
		} else {
			l.columns = append(l.columns, column{i, f})
			l.words[f] = vocabulary(f)
		}
		return true
	}
	for f, name := range fieldNames() {
		c := t.Columns[name]
		for _, heading := range c.Sum {
			take(field(f), heading)
		}
		for _, heading := range c.Any {
			if take(field(f), heading) {
				break
			}
		}
	}
	for _, f := range t.needs() {
		if l.at[f] < 0 {
			c := t.Columns[f.String()]
			missing = append(missing, strings.Join(append(c.Any, c.Sum...), " or "))
		}
	}
	for i, heading := range record {
		if !used[i] && names[i] != "" {
			l.unused = append(l.unused, trim(heading))
		}
	}
	l.level = levelOf(t.Level)
	if t.Level == "" {
		l.level = ad
		for l.level > advertiser && l.at[l.level.id()] < 0 {
			l.level--
		}
	}
	if t.Holds != "objects" && len(l.measures) == 0 {
		missing = append(missing, "any column of numbers")
	}
	return l, missing
}

// maxTitles is how many lines may stand above the header: reports have a title
// and their dates there.
const maxTitles = 20

// recognize finds out what a file is. It looks at the beginning only.
func recognize(path string, mappings []*Mapping, o *Options) (l *layout, err error) {
	name := strings.ToLower(filepath.Base(path))
	var best *layout
	var near []string
	for _, m := range mappings {
		t := named(m, name)
		var candidates []*Table
		switch {
		case t != nil:
			candidates = []*Table{t}
		default:
			for i := range m.Tables {
				if len(m.Tables[i].Recognize) > 0 || len(mappings) == 1 && len(m.Tables) == 1 {
					candidates = append(candidates, &m.Tables[i])
				}
			}
		}
		for _, c := range candidates {
			found, missing, err := match(path, c, t != nil || len(mappings) == 1, o)
			switch {
			case err != nil:
				return nil, err
			case found != nil && best != nil:
				return nil, &FileError{KindUnknown, path, fmt.Sprintf("it may be for %s or for %s: say which with --mapping", best.mapping.Name, m.Name)}
			case found != nil:
				found.mapping, best = m, found
			case len(missing) > 0:
				near = append(near, missing...)
			}
			if t != nil && found != nil {
				return found, nil
			}
		}
	}
	if best == nil {
		header := ""
		if s, err := open(path, ','); err == nil {
			record, _, _ := s.next()
			header = strings.Join(record, ", ")
			_ = s.close()
		}
		problem := fmt.Sprintf("neither its name nor its columns are those of a mapping; its first line is: %.300s", header)
		if len(near) > 0 {
			return nil, &FileError{KindColumns, path, fmt.Sprintf("there is no column %s; its first line is: %.300s", strings.Join(near, ", nor "), header)}
		}
		return nil, &FileError{KindUnknown, path, problem}
	}
	return best, nil
}

// named returns the table that a file is named after: the longest name within the
// file's, between anything but letters.
func named(m *Mapping, file string) (best *Table) {
	for i := range m.Tables {
		t := &m.Tables[i]
		at := strings.Index(file, strings.ToLower(t.Name))
		if t.Name == "" || len(t.Recognize) > 0 || at < 0 || best != nil && len(best.Name) >= len(t.Name) {
			continue
		}
		best = t
	}
	return best
}

// match reads the beginning of a file as a table. With sure, what is missing is
// returned, or is an error.
func match(path string, t *Table, sure bool, o *Options) (*layout, []string, error) {
	if t.Holds == "nothing" {
		return &layout{path: path, table: t}, nil, nil
	}
	delimiter := ','
	switch {
	case o.Delimiter != 0:
		delimiter = o.Delimiter
	case t.Delimiter == "tab":
		delimiter = '\t'
	case t.Delimiter != "":
		delimiter = rune(t.Delimiter[0])
	}
	s, err := open(path, delimiter)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = s.close() }()
	var least []string
	for title := range maxTitles {
		record, line, err := s.next()
		if errors.Is(err, errQuotes) {
			continue
		}
		if err != nil {
			if errors.Is(err, io.EOF) && title == 0 {
				return nil, nil, &FileError{KindUnknown, path, "it is empty"}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			return nil, nil, err
		}
		l, missing := headings(t, record)
		fits := len(missing) == 0
		for _, heading := range t.Recognize {
			fits = fits && slices.ContainsFunc(record, func(c string) bool { return strings.EqualFold(trim(c), heading) })
		}
		if fits {
			l.path, l.header, l.delimiter = path, line, delimiter
			return &l, nil, l.settle(t, o, s)
		}
		if sure {
			if other := separators(record, t); other != "" {
				return nil, nil, &FileError{KindDelimiter, path, fmt.Sprintf("cells are separated by %q and not by %q; give --delimiter", other, string(delimiter))}
			}
		}
		if least == nil || len(missing) < len(least) {
			least = missing
		}
	}
	if sure {
		return nil, least, nil
	}
	return nil, nil, nil
}

// separators returns the character that would separate a header's cells.
func separators(record []string, t *Table) string {
	whole := strings.Join(record, ",")
	for _, other := range []string{";", "\t", "|", ","} {
		if parts := strings.Split(whole, other); len(parts) > len(record) {
			if _, missing := headings(t, parts); len(missing) == 0 {
				return other
			}
		}
	}
	return ""
}

// settle fills in how values are written.
func (l *layout) settle(t *Table, o *Options, s *source) error {
	l.numbers, l.money = numbers{'.', ','}, 6
	if t.Decimal == "," {
		l.numbers = numbers{',', '.'}
	}
	if t.Money == "micros" {
		l.money = 0
	}
	switch cmp.Or(o.Dates, t.Dates) {
	case "mdy":
		l.order = monthFirst
	case "dmy":
		l.order = dayFirst
	}
	if l.currency != "" && !IsCurrency(l.currency) {
		return &FileError{KindCurrency, l.path, fmt.Sprintf("the heading of the amounts names %q, which is no currency", l.currency)}
	}
	if l.currency == "" {
		l.currency = t.Currency
	}
	if info, err := s.file.Stat(); err == nil {
		l.size = info.Size()
	}
	return nil
}
