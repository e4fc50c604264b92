package importer

import (
	"cmp"
	"slices"
	"time"

	"adsgraph/internal/metrics"
)

// isSent marks, in object.days, that the only row of a day so far stands in its
// table already. isWritten stands in object.sums for a sum that was sent.
const (
	isSent    = 1
	isWritten = -1
)

// sumBytes is how much memory the sums of new accounts take unless options say
// otherwise.
const sumBytes = 64 << 20

// cell is the sum of the measures of an object on a day.
type cell = [metrics.People]int64

// cells are the sums of an account, in blocks, so that they never move.
type cells struct {
	blocks [][]cell
	n      int
}

const cellBlock = 256

func (c *cells) at(i int32) *cell { return &c.blocks[i/cellBlock][i%cellBlock] }

// add takes a new cell and returns its place.
func (c *cells) add(numbers *cell) int32 {
	if c.n%cellBlock == 0 {
		c.blocks = append(c.blocks, make([]cell, cellBlock))
	}
	place := int32(c.n)
	*c.at(place) = *numbers
	c.n++
	return place
}

// send sends the first row of an ad and day of a new account to where it is to
// stand, and adds it to the sums. The files of objects were read before.
func (in *session) send(a *account, o *object) error {
	r := &in.row
	if r.day < in.monthsFrom || r.day > in.monthsUntil {
		if err := in.im.HasMonth(in.context, time.Unix(int64(r.day)*secondsOfDay, 0).UTC()); err != nil {
			return err
		}
		in.monthsFrom, in.monthsUntil = min(in.monthsFrom, r.day), max(in.monthsUntil, r.day)
	}
	p, err := in.shown(a, o)
	if err != nil {
		return err
	}
	day, m, group := in.text(r.day), &r.measures, o.parent
	in.im.NewDays.RowWith(m[:], a.id, group.parent.id, group.id, o.id, day)
	if m[metrics.Conversions] > 0 {
		for _, c := range [...]struct { // in the order of the key
			event string
			n     int64
			value int64
		}{
			{"ADD_TO_CART", m[metrics.AddToCarts], 0},
			{"CHECKOUT", m[metrics.Checkouts], m[metrics.CheckoutValueMicros]},
			{"PAGE_VISIT", m[metrics.PageVisits], 0},
			{"SIGNUP", m[metrics.Signups], 0},
		} {
			if c.n > 0 {
				in.im.NewConversions.Row(a.id, group.parent.id, group.id, o.id, day, 0, c.event, "WEB", "CLICK", c.n, c.value)
			}
		}
	}
	if p.isShared {
		in.add(a, p)
	} else {
		in.im.NewPinDays.RowWith(m[:], a.id, p.id, day)
	}
	in.add(a, group)
	if most := cmp.Or(in.options.SumBytes, sumBytes) / (8 * len(cell{})); in.cells > most {
		return in.makeRoom(a, most)
	}
	return nil
}

// shown returns the pin that an ad of a new account shows.
func (in *session) shown(a *account, o *object) (*object, error) {
	if o.pin != nil {
		return o.pin, nil
	}
	if a.shows == nil {
		a.shows = map[string]int{}
		for _, other := range a.byLevel[ad] {
			if id := other.values[fPinID]; id != "" {
				a.shows[id]++
			}
		}
	}
	p, err := in.pinOf(a, o)
	if err == nil {
		p.isShared = a.shows[o.values[fPinID]] > 1
	}
	return p, err
}

// add adds the row to a sum. If that was sent already, or is too great for 64 bits,
// the store sums the day anew.
func (in *session) add(a *account, o *object) {
	r := &in.row
	if len(o.sums.list) == 0 {
		a.summed = append(a.summed, o)
	}
	switch place := o.sums.at(r.day); *place {
	case isWritten:
		*a.redo.at(r.day) = true
	case 0:
		*place = a.cells.add(&r.measures) + 1
		in.cells++
	default:
		sum := a.cells.at(*place - 1)
		for i, n := range r.measures {
			if sum[i] += n; sum[i] < 0 {
				sum[i], *a.redo.at(r.day) = 0, true
			}
		}
	}
}

// makeRoom sends the sums of other accounts than one, whose rows mostly do not come
// again, and of that one too if it has most of them.
func (in *session) makeRoom(latest *account, most int) error {
	for _, a := range in.accounts {
		if a != latest || a.cells.n > most/2 {
			if err := in.sendSums(a); err != nil {
				return err
			}
		}
	}
	return nil
}

// sendSums sends the sums of an account.
func (in *session) sendSums(a *account) error {
	slices.SortFunc(a.summed, func(x, y *object) int { return cmp.Compare(x.id, y.id) })
	for _, o := range a.summed {
		for i, place := range o.sums.list {
			if place <= 0 {
				continue
			}
			day, sum := in.text(o.sums.first+int32(i)), a.cells.at(place - 1)[:]
			if o.level == pin {
				in.im.NewPinDays.RowWith(sum, a.id, o.id, day)
			} else {
				in.im.NewGroupDays.RowWith(sum, a.id, o.parent.id, o.id, day)
			}
			o.sums.list[i] = isWritten
		}
		if err := in.im.FlushBehind(in.context); err != nil {
			return err
		}
	}
	in.cells -= a.cells.n
	a.cells = cells{}
	return nil
}
