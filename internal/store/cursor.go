package store

import (
	"database/sql"
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// Position is a row's place in an order: what it was sorted by and its id.
type Position struct {
	// List identifies the list: what it shows, how filtered, how sorted.
	List uint64
	// Version is the data version that the page was read at, 0 if the order does
	// not depend on numbers. Check guards versions that span advertisers.
	Version, Check int64
	// Kind tells which field of the sort value counts.
	Kind  sortKind
	Int   int64
	Float float64
	Text  string
	ID    int64
}

// sortKind is the type of a sort value.
type sortKind byte

const (
	sortNull  sortKind = 'n'
	sortInt   sortKind = 'i'
	sortFloat sortKind = 'f'
	sortText  sortKind = 't'
)

var cursorEncoding = base64.RawURLEncoding //nolint:gochecknoglobals // a constant

// AppendText appends the opaque form of the position.
func (p Position) AppendText(b []byte) []byte {
	var buffer [96]byte
	plain := append(buffer[:0], byte(p.Kind))
	plain = append(strconv.AppendUint(plain, p.List, 36), '.')
	plain = append(strconv.AppendInt(plain, p.Version, 36), '.')
	plain = append(strconv.AppendInt(plain, p.Check, 36), '.')
	plain = append(strconv.AppendInt(plain, p.ID, 36), '.')
	switch p.Kind {
	case sortInt:
		plain = strconv.AppendInt(plain, p.Int, 36)
	case sortFloat: // the bits, since a cursor must be exact
		plain = strconv.AppendUint(plain, math.Float64bits(p.Float), 36)
	case sortText:
		plain = append(plain, p.Text...)
	case sortNull:
	}
	return cursorEncoding.AppendEncode(b, plain)
}

// String returns the opaque form of the position.
func (p Position) String() string { return string(p.AppendText(nil)) }

// parsePosition reads a cursor of the given list whose values are of the given
// kind, and which names a data version if pinned says so. Anything else is
// INVALID_CURSOR.
func parsePosition(s string, list uint64, kind sortKind, pinned bool) (Position, error) {
	bad := fault.New(fault.InvalidCursor, "The cursor does not belong to this list. Start again from the first page.").In("after")
	if len(s) > 2048 {
		return Position{}, bad
	}
	plain, err := cursorEncoding.DecodeString(s)
	if err != nil || len(plain) < 4 {
		return Position{}, bad
	}
	p := Position{Kind: sortKind(plain[0])}
	parts := strings.SplitN(string(plain[1:]), ".", 5)
	if len(parts) != 5 || p.Kind != kind && p.Kind != sortNull {
		return Position{}, bad
	}
	if p.List, err = strconv.ParseUint(parts[0], 36, 64); err != nil || p.List != list {
		return Position{}, bad
	}
	for i, to := range []*int64{&p.Version, &p.Check, &p.ID} {
		if *to, err = strconv.ParseInt(parts[1+i], 36, 64); err != nil {
			return Position{}, bad
		}
	}
	if p.Version < 0 || p.Version > 0 != pinned {
		return Position{}, bad
	}
	switch value := parts[4]; p.Kind {
	case sortInt:
		p.Int, err = strconv.ParseInt(value, 36, 64)
	case sortFloat:
		var b uint64
		b, err = strconv.ParseUint(value, 36, 64)
		p.Float = math.Float64frombits(b)
	case sortText:
		p.Text = value
	case sortNull:
	}
	if err != nil || math.IsNaN(p.Float) || !utf8.ValidString(p.Text) || strings.ContainsRune(p.Text, 0) {
		return Position{}, bad
	}
	return p, nil
}

// expired is the answer to a cursor whose data version can no longer be read.
func expired() error {
	return fault.New(fault.CursorExpired, "New numbers came in since the cursor was made, and those that it continues are gone. "+
		"Start again from the first page.").In("after")
}

// hash identifies a list: FNV-1a over what makes two requests the same list.
type hash uint64

const newHash hash = 14695981039346656037

// str returns the hash continued with a text.
func (h hash) str(s string) hash {
	for i := range len(s) {
		h = (h ^ hash(s[i])) * 1099511628211
	}
	return h.num(int64(len(s)))
}

// num returns the hash continued with a number.
func (h hash) num(n int64) hash {
	for range 8 {
		h = (h ^ hash(n&0xff)) * 1099511628211
		n >>= 8
	}
	return h
}

// window returns the hash continued with the days of a window.
func (h hash) window(w metrics.Window) hash {
	a := w.Attribution
	return h.str(string(w.From)).str(string(w.To)).str(string(w.Previous.From)).str(string(w.Previous.To)).
		num(int64(a.ClickWindowDays)).num(int64(a.EngagementWindowDays)).num(int64(a.ViewWindowDays)).str(string(a.ReportTime))
}

// order returns the hash continued with an order.
func (h hash) order(o Order) hash {
	return h.str(o.Field + "," + string(o.Metric) + "," + string(o.Of) + "," + strconv.FormatBool(o.Descending))
}

// sortCell is where a row's sort value is read into.
type sortCell struct {
	ints   sql.NullInt64
	floats sql.NullFloat64
	texts  sql.NullString
}

// dest returns the place for a value of a kind.
func (c *sortCell) dest(kind sortKind) any {
	switch kind {
	case sortFloat:
		return &c.floats
	case sortText:
		return &c.texts
	case sortInt, sortNull:
	}
	return &c.ints
}

// position returns the place in a list of the row that was read last.
func (c *sortCell) position(list uint64, id int64) Position {
	p := Position{List: list, Kind: sortNull, ID: id}
	switch {
	case c.ints.Valid:
		p.Kind, p.Int = sortInt, c.ints.Int64
	case c.floats.Valid:
		p.Kind, p.Float = sortFloat, c.floats.Float64
	case c.texts.Valid:
		p.Kind, p.Text = sortText, c.texts.String
	}
	return p
}

// sqlType names the type of a sort value.
func (k sortKind) sqlType() string {
	switch k {
	case sortFloat:
		return "float8"
	case sortText:
		return "text"
	case sortInt, sortNull:
	}
	return "bigint"
}
