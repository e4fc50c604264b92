package store

import (
	"reflect"

	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// Objects are what stands beside the hierarchy, such as audiences: they belong
// to an advertiser and have no days. Lists, Entities and cursors serve them as
// they serve levels. A kind of object is
//
//   - a constant of ads.Level, with its letter, and the type in internal/ads;
//   - a function that calls newObject, and its entry in levels;
//   - GraphQL types whose connection and edge are model.Connection and Row, and
//     a plan in graph that calls planList.

// newObject makes a level of a kind of object. finish completes a row that was
// read.
func newObject[T any](l level, columns []column[T], finish func(row *T, a *ads.Advertiser, id int64)) *level {
	l.delivery = "''" // nothing keeps an object from running; the column has its place all the same
	return newLevel(l, append([]column[T]{{blank: "''"}}, columns...), func(row *T, a *ads.Advertiser, id int64, _ *ads.Delivery) any {
		finish(row, a, id)
		return row
	})
}

// Noun returns what a kind of object is called in sentences.
func Noun(kind ads.Level) string { return levels[kind].noun }

// Condition is a condition by its name among the filters of a level, with the
// value that it is about.
type Condition struct {
	Field string
	Value any // a scalar or a slice
}

// AnyOf adds the condition that a field has one of the values. Nil is no
// condition, an empty slice keeps nothing.
func AnyOf[T any](f *Filter, field string, values []T) {
	if values != nil {
		f.Where = append(f.Where, Condition{field, values})
	}
}

// Is adds the condition that a field is, or holds, a value. Nil is no
// condition.
func Is[T any](f *Filter, field string, value *T) {
	if value != nil {
		f.Where = append(f.Where, Condition{field, *value})
	}
}

// DayStart is the value of a condition that stands for the instant at which a
// day begins, in the time zone of whichever advertiser is filtered.
type DayStart ads.Day

// argument returns the value as the driver takes it, for an advertiser.
func (c Condition) argument(a *ads.Advertiser) any {
	if day, ok := c.Value.(DayStart); ok {
		return ads.Day(day).Start(a.Zone).UTC()
	}
	if reflect.TypeOf(c.Value).Kind() == reflect.Slice {
		return pq.Array(c.Value)
	}
	return c.Value
}

// contains is the filter that a text has {v} in it, in any case.
func contains(expr string) string { return "strpos(lower(" + expr + "), lower({v}::text)) > 0" }
