// Package export writes tables as files: CSV for spreadsheets, JSON Lines for
// programs. A file is written row by row and ends with a line of totals, so
// that one which was broken off does not look whole. It knows tables and
// nothing of what is in them.
package export

import (
	"strconv"
	"time"

	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
)

// Cell is the content of one column of one row. The zero Cell is null.
type Cell struct {
	kind kind
	text string
	n    int64
	f    float64
}

type kind uint8

const (
	null     kind = iota
	text          // text, or what is written as text
	whole         // a whole number
	ratio         // a fraction
	amount        // n millionths of a unit of the currency in text
	truth         // true if n is 1
	document      // a JSON document, in text
)

// Text is a cell of text.
func Text[T ~string](s T) Cell { return Cell{kind: text, text: string(s)} }

// TextOrNull is a cell of text, or null.
func TextOrNull[T ~string](s *T) Cell {
	if s == nil {
		return Cell{}
	}
	return Text(*s)
}

// Int is a whole number.
func Int(n int64) Cell { return Cell{kind: whole, n: n} }

// Float is a finite number that need not be whole.
func Float(f float64) Cell { return Cell{kind: ratio, f: f} }

// Amount is an exact amount of money, without its currency.
func Amount(m ads.Money) Cell { return Cell{kind: amount, n: int64(m.Micros), text: m.Currency} }

// AmountOrNull is an amount of money, or null.
func AmountOrNull(m *ads.Money) Cell {
	if m == nil {
		return Cell{}
	}
	return Amount(*m)
}

// Bool is true or false.
func Bool(b bool) Cell {
	if b {
		return Cell{kind: truth, n: 1}
	}
	return Cell{kind: truth}
}

// Time is an instant, in RFC 3339, or null for none.
func Time(t *time.Time) Cell {
	if t == nil {
		return Cell{}
	}
	return Text(t.Format(time.RFC3339Nano))
}

// Document is a JSON document.
func Document(j ads.JSON) Cell { return Cell{kind: document, text: string(j)} }

// appendPlain appends the cell as a person would write it, as nothing if it is
// null: fractions without an exponent, amounts with all their decimals.
func (c Cell) appendPlain(b []byte) []byte {
	switch c.kind {
	case null:
	case text, document:
		return append(b, c.text...)
	case whole:
		return strconv.AppendInt(b, c.n, 10)
	case ratio:
		return strconv.AppendFloat(b, c.f, 'f', -1, 64)
	case amount:
		return ads.Money{Micros: ads.Micros(c.n), Currency: c.text}.AppendAmount(b)
	case truth:
		return strconv.AppendBool(b, c.n == 1)
	}
	return b
}

// appendJSON appends the cell as a JSON value. Amounts are text, since numbers
// lose digits in many programs.
func (c Cell) appendJSON(b []byte) []byte {
	switch c.kind {
	case null:
		return append(b, "null"...)
	case text:
		return setwise.AppendString(b, c.text)
	case amount:
		return append(c.appendPlain(append(b, '"')), '"')
	case whole, ratio, truth, document:
	}
	return c.appendPlain(b)
}
