package importer

import (
	"cmp"
	"strings"
	"time"

	"adsgraph/internal/ads"
)

// account is an advertiser of a source, with what is known of its objects.
type account struct {
	object
	source             string
	currency, timeZone string
	isNew              bool
	byLevel            [levels]map[string]*object
	standIns           map[standIn]*object
	whole              byDay[int8] // how fine the numbers of days are that are replaced as a whole, plus one
	asOf               int64
	used               bool

	// Of a new account: how many ads show a pin, sums that are not yet sent, the
	// objects that have some, and the days of which the store is to sum anew.
	shows  map[string]int
	cells  cells
	summed []*object
	redo   byDay[bool]
}

// standIn names an object that holds numbers which are not known any finer.
type standIn struct {
	level, of level
	external  string
}

// object is a campaign, ad group, ad or pin of an account.
type object struct {
	level    level
	external string
	standsIn bool
	of       level // what it stands in for
	id       int64
	parent   *object // nil for campaigns and pins
	pin      *object // of an ad
	isNew    bool
	written  bool  // of a pin: it was gathered
	isShared bool  // of a pin: several ads show it
	stored   int64 // the version that the database holds

	// The newest version seen in files, 0 if none is newer than what is stored.
	version, synced int64
	content         string
	values          map[field]string
	// name and named are what reports call it, and the newest day of which.
	name  string
	named int32

	covered byDay[int8]  // of campaigns and accounts: how fine the numbers of a day are, plus one
	days    byDay[int64] // of ads: the version of the best row of each day, plus one, twice; plus isSent
	sums    byDay[int32] // of ad groups and pins of new accounts: the cell of each day, or isWritten
}

// byDay holds a value for each day of a range that grows as needed.
type byDay[T any] struct {
	first int32
	list  []T
}

// at returns the place of a day's value.
func (b *byDay[T]) at(day int32) *T {
	switch {
	case len(b.list) == 0:
		b.first, b.list = day, make([]T, 1, 32)
	case day < b.first:
		grown := make([]T, int(b.first-day)+len(b.list), int(b.first-day)+cap(b.list)+32)
		copy(grown[b.first-day:], b.list)
		b.first, b.list = day, grown
	}
	for n := int(day-b.first) + 1 - len(b.list); n > 0; n-- {
		var zero T
		b.list = append(b.list, zero)
	}
	return &b.list[day-b.first]
}

// each calls f for the days whose value is not the zero.
func (b *byDay[T]) each(f func(day int32, v T)) {
	for i, v := range b.list {
		f(b.first+int32(i), v)
	}
}

// campaignOf returns the campaign that an ad, an ad group or a campaign is of.
func (o *object) campaignOf() *object {
	for o.level > campaign {
		o = o.parent
	}
	return o
}

// offer takes a version of the object if it is the newest so far. Of two of the
// same time, the one whose text is greater counts, so that no order matters.
func (o *object) offer(version, synced int64, content string, values func() map[field]string) {
	if version < o.stored || version == o.stored && version != 0 {
		return
	}
	if o.values != nil && cmp.Or(cmp.Compare(version, o.version), cmp.Compare(synced, o.synced), strings.Compare(content, o.content)) <= 0 {
		return
	}
	o.version, o.synced, o.content, o.values = version, synced, content, values()
}

// call takes the name that a report of a day gives it; the latest counts.
func (o *object) call(name string, day int32) {
	if name == "" || int64(day) < o.stored || o.standsIn {
		return
	}
	if day > o.named || day == o.named && name > o.name {
		o.name, o.named = strings.Clone(name), day
	}
}

// newVersion is the version that the database is to hold of an object.
func (o *object) newVersion() int64 {
	if o.values != nil {
		return max(o.version, 1)
	}
	return max(o.stored, int64(o.named))
}

// standsFor is what the database notes of an object that stands in for another.
func (o *object) standsFor() string {
	if !o.standsIn {
		return ""
	}
	return string(o.of.stored())
}

// title is what people read: the name of the object, or a plain one.
func (o *object) title() string {
	switch {
	case o.values[o.level.title()] != "":
		return o.values[o.level.title()]
	case o.name != "":
		return o.name
	case o.standsIn && o.of == ad:
		return ""
	case o.standsIn:
		return "(all of the " + o.of.words() + ")"
	}
	return clip("(not in the import) "+o.external, 255)
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// levelStored returns the level that the database calls so.
func levelStored(name ads.Level) level {
	for l := range levels {
		if l.stored() == name {
			return l
		}
	}
	return ad
}

// timeOf returns an instant of microseconds.
func timeOf(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
