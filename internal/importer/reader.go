package importer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/unicode"
)

// FileError is a file that cannot be imported. Kind is one of the kinds below.
type FileError struct {
	Kind, File, Problem string
}

func (e *FileError) Error() string { return fmt.Sprintf("%s: %s: %s", e.File, e.Kind, e.Problem) }

// The kinds of a FileError.
const (
	KindUnknown    = "unknown file"        // none of the tables or mappings fits
	KindDelimiter  = "wrong delimiter"     // the cells are separated by something else
	KindColumns    = "missing columns"     // what cannot be done without is not there
	KindTruncated  = "truncated file"      // it ends in the middle
	KindCorrupt    = "corrupt file"        // gzip's sums are wrong, or it is no text
	KindUnreadable = "unreadable file"     // the system does not give it
	KindCurrency   = "mixed currencies"    // an account has one currency
	KindNoCurrency = "unknown currency"    // amounts without one
	KindNoAccount  = "unknown account"     // numbers that say not whose they are
	KindTooLong    = "line without an end" // a record that no report has
)

// maxRecord bounds a record: a file without line ends would otherwise be read into
// memory as a whole.
const maxRecord = 1 << 20

// source reads the records of one file.
type source struct {
	name   string
	file   *os.File
	bytes  *counter
	text   *tail
	csv    *csv.Reader
	closes []io.Closer
	quotes int // the line whose quotes were not right, if it was the last
}

// counter counts what was read of the file itself, for the progress.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// tail remembers the last byte, and fails on records that do not end.
type tail struct {
	io.Reader
	last  byte
	since int // bytes since a record was returned
}

var errEndless = errors.New("a record is longer than a megabyte")

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	if n > 0 {
		t.last = p[n-1]
	}
	if t.since += n; t.since > maxRecord {
		return n, errEndless
	}
	return n, err
}

// open opens a file, unpacks gzip, and skips a byte order mark.
func open(name string, delimiter rune) (*source, error) {
	file, err := os.Open(name) //nolint:gosec // whoever runs the command names it
	if err != nil {
		return nil, &FileError{KindUnreadable, name, err.Error()}
	}
	s := &source{name: name, file: file, closes: []io.Closer{file}}
	s.bytes = &counter{Reader: file}
	buffered := bufio.NewReaderSize(s.bytes, 1<<18)
	if magic, _ := buffered.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			_ = s.close()
			return nil, s.failed(err)
		}
		s.closes = append(s.closes, unpacked)
		buffered = bufio.NewReaderSize(unpacked, 1<<18)
	}
	var plain io.Reader = buffered
	mark, _ := buffered.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = buffered.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		plain = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(buffered)
	}
	s.text = &tail{Reader: plain}
	s.csv = csv.NewReader(s.text)
	s.csv.Comma = delimiter
	s.csv.FieldsPerRecord = -1
	s.csv.ReuseRecord = true
	return s, nil
}

func (s *source) close() error {
	var errs []error
	for _, c := range slices.Backward(s.closes) {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// errQuotes is a line whose quotes are not right; others may follow.
var errQuotes = errors.New("has quotes that are not right")

// next returns the next record, which stays valid until the next call, and the
// number of its first line. The error is io.EOF, errQuotes, or a *FileError.
func (s *source) next() (record []string, line int, err error) {
	record, err = s.csv.Read()
	s.text.since = 0
	var broken *csv.ParseError
	switch {
	case err == nil:
		line, _ = s.csv.FieldPos(0)
		s.quotes = 0
		return record, line, nil
	case errors.Is(err, io.EOF) && s.quotes > 0:
		return nil, 0, &FileError{KindTruncated, s.name, fmt.Sprintf("it ends within the quotes of line %d", s.quotes)}
	case errors.Is(err, io.EOF):
		return nil, 0, io.EOF
	case errors.As(err, &broken) && errors.Is(err, csv.ErrQuote) && broken.Line > broken.StartLine:
		return nil, 0, &FileError{KindTruncated, s.name, fmt.Sprintf("the quotes that line %d opens are not closed", broken.StartLine)}
	case errors.As(err, &broken) && errors.Is(err, csv.ErrQuote):
		s.quotes = broken.StartLine
		return nil, broken.StartLine, errQuotes
	case errors.As(err, &broken) && errors.Is(err, csv.ErrBareQuote):
		return nil, broken.StartLine, errQuotes
	}
	return nil, 0, s.failed(err)
}

// endsWithin tells, after the last record, whether that may have been cut off.
func (s *source) endsWithin() bool { return s.text.last != '\n' && s.text.last != '\r' }

// failed names what is wrong with a file that could not be read on.
func (s *source) failed(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &FileError{KindTruncated, s.name, "the compressed data ends before its end"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), strings.Contains(err.Error(), "flate"), strings.Contains(err.Error(), "corrupt"):
		return &FileError{KindCorrupt, s.name, err.Error()}
	case errors.Is(err, errEndless):
		return &FileError{KindTooLong, s.name, err.Error()}
	}
	return &FileError{KindUnreadable, s.name, err.Error()}
}
