package export

import (
	"bufio"
	"io"
)

// Table is the columns of a file: first those that say what a row is, which
// have no total, then numbers.
type Table struct {
	Labels  []string // at least one
	Numbers []string
}

// columns returns the names of all columns.
func (t Table) columns() []string {
	return append(append(make([]string, 0, len(t.Labels)+len(t.Numbers)), t.Labels...), t.Numbers...)
}

// Writer writes one file. Its methods are called in the order in which they
// stand here; Row as often as there are rows. They keep nothing of a row.
type Writer interface {
	// Begin writes what stands before the rows.
	Begin() error
	// Row writes a row: a cell for each column.
	Row(cells []Cell) error
	// End writes the totals, a cell for each number, and sends off what is held
	// back. rows is the number of rows, context what the numbers rest on: a JSON
	// document, or nothing.
	End(totals []Cell, rows int, context []byte) error
}

// buffered is how many bytes are held back before they are written.
const buffered = 64 << 10

func newBuffer(w io.Writer) *bufio.Writer { return bufio.NewWriterSize(w, buffered) }
