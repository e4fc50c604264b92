package export

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// csv writes comma-separated values as RFC 4180 describes them, for
// spreadsheets: text that one would take for a formula is kept from being one.
type csv struct {
	w     *bufio.Writer
	table Table
	bom   bool
	line  []byte
}

// NewCSV returns a writer of CSV in UTF-8: a header, the rows, and a line that
// begins with "Total". With bom the file starts with a byte order mark, which
// Excel needs to see that it is UTF-8.
func NewCSV(w io.Writer, t Table, bom bool) Writer {
	return &csv{w: newBuffer(w), table: t, bom: bom}
}

// TotalLabel is the first cell of the last line of a CSV file that is whole.
const TotalLabel = "Total"

func (c *csv) Begin() error {
	if c.bom {
		if _, err := c.w.WriteString("\ufeff"); err != nil {
			return err
		}
	}
	names := c.table.columns()
	cells := make([]Cell, len(names))
	for i, name := range names {
		cells[i] = Text(name)
	}
	return c.Row(cells)
}

func (c *csv) Row(cells []Cell) error {
	c.line = c.line[:0]
	for i, cell := range cells {
		if i > 0 {
			c.line = append(c.line, ',')
		}
		if cell.kind == text || cell.kind == document {
			c.line = appendText(c.line, cell.text)
		} else {
			c.line = cell.appendPlain(c.line)
		}
	}
	if len(c.line) == 0 { // an empty line would be none
		c.line = append(c.line, `""`...)
	}
	c.line = append(c.line, "\r\n"...)
	_, err := c.w.Write(c.line)
	return err
}

func (c *csv) End(totals []Cell, _ int, _ []byte) error {
	cells := make([]Cell, len(c.table.Labels), len(c.table.Labels)+len(totals))
	cells[0] = Text(TotalLabel)
	if err := c.Row(append(cells, totals...)); err != nil {
		return err
	}
	return c.w.Flush()
}

// appendText appends a cell of text, in quotes where they are needed. An
// apostrophe goes before everything that a spreadsheet may take for the
// beginning of a formula: at the start, and, as some programs cut cells there,
// behind a semicolon, a tab, a bar or the end of a line. Blanks, quotes and
// characters that nobody sees do not hide it.
func appendText(b []byte, s string) []byte {
	quoted := strings.ContainsAny(s, quotedFor)
	if !quoted && !mayBeFormula(s) {
		return append(b, s...)
	}
	if quoted {
		b = append(b, '"')
	}
	start := true // nothing was seen yet of what may become a cell
	for i, r := range s {
		switch {
		case start && beginsFormula(r):
			b = append(b, '\'')
			start = false
		case r == '\t' || r == '\r' || r == '\n':
			if i == 0 { // it would be a danger by itself
				b = append(b, '\'')
			}
			start = true
		case r == ';' || r == '|':
			start = true
		case start && r != '"' && !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Cc):
			start = false
		}
		if r == '"' {
			b = append(b, '"')
		}
		b = utf8.AppendRune(b, r)
	}
	if quoted {
		b = append(b, '"')
	}
	return b
}

// quotedFor is what puts a cell into quotes: what RFC 4180 names, and what
// programs that guess the separator may take for one.
const quotedFor = ",\"\r\n;\t|"

// mayBeFormula tells whether a text holds any character that can begin a
// formula, so that most texts are looked at once and not changed.
func mayBeFormula(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '=', '+', '-', '@', '\t', '\r', '\n':
			return true
		case 0xef: // the first byte of the full-width forms
			return true
		}
	}
	return false
}

// beginsFormula tells whether a spreadsheet may take a cell that begins with r
// for a formula: the signs and their full-width and small forms.
func beginsFormula(r rune) bool {
	switch r {
	case '=', '+', '-', '@',
		'\uff1d', '\uff0b', '\uff0d', '\uff20',
		'\ufe66', '\ufe62', '\ufe63', '\ufe6b':
		return true
	}
	return false
}
