package export

import (
	"bufio"
	"io"
	"strconv"

	"adsgraph/graph/setwise"
)

// jsonl writes one JSON object per line.
type jsonl struct {
	w     *bufio.Writer
	names [][]byte // `"name":` of each column
	first int      // the first number
	line  []byte
}

// NewJSONL returns a writer of JSON Lines: an object per row, and at the end
// one with the totals, the number of rows and the context.
func NewJSONL(w io.Writer, t Table) Writer {
	j := &jsonl{w: newBuffer(w), first: len(t.Labels)}
	for _, name := range t.columns() {
		j.names = append(j.names, append(setwise.AppendString(nil, name), ':'))
	}
	return j
}

func (j *jsonl) Begin() error { return nil }

func (j *jsonl) Row(cells []Cell) error {
	j.line = append(j.object(j.line[:0], j.names, cells), '\n')
	_, err := j.w.Write(j.line)
	return err
}

func (j *jsonl) End(totals []Cell, rows int, context []byte) error {
	j.line = j.object(append(j.line[:0], `{"totals":`...), j.names[j.first:], totals)
	j.line = strconv.AppendInt(append(j.line, `,"rows":`...), int64(rows), 10)
	if len(context) == 0 {
		context = []byte("null")
	}
	j.line = append(append(append(j.line, `,"context":`...), context...), "}\n"...)
	if _, err := j.w.Write(j.line); err != nil {
		return err
	}
	return j.w.Flush()
}

func (j *jsonl) object(b []byte, names [][]byte, cells []Cell) []byte {
	b = append(b, '{')
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = cell.appendJSON(append(b, names[i]...))
	}
	return append(b, '}')
}
