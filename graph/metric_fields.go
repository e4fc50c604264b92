package graph

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// metricFields is MetricValues, a field per metric of the catalogue.
func metricFields() []*setwise.Field {
	list := []*setwise.Field{
		setwise.Load("nullReason", func(a *args, _ selected) (metrics.Name, error) {
			return metrics.Name(setwise.Arg(a, "metric", graphql.UnmarshalString)), a.Err()
		}, func(_ context.Context, v *metrics.Values, name metrics.Name) setwise.Thunk[*metrics.NullReason] {
			return done(v.NullReason(name))
		}),
	}
	catalogue := metrics.Catalogue()
	for i := range catalogue {
		switch m := &catalogue[i]; m.Unit {
		case metrics.UnitMoney:
			list = append(list, setwise.Child(m.Field, func(v *metrics.Values) *ads.Money {
				n, ok := v.Int(m)
				if !ok {
					return nil
				}
				return &ads.Money{Micros: ads.Micros(n), Currency: v.Frame.Currency}
			}))
		case metrics.UnitCount, metrics.UnitPeople:
			list = append(list, setwise.Leaf(m.Field, func(b []byte, v *metrics.Values) []byte {
				n, ok := v.Int(m)
				if !ok {
					return append(b, "null"...)
				}
				return strconv.AppendInt(b, n, 10)
			}))
		case metrics.UnitFraction, metrics.UnitPerPerson:
			list = append(list, setwise.Leaf(m.Field, func(b []byte, v *metrics.Values) []byte {
				f, ok := v.Float(m)
				if !ok {
					return append(b, "null"...)
				}
				return setwise.AppendFloat(b, f)
			}))
		}
	}
	return list
}

// changeFields is MetricChanges, a field per metric of the catalogue.
func changeFields() []*setwise.Field {
	var list []*setwise.Field
	catalogue := metrics.Catalogue()
	for i := range catalogue {
		m := &catalogue[i]
		if m.Unit == metrics.UnitMoney {
			list = append(list, setwise.Child(m.Field, func(c *metrics.Changes) *metrics.MoneyChange { return c.Money(m) }))
		} else {
			list = append(list, setwise.Child(m.Field, func(c *metrics.Changes) *metrics.NumberChange { return c.Number(m) }))
		}
	}
	return list
}
